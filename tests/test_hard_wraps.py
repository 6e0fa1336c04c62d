from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.hard_wraps import PADDING, rejoined

RELEASE = """Kota Batu Raih Juara I
Anugerah Media Humas

Pemerintah Kota Batu me-
raih Juara I kategori Siaran
Pers pada Anugerah Media
Humas di Sura-
baya. Piala diserahkan
- Wali Kota
Humas Kota Batu"""


SENTENCE = "Pemerintah Kota Batu meraih Juara I kategori Siaran Pers pada Anugerah Media Humas di Surabaya."


def test_lines_that_were_broken_by_width_go_on() -> None:
    assert rejoined(RELEASE).replace(PADDING, "").split("\n") == [
        "Kota Batu Raih Juara I Anugerah Media Humas",
        "",
        f"{SENTENCE} Piala diserahkan",
        "- Wali Kota",
        "Humas Kota Batu",
    ]


def test_without_parted_words_lines_stay() -> None:
    text = "Kota Batu Raih\nJuara I di Malang\nmeraih Juara"
    assert rejoined(text) == text
    assert rejoined("Juara:\nTK Mela-\nti\nTK Mawar").replace(PADDING, "") == "Juara:\nTK Melati\nTK Mawar"


@given(
    st.lists(st.sampled_from(["ab", "Ab", "-", "\n", "\r\n", " ", ".", "\u00ad", "1"]), max_size=60).map(
        "".join
    )
)
def test_the_length_stays(text: str) -> None:
    assert len(rejoined(text)) == len(text)
