"""The manifest of the gold files: which there are, their checksums, and which split each belongs to.

``python -m pipeline.evaluation.manifest`` checks it; ``--update`` records new and changed development files.
A file of the held-out split is only recorded anew with ``--held-out``, since every earlier figure on it then
loses its meaning.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from pipeline.errors import PenghargaanError, UsageError
from pipeline.evaluation.gold import GoldPage, read_gold
from pipeline.evaluation.normalise import clean

#: Splits by use: ``dev`` may be read and tuned on, ``test`` is held out and only ever scored.
SPLITS = ("dev", "test")
NAME = "manifest.json"


class ManifestError(PenghargaanError):
    """A gold file is not what the manifest says; the message names the file and the way out."""


@dataclass(frozen=True, slots=True)
class GoldFile:
    """One gold file.

    Args:
        path: Relative to the manifest, with forward slashes.
        sha256: Of the file's bytes.
        pages: Number of pages.
        split: One of :data:`SPLITS`.
    """

    path: str
    sha256: str
    pages: int
    split: str


def annotations_folder() -> Path:
    """Return the project's folder of gold files (it exists in a clone, not in an installed wheel)."""
    return Path(__file__).resolve().parents[2] / "annotations"


def sha256(path: Path) -> str:
    """Return the checksum of a file in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_manifest(folder: Path) -> dict[str, GoldFile]:
    """Read a folder's manifest.

    Args:
        folder: Holds ``manifest.json``.

    Returns:
        Entries by path.

    Raises:
        ManifestError: There is none, or it cannot be read.
    """
    path = folder / NAME
    try:
        entries = [GoldFile(**item) for item in json.loads(path.read_text(encoding="utf-8"))["files"]]
    except FileNotFoundError as error:
        raise ManifestError(
            f"{path} is missing; make it with: python -m pipeline.evaluation.manifest --update"
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise ManifestError(f"{path} cannot be read ({error}); restore it from the repository.") from error
    for entry in entries:
        if entry.split not in SPLITS:
            raise ManifestError(
                f"{path}: {entry.path} is in no known split ({entry.split!r}); use dev or test."
            )
    return {entry.path: entry for entry in entries}


def gold_files(folder: Path) -> dict[str, Path]:
    """Return the gold files below ``folder`` by their path in the manifest."""
    return {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*.jsonl"))}


def verify_file(path: Path, folder: Path | None = None) -> GoldFile | None:
    """Check one gold file before it is used.

    Args:
        path: The file.
        folder: Folder of the manifest; the project's own by default.

    Returns:
        Its entry, or ``None`` for a file outside the folder, which no manifest covers.

    Raises:
        ManifestError: The file lies in the folder but is not listed, or differs from its checksum.
    """
    folder = (folder or annotations_folder()).resolve()
    path = path.resolve()
    if not path.is_relative_to(folder):
        return None
    name = path.relative_to(folder).as_posix()
    entry = read_manifest(folder).get(name)
    how = "run: python -m pipeline.evaluation.manifest --update"
    if entry is None:
        raise ManifestError(f"{name} is not in {NAME}; {how}")
    if sha256(path) != entry.sha256:
        way_out = (
            "restore it from the repository" if entry.split == "test" else f"restore it, or if meant, {how}"
        )
        raise ManifestError(f"{name} differs from its checksum in {NAME}; {way_out}.")
    return entry


def _editions(pages: Sequence[GoldPage]) -> set[tuple[str, str]]:
    """Return the award editions (name and year) that the focal recipients of ``pages`` won at."""
    return {
        (clean(str(award.get("event_name") or award["event"])), str(award["year"]))
        for page in pages
        for award in page.awards
        if award.get("event") and award.get("year") and award.get("timeframe") != "past"
    }


def leaks(splits: Mapping[str, Sequence[GoldPage]]) -> tuple[str, ...]:
    """Return what two splits share: pages, texts, or an edition of an award, in words.

    Splits are by page and by event. Two pages on one award ceremony share names, categories and wording, so a
    rule tuned on one of them would be half tested on the other.
    """
    found = []
    names = sorted(splits)
    for i, one in enumerate(names):
        for other in names[i + 1 :]:
            a, b = splits[one], splits[other]
            both = {p.doc_id for p in a} & {p.doc_id for p in b}
            found += [f"page {doc_id} is in {one} and in {other}" for doc_id in sorted(both)]
            texts = {" ".join(p.text.split()): p.doc_id for p in a}
            found += [
                f"{texts[text]} ({one}) and {p.doc_id} ({other}) are the same page"
                for p in b
                if (text := " ".join(p.text.split())) in texts and p.doc_id not in both
            ]
            found += [
                f"{event} {year} is in {one} and in {other}"
                for event, year in sorted(_editions(a) & _editions(b))
            ]
    return tuple(found)


def verify(folder: Path | None = None) -> dict[str, GoldFile]:
    """Check every gold file of the folder, and that the splits share nothing.

    Args:
        folder: Folder of the manifest; the project's own by default.

    Returns:
        Entries by path.

    Raises:
        ManifestError: A file is missing, not listed, or changed; or two splits share a page or an award's
            edition.
    """
    folder = folder or annotations_folder()
    entries, files = read_manifest(folder), gold_files(folder)
    for name in entries:
        if name not in files:
            raise ManifestError(f"{name} is in {NAME} but missing; restore it from the repository.")
    splits: dict[str, list[GoldPage]] = {}
    for name, path in files.items():
        entry = verify_file(path, folder)
        pages = read_gold(path)
        if entry is not None:
            if entry.pages != len(pages):
                raise ManifestError(f"{name} has {len(pages)} pages, {NAME} says {entry.pages}.")
            splits.setdefault(entry.split, []).extend(pages)
    shared = leaks(splits)
    if shared:
        raise ManifestError("The splits must share neither pages nor award editions: " + "; ".join(shared))
    return entries


def update(folder: Path | None = None, *, held_out: bool = False) -> dict[str, GoldFile]:
    """Record new, changed and removed gold files; new ones belong to the development split.

    Args:
        folder: Folder of the manifest; the project's own by default.
        held_out: Also record changes of held-out files.

    Returns:
        The new entries.

    Raises:
        ManifestError: A held-out file changed or went away and ``held_out`` is false.
    """
    folder = folder or annotations_folder()
    known = read_manifest(folder) if (folder / NAME).exists() else {}
    entries = {}
    for name, path in gold_files(folder).items():
        split = known[name].split if name in known else "dev"
        entries[name] = GoldFile(name, sha256(path), len(read_gold(path)), split)
    for name, entry in known.items():
        if entry.split == "test" and entries.get(name) != entry and not held_out:
            raise ManifestError(
                f"{name} is held out and differs from its checksum; restore it, or if meant, add --held-out."
            )
    text = json.dumps({"files": [asdict(entries[name]) for name in sorted(entries)]}, indent=2)
    (folder / NAME).write_text(text + "\n", encoding="utf-8")
    return entries


def main(argv: Sequence[str] | None = None) -> int:
    """Check or update the manifest from the command line.

    Returns:
        0 when all is well, 1 when a file is not what the manifest says, 2 when it cannot be read as gold.
    """
    parser = argparse.ArgumentParser(prog="python -m pipeline.evaluation.manifest", description=__doc__)
    parser.add_argument("--update", action="store_true", help="record new and changed development files")
    parser.add_argument(
        "--held-out", action="store_true", help="with --update: record changed held-out files too"
    )
    args = parser.parse_args(argv)
    try:
        entries = update(held_out=args.held_out) if args.update else verify()
    except PenghargaanError as error:
        sys.stderr.write(f"{error}\n")
        return 2 if isinstance(error, UsageError) else 1
    for entry in entries.values():
        sys.stdout.write(f"{entry.split:4} {entry.pages:4} pages  {entry.path}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
