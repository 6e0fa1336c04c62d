"""Which files to read, in which order, and under which ids."""

from __future__ import annotations

import glob
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import Literal

from pipeline.errors import UsageError
from pipeline.readers.failures import PageFailure

Format = Literal["text", "html", "jsonl", "json", "csv", "tsv", "parquet", "warc", "stdin"]

#: File formats by extension.
EXTENSIONS: Mapping[str, Format] = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".markdown": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "tsv",
    ".parquet": "parquet",
    ".warc.wet": "warc",
    ".warc": "warc",
    ".wet": "warc",
}
# What lies beside saved pages without being one: passed over in folders, counted by extension in run.json.
# Everything else is read as text, since scrapers save pages under any name ("berita.php?id=7").
_NOT_PAGES = frozenset(
    f".{name}"
    for kind in (
        "avif bmp gif ico jpeg jpg png svg tif tiff webp",
        "avi m4a mov mp3 mp4 ogg wav webm",
        "doc docx odt ods pdf ppt pptx xls xlsx",
        "7z rar tar tgz zip zst",
        "eot otf ttf woff woff2",
        "css js map mjs",
        "log py rss xml yaml yml",
    )
    for name in kind.split()
)
_MAGIC_CHARS = re.compile(r"[*?\[]")


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read.

    Args:
        doc_id: Id of its page, or prefix of its records' ids.
        path: Where it is.
        shown: Its path as it goes into the ``source`` column: as the user gave it.
        format: How to read it.
        gzip: Whether it is gzip-compressed.
    """

    doc_id: str
    path: Path
    shown: str
    format: Format
    gzip: bool = False


@dataclass(frozen=True, slots=True)
class Inventory:
    """All that the inputs hold.

    Args:
        sources: Files to read, sorted by id.
        skipped: Number of files that are no pages, by extension.
        failures: Folders that could not be listed.
    """

    sources: tuple[Source, ...]
    skipped: Mapping[str, int] = field(default_factory=dict)
    failures: tuple[PageFailure, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    path: Path
    shown: str
    relative: str
    named: bool  # by the user, not found in a folder


def printable(text: str) -> str:
    """Return a path as text that can be written as UTF-8 (file names may hold any bytes)."""
    return os.fsencode(text).decode("utf-8", "replace")


def split_extension(name: str) -> tuple[str, Format | None, bool]:
    """Split a file name into its stem, its format (``None``: not a known one) and whether it is gzipped.

    Example:
        >>> split_extension("arsip/berita.jsonl.gz")
        ('arsip/berita', 'jsonl', True)
        >>> split_extension("berita.2024")
        ('berita.2024', None, False)
    """
    packed = name.lower().endswith(".gz")
    inner = name[: -len(".gz")] if packed else name
    for extension, kind in EXTENSIONS.items():
        stem = inner[: -len(extension)]
        if (
            inner.lower().endswith(extension)
            and stem
            and not stem.endswith("/")
            and not (packed and kind == "parquet")
        ):
            return stem, kind, packed
    return (inner if packed and PurePath(inner).name else name), None, packed


def _walk(
    folder: Path, shown: str, excluded: frozenset[Path], failures: list[PageFailure]
) -> Iterator[_Found]:
    def unreadable(error: OSError) -> None:
        path = printable(str(error.filename))
        failures.append(
            PageFailure(path, path, "unreadable", f"{error.strerror}: check the folder's permissions")
        )

    for root, folders, names in os.walk(folder, onerror=unreadable):
        here = Path(root)
        # Hidden folders are tools' own (.git, .ipynb_checkpoints); an output in the input is not read back.
        folders[:] = sorted(
            f for f in folders if not f.startswith(".") and (here / f).resolve() not in excluded
        )
        for name in sorted(names):
            path = here / name
            if (
                not name.startswith(".") and path.is_file()
            ):  # no pipes, sockets or devices: they may never end
                relative = path.relative_to(folder).as_posix()
                yield _Found(
                    path,
                    f"{shown.rstrip('/')}/{relative}" if shown != "." else relative,
                    relative,
                    named=False,
                )


def _expand(given: str, excluded: frozenset[Path], failures: list[PageFailure]) -> Iterator[_Found]:
    path = Path(given).expanduser()
    if path.is_dir():
        shown = Path(given).as_posix()
        if path.resolve() in excluded:
            raise UsageError(f"{printable(given)} is the output folder as well; name another one with -o")
        yield from _walk(path, shown, excluded, failures)
    elif path.exists():
        yield _Found(
            path, path.as_posix() if given.startswith("~") else Path(given).as_posix(), path.name, named=True
        )
    elif _MAGIC_CHARS.search(given):
        pattern = str(path)
        fixed = Path(*_before_magic(PurePath(pattern).parts))
        matches = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 (Path.glob matches hidden files)
        if not matches:
            raise UsageError(f"no file matches {printable(given)!r}; check the pattern")
        for match in map(Path, matches):
            if match.is_dir():
                # "*" matches folders as well, "**" each of them again: the caller drops repeated files.
                found = (
                    _walk(match, match.as_posix(), excluded, failures)
                    if match.resolve() not in excluded
                    else iter(())
                )
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


def _ids(found: Sequence[_Found]) -> list[str]:
    """Give each file the shortest id of its own: relative path without extension, with it, path as given."""
    levels = [[split_extension(f.relative)[0], f.relative, f.shown] for f in found]
    ids = [names[0] for names in levels]
    for level in (1, 2):
        counts = Counter(ids)
        ids = [
            names[level] if counts[current] > 1 else current
            for names, current in zip(levels, ids, strict=True)
        ]
    return [printable(i) for i in ids]


def find_sources(inputs: Iterable[str | os.PathLike[str]], *, exclude: Iterable[Path] = ()) -> Inventory:
    """List the files that the inputs name.

    Args:
        inputs: Files, folders (searched recursively, hidden files left out) and glob patterns; ``-`` is
            standard input.
        exclude: Folders that are never searched: the output.

    Returns:
        The files, sorted by id whatever the order of the inputs; a file named twice is read once.

    Raises:
        UsageError: If an input does not exist, a pattern matches nothing, or there is no page at all.
    """
    excluded = frozenset(p.resolve() for p in exclude)
    failures: list[PageFailure] = []
    skipped: Counter[str] = Counter()
    found: dict[Path, _Found] = {}
    names = sorted({os.fspath(i) for i in inputs})
    for given in names:
        if given == "-":
            continue
        for item in _expand(given, excluded, failures):
            if not item.named and item.path.suffix.lower() in _NOT_PAGES:
                skipped[printable(item.path.suffix.lower())] += 1
            else:
                found.setdefault(item.path.resolve(), item)
    sources = [Source("stdin", Path("-"), "-", "stdin")] if "-" in names else []
    for item, doc_id in zip(found.values(), _ids(list(found.values())), strict=True):
        _, kind, packed = split_extension(item.path.name)
        sources.append(Source(doc_id, item.path, printable(item.shown), kind or "text", packed))
    if not sources and not failures:
        inside = (
            f" ({sum(skipped.values())} files there are of other kinds: {', '.join(sorted(skipped))})"
            if skipped
            else ""
        )
        where = ", ".join(printable(n) for n in names) or "the inputs"
        raise UsageError(
            f"no pages in {where}{inside}; put {' '.join(EXTENSIONS)} files there, or name another folder"
        )
    return Inventory(
        tuple(sorted(sources, key=lambda s: (s.doc_id, s.shown))),
        dict(sorted(skipped.items())),
        tuple(failures),
    )
