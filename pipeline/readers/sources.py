"""Which files to read, in which order, and under which ids."""

from __future__ import annotations

import glob
import itertools
import os
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath

from pipeline.errors import UsageError
from pipeline.readers.failures import PageFailure
from pipeline.readers.file_names import format_of, no_page, page_of_parts, split_extension
from pipeline.readers.reader import Source
from pipeline.readers.registry import extensions

#: Schemes of two letters and more; one letter is a drive of Windows.
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_MAGIC_CHARS = re.compile(r"[*?\[]")


@dataclass(frozen=True, slots=True)
class _Found:
    path: Path
    shown: str
    relative: str
    named: bool  # by the user, not found in a folder
    url: str = ""  # of a remote file
    bytes: int = 0  # size of a remote file


class Sources:
    """The files to read, sorted by id.

    They are kept in a private database of SQLite's, which holds a few in memory and the rest in a temporary
    file that is gone when the process is: a folder of a million files takes no more memory than one of ten.
    """

    def __init__(self) -> None:
        self._table = sqlite3.connect("")
        self._table.execute(
            "CREATE TABLE files (real BLOB PRIMARY KEY, number INTEGER, path BLOB, shown BLOB, relative BLOB,"
            " bytes INTEGER, id TEXT) WITHOUT ROWID"
        )

    def add(self, found: _Found, number: int) -> None:
        """Add a file, unless it is there; of two ways to it the one of the earlier input counts.

        Args:
            found: The file.
            number: Number of the input that names it.
        """
        row = (
            os.fsencode(found.url or found.path.resolve()),
            number,
            *(os.fsencode(name) for name in (found.url or found.path, found.shown, found.relative)),
            found.bytes if found.url else found.path.stat().st_size,
            printable(split_extension(found.relative)[0]),
        )
        self._table.execute(
            "INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (real) DO UPDATE SET"
            " number = excluded.number, path = excluded.path, shown = excluded.shown,"
            " relative = excluded.relative, id = excluded.id"
            " WHERE (excluded.number, excluded.relative) < (number, relative)",
            row,
        )

    def settle(self) -> None:
        """Give each file the shortest id of its own: path without extension, with it, path as given."""
        for name in ("relative", "shown"):
            rows = self._table.execute(
                f"SELECT real, {name} FROM files WHERE id IN"  # noqa: S608 (one of two columns)
                " (SELECT id FROM files GROUP BY id HAVING count(*) > 1)"
            )
            renamed = [(printable(os.fsdecode(path)), real) for real, path in rows]
            self._table.executemany("UPDATE files SET id = ? WHERE real = ?", renamed)
        self._table.execute("CREATE INDEX by_id ON files (id, shown)")

    def __iter__(self) -> Iterator[Source]:
        for doc_id, path, shown in self._table.execute(
            "SELECT id, path, shown FROM files ORDER BY id, shown, real"
        ):
            where = os.fsdecode(path)
            url = where if _URL.match(where) else ""
            kind, packed = format_of(PurePath(where).name)
            yield Source(doc_id, Path(where), printable(os.fsdecode(shown)), kind or "text", packed, url)

    def __len__(self) -> int:
        return int(self._table.execute("SELECT count(*) FROM files").fetchone()[0])

    @property
    def bytes(self) -> int:
        """Size of all files."""
        return int(self._table.execute("SELECT coalesce(sum(bytes), 0) FROM files").fetchone()[0])


@dataclass(frozen=True, slots=True)
class Inventory:
    """All that the inputs hold.

    Args:
        files: Files to read, sorted by id.
        stdin: Whether standard input is read as well, before them.
        skipped: Number of files that are no pages, by extension or kind.
        failures: Folders that could not be listed, and links that lead nowhere.
    """

    files: Sources
    stdin: bool = False
    skipped: Mapping[str, int] = field(default_factory=dict)
    failures: tuple[PageFailure, ...] = ()

    @property
    def sources(self) -> Iterator[Source]:
        """What to read, in order."""
        if self.stdin:
            yield Source("stdin", Path("-"), "-", "stdin")
        yield from self.files


