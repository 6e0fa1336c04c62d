"""The work folder: where the shards of a run lie, inside its output folder."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.batch.shards import Header, read_header
from pipeline.errors import UsageError
from pipeline.run_report import PROJECT

try:
    import fcntl
except ImportError:  # Windows: two runs into one folder are the user's to avoid
    _HAS_LOCKS = False
else:
    _HAS_LOCKS = True

#: Name of the work folder; hidden, so that it is never read as input.
NAME = ".penghargaan"
_MARK = "work.json"
_PART = ".part"


def written(path: Path, lines: Iterable[bytes]) -> None:
    """Write a file whole or not at all: under another name first, on disk before it gets its own."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}{_PART}")
    try:
        with temporary.open("wb") as file:
            file.writelines(lines)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Have the new name of a file on disk as well, as far as the system can."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    except OSError:
        pass
    finally:
        os.close(descriptor)


class WorkFolder:
    """The finished shards of an output folder.

    Args:
        output: The output folder.
    """

    def __init__(self, output: Path) -> None:
        self.path = output / NAME
        self._shards = self.path / "shards"

    def promised(self) -> frozenset[str]:
        """Return the names of the files that runs here were to write, so that they are ours.

        Raises:
            UsageError: If the folder is there and not ours.
        """
        if not self.path.exists():
            return frozenset()
        try:
            mark = json.loads((self.path / _MARK).read_text("utf-8"))
            if mark["project"] == PROJECT:
                return frozenset(str(name) for name in mark["files"])
        except (OSError, ValueError, KeyError, TypeError):
            if not any(self.path.iterdir() if self.path.is_dir() else ("file",)):
                return frozenset()  # stopped before it was marked
        raise UsageError(f"{self.path} is not a work folder of ours; name another folder with -o")

    @contextmanager
    def locked(self, files: Collection[str]) -> Iterator[None]:
        """Make the folder ready for one run.

        Args:
            files: Names of the files that the run is going to write in the output folder.

        Raises:
            UsageError: If another run is at work here.
        """
        promised = sorted(self.promised().union(files))
        self.path.mkdir(exist_ok=True)
        with (self.path / "lock").open("w") as lock:
            try:
                if _HAS_LOCKS:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise UsageError(
                    f"another run writes to {self.path.parent}; wait for it, or name another folder with -o"
                ) from error
            mark = {"project": PROJECT, "files": promised}
            written(self.path / _MARK, [json.dumps(mark).encode()])
            for stale in self.path.rglob(f"*{_PART}"):
                stale.unlink(missing_ok=True)
            yield

    def shard(self, key: str) -> Path:
        """Return where the file of a shard lies or would lie."""
        return self._shards / key[:2] / key

    def finished(self, key: str, tables: Collection[str], timeout: float) -> Header | None:
        """Return the header of a shard if it is finished and serves a run with these settings."""
        header = read_header(self.shard(key))
        return header if header and header.serves(tables, timeout) else None

    def all_finished(self, tables: Collection[str], timeout: float) -> dict[str, Header]:
        """Return the headers of all shards that serve a run with these settings, by key."""
        paths = self._shards.glob("*/*") if self._shards.exists() else ()
        found = {path.name: self.finished(path.name, tables, timeout) for path in paths}
        return {key: header for key, header in found.items() if header}

    def write(self, key: str, lines: Iterable[bytes]) -> None:
        """Write the file of a finished shard, whole or not at all."""
        path = self.shard(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        written(path, lines)

    def runs(self) -> Path:
        """Return an empty folder for runs of shards merged in between."""
        self.path.joinpath("merge").mkdir(exist_ok=True)
        return self.path / "merge"

    def forget(self, keep: Collection[str] = ()) -> None:
        """Remove the shards that the last run did not use.

        Args:
            keep: Keys of those that it did.
        """
        kept = frozenset(keep)
        for left in self.path.glob("merge/*"):
            left.unlink()
        if self._shards.exists():
            for path in self._shards.glob("*/*"):
                if path.name not in kept:
                    path.unlink(missing_ok=True)
