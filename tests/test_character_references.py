from __future__ import annotations

import pytest

from pipeline.character_references import escaped_once, resolved


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("&ldquo;Juara&rdquo;&nbsp;I &#8211; &#x41;", "“Juara”\xa0I – A"),
        ("&amp;ldquo;Juara&amp;amp;rdquo;", "“Juara”"),
        ("Tanya &amp; Jawab", "Tanya & Jawab"),
        ("R&D; AT&T & co", "R&D; AT&T & co"),
        ("https://contoh.id/?a=1&copy=2&sort=3", "https://contoh.id/?a=1&copy=2&sort=3"),
        ("&entah; &#99999999;", "&entah; &#99999999;"),
    ],
)
def test_references_are_resolved(text: str, expected: str) -> None:
    assert resolved(text) == expected


def test_what_html_means_stays() -> None:
    source = "<p>&lt;b&gt; &amp;lt;b&amp;gt; R&amp;D ?a=1&amp;b=2"
    assert escaped_once(source) == source
    assert escaped_once("&amp;amp;nbsp;&amp;#8216;") == "&nbsp;&#8216;"
