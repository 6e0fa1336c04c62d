"""What only sums up, or looks like a win of its own beside the telling that names the winner."""

from __future__ import annotations

import pytest

from tests.awards.story import table, tell

EMAS = "[RESULT medali emas]"
WON = f"{EMAS} [EVENT Olimpiade Rajawali]"


@pytest.mark.parametrize(
    "sentences",
    [
        # the headline names the school, the text its pupil
        (
            f"Siswa [ORGANISATION SMA 1 Batu] raih {EMAS} [EVENT Olimpiade Rajawali]",
            f"[PERSON Rina Sari], siswa [ORGANISATION SMA 1 Batu], meraih {EMAS} [EVENT Olimpiade Rajawali].",
        ),
        # who belongs to whom is told in another order
        (
            f"[ORGANISATION Universitas Batu] menyabet {EMAS} [EVENT Olimpiade Rajawali].",
            f"{EMAS} [EVENT Olimpiade Rajawali] diraih [PERSON Rina Sari].",
            "Mahasiswi [ORGANISATION Universitas Batu], [PERSON Rina Sari], bersyukur.",
        ),
        # a headline that counts on its pupils, and nobody says whose they are
        (
            f"Siswa [ORGANISATION SMA 1 Batu] raih {EMAS} [EVENT Olimpiade Rajawali]",
            f"[PERSON Rina Sari] meraih {WON} kategori [CATEGORY Fisika].",
        ),
        # a win spoken of as known
        (
            f"[PERSON Rina Sari] meraih {WON}.",
            f"Keberhasilan atlet [ORGANISATION PB Elang] merebut {WON} membanggakan.",
        ),
        # a count and achievements at large, told of by whom the prizes were won for
        (
            "[ORGANISATION Pelatda Batu] membawa pulang dua medali [EVENT Olimpiade Rajawali].",
            f"[PERSON Rina Sari] meraih {EMAS} [EVENT Olimpiade Rajawali].",
        ),
        (
            "[ORGANISATION Pelatda Batu] kembali mengukir prestasi di [EVENT Olimpiade Rajawali].",
            f"[PERSON Rina Sari] meraih {EMAS} [EVENT Olimpiade Rajawali].",
        ),
    ],
)
def test_members_win_what_their_body_is_said_to_have_won(sentences: tuple[str, ...]) -> None:
    awards = tell(*sentences[1:], title=sentences[0])
    assert table(awards, "recipient", "result") == [("Rina Sari", "medali emas")]


@pytest.mark.parametrize(
    ("sentences", "recipients"),
    [
        # an overall win is the body's own
        (
            (
                "[ORGANISATION SMA 1 Batu] menjadi [RESULT juara umum] [EVENT Olimpiade Rajawali].",
                f"[PERSON Rina Sari], siswa [ORGANISATION SMA 1 Batu], meraih {WON}.",
            ),
            ["Rina Sari", "SMA 1 Batu"],
        ),
        # another event
        (
            (
                f"[ORGANISATION SMA 1 Batu] meraih {EMAS} [EVENT Festival Cendekia].",
                f"[PERSON Rina Sari], siswa [ORGANISATION SMA 1 Batu], meraih {WON}.",
            ),
            ["Rina Sari", "SMA 1 Batu"],
        ),
        # nobody says that she is a member
        (
            (
                f"[ORGANISATION SMA 1 Batu] meraih {EMAS} [EVENT Olimpiade Rajawali].",
                f"[PERSON Rina Sari] meraih {EMAS} [EVENT Olimpiade Rajawali].",
            ),
            ["Rina Sari", "SMA 1 Batu"],
        ),
        # an official's prize is not what the company's count sums up
        (
            (
                "[ORGANISATION PT Rajawali] meraih dua trofi [EVENT Anugerah Niaga].",
                "[POSITION Camat] [PERSON Joko Tri] meraih [CATEGORY Top Pembina] [EVENT Anugerah Niaga].",
            ),
            ["Joko Tri", "PT Rajawali"],
        ),
    ],
)
def test_what_tells_more_or_something_else_stays(sentences: tuple[str, ...], recipients: list[str]) -> None:
    assert sorted({cell for (cell,) in table(tell(*sentences), "recipient")}) == recipients
