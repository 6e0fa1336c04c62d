"""The grammar of government names: offices, bodies, organisations, venues and places, one in the other.

Each parser class reads one kind of phrase and builds on the one before: places, agencies, organisations,
positions, facilities. A method that reads a phrase starts at a given token and returns a :class:`Phrase`
with its own mention and all nested ones, or ``None``. All of them move forward only and over bounded
stretches, so a page is read in linear time.
"""

from __future__ import annotations

from pipeline.entities import gazetteer as gz
from pipeline.entities.facilities import FacilityParser
from pipeline.entities.scope import CAPITAL, Phrase


class Parser(FacilityParser):
    """Reads all phrases of one scope."""

    def phrases(self) -> list[tuple[int, Phrase]]:
        """Return the outermost phrases of the scope, with the index of their first token."""
        found: list[tuple[int, Phrase]] = []
        i = 0
        after_place = False
        while i < len(self.tokens):
            phrase = None if self.after_rank(i) > i + 1 else self.longest(i, after_place)
            if phrase:
                found.append((i, phrase))
                after_place = phrase.mention.label == "PLACE"
                i = phrase.end
                continue
            if self.low(i) not in {",", "dan", "serta"}:
                after_place = False
            i = self.after_rank(i)
        return found

    def after_rank(self, i: int) -> int:
        """Return the next index to read, beyond a military rank with the name of the force ("Mayjen TNI")."""
        rank = gz.match_honorific(self.tokens, i)
        return rank[0] if rank and rank[1] == "rank" else i + 1

    def longest(self, i: int, after_place: bool) -> Phrase | None:
        """Parse the longest phrase at ``i``; on a tie the more inclusive kind wins.

        Args:
            i: First token.
            after_place: True in a list of places, where ambiguous names are places too.
        """
        token = self.tokens[i]
        if token.kind == "lower":
            known = self.organisation(i) if i in self.scope.names else None
            return self.position(i) or known or self.facility(i)
        if token.kind not in CAPITAL:
            return None
        before = self.low(i - 1)
        if before == "-":
            before = self.low(i - 2)
        cued = before in gz.words("place_cue") or (after_place and before in {",", "dan"})
        options = (
            self.position(i),
            self.agency(i),
            self.facility(i),
            self.organisation(i),
            self.state(i),
            self.place(i, cued=cued),
        )
        return max((p for p in options if p), key=lambda p: p.end, default=None)
