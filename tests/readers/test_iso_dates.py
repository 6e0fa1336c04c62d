from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.readers.iso_dates import iso_date


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-10-10", "2024-10-10"),
        ("2024-10-10T08:30:00+07:00", "2024-10-10"),
        ("2024/3/5 10:00", "2024-03-05"),
        ("27/11/2021, 20:23 WIB", "2021-11-27"),
        ("03-04-2020", "2020-04-03"),
        ("Kamis, 10 Oktober 2024 14:05 WIB", "2024-10-10"),
        ("9 Agt 2023", "2023-08-09"),
        ("Thu, 10 Oct 2024 07:00:00 GMT", "2024-10-10"),
        ("October 1, 2024", "2024-10-01"),
        (dt.date(2024, 2, 29), "2024-02-29"),
        (pd.Timestamp("2021-11-27 20:23"), "2021-11-27"),
        (1728518400, "2024-10-10"),
        (1728518400.5, "2024-10-10"),
        (1728518400123, "2024-10-10"),
        ("1728518400", "2024-10-10"),
        ("20241010", "2024-10-10"),
        ({"$date": "2024-10-10T01:00:00Z"}, "2024-10-10"),
        ({"$date": {"$numberLong": "1728518400000"}}, "2024-10-10"),
        ([2024, 10, 10, 8, 30, 0, 3, 284, 0], "2024-10-10"),
        (["10 Oktober 2024"], "2024-10-10"),
    ],
)
def test_stated_days(value: object, expected: str) -> None:
    assert iso_date(value) == expected


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        pd.NaT,
        float("nan"),
        "0000-00-00 00:00:00",
        "1970-01-01T00:00:00Z",
        "0001-01-01",
        "9999-12-31",
        0,
        7,
        True,
        {"$date": None},
        [],
        "kemarin",
        "2024",
        "10/2024",
        "32/01/2024",
        "2023-02-29",
        "12345-01-01",
    ],
)
def test_what_states_no_day_gives_none(value: object) -> None:
    assert iso_date(value) == ""


@given(st.text(max_size=120))
def test_any_text_gives_a_day_or_nothing(text: str) -> None:
    found = iso_date(text)
    assert found == "" or dt.date.fromisoformat(found)
