"""What each line of a page is, on pages of a few lines."""

from __future__ import annotations

import pytest

from pipeline.boilerplate.layout import lay_out
from pipeline.boilerplate.lines import split_lines

_SHORT_PAGES = (
    (
        "Pemkot Batu Raih Juara 1 AMH 2023",
        "BATU – Pemerintah Kota Batu meraih Juara 1 Anugerah Media Humas, Rabu (10/5/2023).",
    ),
    (
        "Sukamaju Kabupaten Layak Anak",
        "Bupati Sukamaju, Ahmad Fauzi, menerima Penghargaan Kabupaten Layak Anak Kategori Madya.",
    ),
    (
        "Pemkab Sukamaju Raih Juara 1 AMH",
        "SUKAMAJU, KABAR.ID – Pemerintah Kabupaten Sukamaju Raih Juara 1 Anugerah Media Humas.",
    ),
)
_RESTS = (
    ("Penghargaan diterima Wali Kota Batu.", "Ia berterima kasih kepada semua pihak."),
    ("Piala diserahkan Direktur Jenderal Usman Kansong di Hotel Aston.", "“Terima kasih,” kata Siti Rahma."),
    ("Penghargaan itu diserahkan oleh Menteri Komunikasi kepada Wali Kota Batu di Jakarta.",),
)


@pytest.mark.parametrize(("headline", "lead"), _SHORT_PAGES)
@pytest.mark.parametrize("rest", _RESTS)
@pytest.mark.parametrize("above", [(), ("Rabu, 10 Mei 2023 | 10:15 WIB",)])
def test_sentences_full_of_names_on_short_pages_are_text(
    headline: str, lead: str, rest: tuple[str, ...], above: tuple[str, ...]
) -> None:
    layout = lay_out(split_lines("\n".join([headline, *above, lead, *rest])))
    assert layout.kinds == ("title", *("byline" for _ in above), "body", *("body" for _ in rest))
