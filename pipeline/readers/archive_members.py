"""Files inside archives: which are pages, and under which ids."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath

from pipeline.errors import PageError
from pipeline.readers.file_names import format_of, no_page, page_of_parts, split_extension
from pipeline.readers.reader import Member, Source

#: Archives in archives beyond so many are no longer a folder that somebody packed.
_DEEPEST = 3


@dataclass(slots=True)
class ArchiveFolder:
    """An archive as if it were a folder.

    Args:
        source: The archive.
    """

    source: Source
    _siblings: frozenset[str] = frozenset()
    _clashing: set[str] = field(default_factory=set)
    _pages: set[str] = field(default_factory=set)

    def _learn(self, siblings: frozenset[str]) -> None:
        if siblings is self._siblings:
            return
        self._siblings = siblings
        seen: set[str] = set()
        for name in siblings:
            stem = split_extension(name)[0]
            (self._clashing if stem in seen else seen).add(stem)
            if format_of(name)[0] == "html":
                self._pages.add(PurePosixPath(name).with_suffix("").as_posix())

    def passed_over(self, member: Member) -> str | None:
        """Return why a file is no page, as it would be in a folder; ``None`` if it may be one."""
        self._learn(member.siblings)
        path = PurePosixPath(member.name)
        if "__MACOSX" in path.parts[:1] or any(part.startswith(".") for part in path.parts[:-1]):
            return "hidden"
        saved = (f"{parent.parent / page}" for parent in path.parents if (page := page_of_parts(parent.name)))
        return "parts of saved pages" if self._pages.intersection(saved) else no_page(path.name)

    def member(self, member: Member) -> Source:
        """Return what a file in the archive is as a source.

        Raises:
            PageError: ``zip_bomb`` if it lies in too many archives.
        """
        if self.source.depth >= _DEEPEST:
            hint = f"it lies in {self.source.depth} archives; unpack them by hand"
            raise PageError("zip_bomb", hint)
        self._learn(member.siblings)
        known, packed = format_of(PurePosixPath(member.name).name)
        stem = split_extension(member.name)[0]
        return Source(
            doc_id=f"{self.source.doc_id}/{member.name if stem in self._clashing else stem}",
            path=self.source.path,
            shown=f"{self.source.shown}/{member.name}",
            format=known or "text",
            packed=packed,
            depth=self.source.depth + 1,
        )
