"""Calendar dates: which strings are dates, and what they resolve to."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.entities.calendar_dates import find_dates, resolve_date


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Acara pada Kamis, 10 Oktober 2024 di sana", "Kamis, 10 Oktober 2024"),
        ("Acara pada Kamis (10/10/2024) di sana", "Kamis (10/10/2024)"),
        ("Acara pada Rabu, (21/12) di sana", "Rabu, (21/12)"),
        ("Acara pada Jumat malam (18/11) di sana", "Jumat malam (18/11)"),
        ("Acara pada Jum'at (25/3) malam", "Jum'at (25/3)"),
        ("Acara pada Selasa 8 Agustus 2023 di sana", "Selasa 8 Agustus 2023"),
        ("Acara pada Senin 25/8/2025 di sana", "Senin 25/8/2025"),
        ("Acara (21/12/2023) di sana", "21/12/2023"),
        ("Acara pada 22 Nopember 2017 di sana", "22 Nopember 2017"),
        ("Acara pada 17-19 November 2016 di sana", "17-19 November 2016"),
        ("Acara pada 27 s.d. 29 Juli 2021 di sana", "27 s.d. 29 Juli 2021"),
        ("Acara pada 19-21 November. Lalu", "19-21 November"),
        ("Acara sejak September 2023 di sana", "September 2023"),
        ("Acara pada November 25, 2022 di sana", "November 25, 2022"),
        ("Acara pada 13 Sep 2024 di sana", "13 Sep 2024"),
        ("Tercatat 2024-10-10 di sana", "2024-10-10"),
    ],
)
def test_dates_are_found_whole(text: str, found: str) -> None:
    assert [text[a:b] for a, b in find_dates(text, 0, len(text))] == [found]


@pytest.mark.parametrize(
    "text",
    [
        "Pada tahun 2023 mereka menang.",
        "Setiap Senin mereka berlatih.",
        "Nilainya 92,32 dari 100.",
        "Pukul 08.30 WIB acara dimulai.",
        "Peserta kabupaten/kota berjumlah 24/7.",
        "UU Nomor 14 Tahun 2008",
        "Skor 3-2 untuk tuan rumah.",
        "Tanggal 45/13/2024 tidak ada.",
        "Versi 1.2.3 dirilis.",
    ],
)
def test_other_numbers_are_no_dates(text: str) -> None:
    assert [text[a:b] for a, b in find_dates(text, 0, len(text))] == []


@pytest.mark.parametrize(
    ("text", "anchor", "iso"),
    [
        ("Kamis (10/10/2024)", None, "2024-10-10"),
        ("Kamis (13/11/25)", None, "2025-11-13"),
        ("17-19 November 2016", None, "2016-11"),
        ("30 Juni - 2 Juli 2024", None, "2024-07"),
        ("September 2023", None, "2023-09"),
        ("22 Pebruari 2018", None, "2018-02-22"),
        ("29/8/2023", None, "2023-08-29"),
        ("Rabu (12/11)", "2025-11-14", "2025-11-12"),
        ("Rabu (24/9)", "2025-10-01", "2025-09-24"),
        # December told of in January
        ("Selasa (17/12)", "2025-01-03", "2024-12-17"),
        # the weekday decides between two years: 12 November was a Wednesday in 2025
        ("Rabu (12/11)", "2026-02-01", "2025-11-12"),
        ("(24/9)", "2023", "2023-09-24"),
        ("Rabu (24/9)", None, "--09-24"),
        ("31/02/2024", None, ""),
        ("besok", "2024-01-01", ""),
    ],
)
def test_dates_resolve(text: str, anchor: str | None, iso: str) -> None:
    assert resolve_date(text, anchor) == iso


_MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
    "November", "Desember",
)  # fmt: skip


@given(st.dates(date(2005, 1, 1), date(2030, 12, 31)))
def test_every_day_survives_both_notations(day: date) -> None:
    worded = f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    assert resolve_date(worded, None) == day.isoformat()
    assert resolve_date(f"({day.day}/{day.month}/{day.year})", None) == day.isoformat()


@given(st.dates(date(2010, 1, 1), date(2030, 12, 31)), st.integers(0, 150))
def test_a_past_day_without_year_takes_it_from_publication(published: date, ago: int) -> None:
    day = published - timedelta(days=ago)
    if day.month == 2 and day.day == 29:
        return
    assert resolve_date(f"({day.day}/{day.month})", published.isoformat()) == day.isoformat()
