"""What ``run.json`` says of the stages, added up page by page."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from tempfile import TemporaryFile
from typing import Any

from pipeline.readers import PageFailure


class _LongList:
    """A list that is kept on disk: there may be as many items as there are pages."""

    def __init__(self) -> None:
        self._file = TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 (closed with the object)
        self._length = 0

    def append(self, item: object) -> None:
        self._file.write(json.dumps(item) + "\n")
        self._length += 1

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[Any]:
        self._file.seek(0)
        for line in self._file:
            yield json.loads(line)


class Tally:
    """Counts over the pages of a run, as they come out of the merge.

    Attributes:
        failures: All failures, sorted by id.
        without_body: Ids of the pages that have no body.
        without_pages: What files held that gave no page, nor a failure.
    """

    def __init__(self) -> None:
        self.failures = _LongList()
        self.without_body = _LongList()
        self.without_pages = _LongList()
        self._records_left_out: Counter[str] = Counter()
        self.kept = 0
        self.with_awards = 0
        self.duplicates = 0
        self.rows: Counter[str] = Counter()
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.first_failures: list[PageFailure] = []
        self._failed: dict[str, Counter[str]] = {"read": Counter(), "process": Counter()}
        self._counts: Counter[str] = Counter()

    def failure(self, doc_id: str, head: Mapping[str, Any], shown: int) -> None:
        """Count a page that failed.

        Args:
            doc_id: Its id.
            head: What its shard tells of it.
            shown: Number of failures to keep at hand.
        """
        source, reason, message = head["failure"]
        self._failed[head["stage"]][reason] += 1
        row = {"doc_id": doc_id, "source": source, "reason": reason, "message": message}
        self.failures.append(row)
        if len(self.first_failures) < shown:
            self.first_failures.append(PageFailure(**row))

    def report(self, source: str, pages: int, left_out: Mapping[str, int]) -> None:
        """Count what a file held beside its pages, see :class:`~pipeline.readers.failures.SourceReport`."""
        self._records_left_out.update(left_out)
        if not pages:
            self.without_pages.append({"source": source, "left_out": left_out})

    def page(
        self, doc_id: str, head: Mapping[str, Any], rows: Mapping[str, list[Any]], *, duplicate: bool
    ) -> None:
        """Count a page that was processed."""
        if head["counts"].get("without_body"):
            self.without_body.append(doc_id)
        self.kept += 1
        self.duplicates += duplicate
        self.with_awards += bool(rows.get("awards"))
        self._counts.update(head["counts"])
        self.rows.update({table: len(found) for table, found in rows.items()})
        for stage, spent in head["seconds"].items():
            self.seconds[stage] += spent

    @property
    def failed(self) -> int:
        """Number of pages that failed."""
        return sum(sum(reasons.values()) for reasons in self._failed.values())

    @property
    def records_left_out(self) -> dict[str, int]:
        """Number of records that are no pages, by reason."""
        return dict(sorted(self._records_left_out.items()))

    def failed_by_reason(self) -> dict[str, int]:
        """Return the number of failures by reason."""
        return dict(sorted((self._failed["read"] + self._failed["process"]).items()))

    def stages(self) -> dict[str, dict[str, Any]]:
        """Return what went into each stage, what came out, and what was dropped why."""
        counts = self._counts
        read = self.kept + self.failed
        out = read - sum(self._failed["read"].values())
        kinds = _by_reason(counts, "dropped.")
        passed = self.kept - counts["no_award_words"]
        return {
            "read": _stage("pages", read, out, self._failed["read"]),
            "process": _stage("pages", out, self.kept, self._failed["process"]),
            "filter": _stage("pages", self.kept, passed, {"no_award_words": counts["no_award_words"]}),
            "boilerplate": _stage(
                "characters", counts["characters"], counts["characters"] - sum(kinds.values()), kinds
            ),
            "sentences": {"unit": "pages", "in": passed, "sentences": counts["sentences"]},
            "entities": {"unit": "pages", "in": passed, "mentions": counts["mentions"]},
            "awards": _stage("pages", passed, self.with_awards, {"no_award": passed - self.with_awards})
            | {"records": counts["awards"], "left_out": _by_reason(counts, "left_out.")},
        }


def _by_reason(counts: Mapping[str, int], prefix: str) -> dict[str, int]:
    """Return the counts whose names begin so, by the rest of the name."""
    return {k.removeprefix(prefix): n for k, n in sorted(counts.items()) if k.startswith(prefix)}


def _stage(unit: str, given: int, out: int, dropped: Mapping[str, int]) -> dict[str, Any]:
    reasons = {reason: number for reason, number in sorted(dropped.items()) if number}
    return {"unit": unit, "in": given, "out": out, "dropped": reasons}
