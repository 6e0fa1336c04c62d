"""Why a page gives the records that it gives, and no others: the trace of its stages, told by sentence."""

from pipeline.explanations.explanation import Explanation, explain_page

__all__ = ["Explanation", "explain_page"]
