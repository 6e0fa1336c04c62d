"""Boilerplate stripping: from a page to its article.

Every stretch of the page gets a kind (see :data:`pipeline.document.SEGMENT_KINDS`); later stages read
``title`` and
``body``. For text pages the text stays as it came, so that offsets hold in the file itself.
"""

from __future__ import annotations

from pipeline.boilerplate.text_page import strip_text
from pipeline.document import Article, Page

__all__ = ["to_article"]


def to_article(page: Page) -> Article:
    """Separate a page's article from what surrounds it.

    Args:
        page: A text or HTML page. Of its metadata, ``title``, ``published`` and ``byline`` win over what is
            found.

    Returns:
        The article. For text pages ``Article.text`` is ``page.content``; for HTML pages it is the extracted
        text. The
        segments are in text order, do not overlap, and cover all that is not white space.
    """
    if page.kind == "html":
        from pipeline.boilerplate.html_page import strip_html

        return strip_html(page)
    return strip_text(page)