def printable(text: str) -> str:
    """Return a path as text that can be written as UTF-8 (file names may hold any bytes)."""
    return os.fsencode(text).decode("utf-8", "replace")


class _Walk:
    """Finds the files of a folder and its subfolders, links followed, each folder once.

    Args:
        excluded: Folders that are never searched.
        skipped: Told what is passed over.
        failures: Told what cannot be listed.
    """

    def __init__(self, excluded: frozenset[Path], skipped: Counter[str], failures: list[PageFailure]) -> None:
        self._excluded, self._skipped, self._failures = excluded, skipped, failures
        self._links: list[tuple[Path, str]] = []

    def files(self, folder: Path, shown: str) -> Iterator[_Found]:
        """Yield the files of a folder, in no order; those behind links to other folders come last."""
        prefix = "" if shown == "." else f"{shown.rstrip('/')}/"
        roots = [folder.resolve()]
        yield from self._below(folder, prefix, "")
        while self._links:
            # the first of two links to one folder counts, whatever order the disk lists them in
            waiting, self._links = sorted(self._links), []
            for link, relative in waiting:
                target = link.resolve()
                known = any(target == r or r in target.parents or target in r.parents for r in roots)
                if known or self._excluded.intersection({target, *target.parents}):
                    continue  # its files are read where they lie, or it leads back up
                roots.append(target)
                yield from self._below(folder, prefix, f"{relative}/")

    def _below(self, folder: Path, prefix: str, start: str) -> Iterator[_Found]:
        waiting = [start]
        while waiting:
            inner = waiting.pop()
            try:
                with os.scandir(folder / inner) as listing:
                    entries = list(listing)
            except OSError as error:
                path = printable(str(error.filename or folder / inner))
                hint = f"{error.strerror}: check the folder's permissions"
                self._failures.append(PageFailure(path, path, "unreadable", hint))
                continue
            stems = {PurePath(e.name).stem for e in entries if format_of(e.name)[0] == "html"}
            for entry in entries:
                relative = f"{inner}{entry.name}"
                found = _Found(folder / relative, f"{prefix}{relative}", relative, named=False)
                if entry.name.startswith("."):
                    self._skipped["hidden"] += 1  # tools' own (.git, .ipynb_checkpoints, .DS_Store)
                elif entry.is_dir(follow_symlinks=False):
                    if page_of_parts(entry.name) in stems:
                        self._skipped["parts of saved pages"] += 1
                    elif Path(entry.path).resolve() not in self._excluded:
                        waiting.append(f"{relative}/")  # an output in the input is not read back
                elif entry.is_dir():
                    self._links.append((Path(entry.path), relative))
                elif entry.is_file():  # no pipes, sockets or devices: they may never end
                    yield found
                elif entry.is_symlink():
                    hint = "it is a link that leads nowhere; mend it, or take it away"
                    doc_id = printable(split_extension(relative)[0])
                    self._failures.append(PageFailure(doc_id, printable(found.shown), "unreadable", hint))
                else:
                    self._skipped["no file"] += 1


def _expand_remote(given: str) -> Iterator[_Found]:
    """Yield the files of a folder, a pattern or one file on a remote file system, through fsspec."""
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise UsageError(f"{given} needs fsspec: pip install 'penghargaan[cluster]'") from error
    try:
        system, path = url_to_fs(given)
        pattern = bool(_MAGIC_CHARS.search(path))
        found = system.glob(path, detail=True) if pattern else system.find(path, detail=True)
    except (ImportError, OSError, ValueError) as error:
        raise UsageError(
            f"cannot read {given} ({error}); check the address and what its kind needs"
        ) from error
    fixed = "/".join(_before_magic(path.split("/"))) if pattern else path
    named = not pattern and list(found) == [path]
    for name, info in found.items():
        relative = PurePath(name).name if named else name[len(fixed) :].lstrip("/")
        if info.get("type", "file") == "file" and not any(p.startswith(".") for p in relative.split("/")):
            url = system.unstrip_protocol(name)
            yield _Found(Path(name), url, relative, named, url, info.get("size") or 0)
    if not found:
        raise UsageError(f"{given} does not exist or holds no file; check the address")


