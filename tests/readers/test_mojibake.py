from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Page
from pipeline.readers import read_pages
from pipeline.readers.mojibake import repair

CURLY = "“Luar biasa,” kata Wali Kota – haru… di Café"


def twice(text: str) -> str:
    """As lenient tools do: bytes without a character in Windows-1252 become control characters."""
    data = text.encode("utf-8", "replace")
    return "".join(bytes([b]).decode("windows-1252", "ignore") or chr(b) for b in data)


@pytest.mark.parametrize("text", ["‘Luka’ – haru…", "Anugerah “Élan”", "Café à la", "🏆 juara"])
def test_text_that_is_all_encoded_twice_is_repaired(text: str) -> None:
    assert repair(twice(text)) == (text, True)


@pytest.mark.parametrize(
    "text",
    [
        CURLY,
        "Kota Malang",
        "Café",
        "SÃO PAULO «MANHÃ»",
        "harga 5 â‚¬ di Café",  # one part is sound, so the page was not encoded twice
        "Ã©",  # two characters alone might be meant
        "â€",
        "Â",
        "naïve Â°",
        "大阪â",
    ],
)
def test_what_might_be_meant_stays(text: str) -> None:
    assert repair(text) == (text, False)


def test_single_sequences_are_repaired_where_offsets_do_not_count_yet() -> None:
    mixed = f"<h1>{CURLY}</h1><p>{twice('“Kota Malang – juara')} Ã©"
    assert repair(mixed) == (mixed, False)
    assert repair(mixed, parts=True) == (f"<h1>{CURLY}</h1><p>“Kota Malang – juara Ã©", True)


def test_readers_repair_before_the_text_exists(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(twice("‘Luka’ – haru"), "utf-8")
    (tmp_path / "b.txt").write_text(f"{twice('haru…')} “sungguh”", "utf-8")
    (tmp_path / "c.html").write_text(f"<p>{twice('haru…')} “sungguh”</p>", "utf-8")
    (tmp_path / "d.jsonl").write_text(f'{{"id": "d", "text": "{twice("haru… – ‘")}"}}', "utf-8")
    pages = {p.doc_id: p for p in read_pages([tmp_path]) if isinstance(p, Page)}
    assert pages["a"].content == "‘Luka’ – haru"
    assert pages["a"].metadata["encoding"] == "utf-8, encoded twice"
    assert pages["b"].content == f"{twice('haru…')} “sungguh”"
    assert pages["c"].content == "<p>haru… “sungguh”</p>"
    assert pages["d"].content == "haru… – ‘"


@given(st.text(max_size=80))
def test_any_text_survives_one_round(text: str) -> None:
    sound = text.encode("utf-8", "replace").decode("utf-8")
    again, changed = repair(twice(text))
    assert again == (sound if changed else twice(text))


@given(st.text(alphabet="aÂÃâ€œ™\x9d©° “é", max_size=40), st.booleans())
def test_repair_never_fails_and_never_grows(text: str, parts: bool) -> None:
    assert len(repair(text, parts=parts)[0]) <= len(text)
