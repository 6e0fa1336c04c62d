"""The page filter: which pages cannot tell of an award, found out before they are read closely."""

from __future__ import annotations

from pipeline.filter.page_filter import may_tell, mentions_may_tell, sentences_may_tell

__all__ = ["may_tell", "mentions_may_tell", "sentences_may_tell"]