def _expand(given: str, excluded: frozenset[Path], walk: _Walk) -> Iterator[_Found]:
    if _URL.match(given):
        yield from _expand_remote(given)
        return
    path = Path(given).expanduser()
    if path.is_dir():
        shown = Path(given).as_posix()
        if path.resolve() in excluded:
            raise UsageError(f"{printable(given)} is the output folder as well; name another one with -o")
        yield from walk.files(path, shown)
    elif path.exists():
        yield _Found(
            path, path.as_posix() if given.startswith("~") else Path(given).as_posix(), path.name, named=True
        )
    elif _MAGIC_CHARS.search(given):
        pattern = str(path)
        fixed = Path(*_before_magic(PurePath(pattern).parts))
        matches = glob.iglob(pattern, recursive=True)  # noqa: PTH207 (Path.glob matches hidden files)
        first = next(matches, None)
        if first is None:
            raise UsageError(f"no file matches {printable(given)!r}; check the pattern")
        for match in map(Path, itertools.chain([first], matches)):
            if match.is_dir():
                # "*" matches folders as well, "**" each of them again: the caller drops repeated files.
                inside = match.resolve() not in excluded
                found = walk.files(match, match.as_posix()) if inside else iter(())
                yield from (replace(f, relative=f.path.relative_to(fixed).as_posix()) for f in found)
            elif match.is_file() and not excluded.intersection(match.resolve().parents):
                yield _Found(match, match.as_posix(), match.relative_to(fixed).as_posix(), named=False)
    else:
        raise UsageError(
            f"{printable(given)} does not exist; name a file, a folder or a pattern such as 'pages/*.html'"
        )


def _before_magic(parts: Sequence[str]) -> Iterator[str]:
    for part in parts:
        if _MAGIC_CHARS.search(part):
            return
        yield part


def find_sources(inputs: Iterable[str | os.PathLike[str]], *, exclude: Iterable[Path] = ()) -> Inventory:
    """List the files that the inputs name.

    Args:
        inputs: Files, folders (searched recursively, links followed, hidden files left out) and patterns;
            ``-`` is standard input; what has a scheme (``s3://...``) is read through fsspec.
        exclude: Folders that are never searched: the output.

    Returns:
        The files, sorted by id whatever the order of the inputs; a file named twice is read once.

    Raises:
        UsageError: If an input does not exist, a pattern matches nothing, or there is no page at all.
    """
    excluded = frozenset(p.resolve() for p in exclude)
    failures: list[PageFailure] = []
    skipped: Counter[str] = Counter()
    files = Sources()
    walk = _Walk(excluded, skipped, failures)
    names = sorted({os.fspath(i) for i in inputs})
    for number, given in enumerate(names):
        if given == "-":
            continue
        for item in _expand(given, excluded, walk):
            if not item.named and (kind := no_page(item.path.name)):
                skipped[printable(kind)] += 1
            else:
                files.add(item, number)
    files.settle()
    stdin = "-" in names
    if not len(files) and not stdin and not failures:
        inside = (
            f" ({sum(skipped.values())} files there are of other kinds: {', '.join(sorted(skipped))})"
            if skipped
            else ""
        )
        where = ", ".join(printable(n) for n in names) or "the inputs"
        raise UsageError(
            f"no pages in {where}{inside}; put {' '.join(extensions())} files there, or name another folder"
        )
    failures.sort(key=lambda f: f.doc_id)
    return Inventory(files, stdin, dict(sorted(skipped.items())), tuple(failures))
