from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import PageError
from pipeline.readers.decoding import decode, undo_escapes

CURLY = "“Luar biasa,” kata Wali Kota – penuh haru…"


def test_utf8_with_and_without_mark() -> None:
    assert decode(CURLY.encode()) == (CURLY, "utf-8")
    assert decode(codecs.BOM_UTF8 + CURLY.encode()) == (CURLY, "utf-8")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_with_and_without_mark(encoding: str) -> None:
    mark = codecs.BOM_UTF16_LE if encoding.endswith("le") else codecs.BOM_UTF16_BE
    assert decode(mark + CURLY.encode(encoding)) == (CURLY, "utf-16")
    assert decode(CURLY.encode(encoding)) == (CURLY, "utf-16")


@pytest.mark.parametrize(
    "data", [b"Kota\x00Contoh", b"\x00" * 100, b"K\x00" * 50 + b"\x00\x00", "Kota".encode("utf-32-le")]
)
def test_nul_bytes_are_no_text(data: bytes) -> None:
    with pytest.raises(PageError) as caught:
        decode(data)
    assert caught.value.reason == "binary"


def test_what_the_server_declared_counts() -> None:
    data = "Bra\u015fov".encode("windows-1254", "replace") + "ş".encode("windows-1254")
    assert decode(data, declared="windows-1254")[0].endswith("ş")
    assert decode(CURLY.encode(), declared="windows-1254") == (CURLY, "utf-8")
    assert decode(CURLY.encode("windows-1252"), declared="x-unknown") == (CURLY, "windows-1252")


def test_broken_utf16_is_undecodable() -> None:
    with pytest.raises(PageError) as caught:
        decode(codecs.BOM_UTF16_LE + b"a")
    assert caught.value.reason == "undecodable"


def test_windows_1252_is_the_fallback() -> None:
    assert decode(CURLY.encode("windows-1252")) == (CURLY, "windows-1252")


def test_newlines_stay() -> None:
    assert decode(b"a\r\nb\rc\n\r\n")[0] == "a\r\nb\rc\n\r\n"


def test_utf8_cut_off_in_a_character_stays_utf8() -> None:
    data = CURLY.encode()
    assert data.endswith("…".encode())
    text, encoding = decode(data[:-1])
    assert text == CURLY[:-1] + "\ufffd"
    assert encoding == "utf-8, 1 damaged"


def test_damage_in_the_middle_of_utf8_does_not_garble_the_rest() -> None:
    text, encoding = decode((CURLY * 3).encode() + b"\xff" + CURLY.encode())
    assert text == CURLY * 3 + "\ufffd" + CURLY
    assert encoding == "utf-8, 1 damaged"


def test_windows_1252_pasted_into_utf8_is_read_as_what_it_is() -> None:
    data = (
        (CURLY * 3).encode()
        + CURLY.encode("windows-1252")
        + "Café Batu\xa0Kota".encode("windows-1252")
        + CURLY.encode()
    )
    assert decode(data) == (CURLY * 4 + "Café Batu\xa0Kota" + CURLY, "utf-8 and windows-1252")


def test_a_single_latin_letter_at_the_end_is_windows_1252() -> None:
    assert decode("Menteri membuka Café".encode("windows-1252")) == ("Menteri membuka Café", "windows-1252")


def test_what_is_neither_is_refused_with_both_offsets() -> None:
    with pytest.raises(PageError, match=r"byte 3.*byte 9") as caught:
        decode(b"Caf\xe9 Kota\x81 \xe9 \x8d")
    assert caught.value.reason == "undecodable"


@pytest.mark.parametrize(
    ("data", "hint"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"PK\x03\x04 docx", "ZIP"),
        (b"teks\x00teks", "NUL"),
        (b"\x01\x02\x03\x04\x05 teks", "control"),
    ],
)
def test_binary_files_are_told_apart(data: bytes, hint: str) -> None:
    with pytest.raises(PageError, match=hint) as caught:
        decode(data)
    assert caught.value.reason == "binary"


def test_stray_control_characters_are_text() -> None:
    assert decode(b"satu\x0bdua\x1b tiga" + b" kata" * 200 + b"\x02")[1] == "utf-8"


def test_html_may_declare_an_encoding() -> None:
    page = (
        b'<html><meta http-equiv="Content-Type" content="text/html; charset=windows-1251">\xcf\xf0\xe8</html>'
    )
    assert "При" in decode(page, html=True)[0]
    assert decode(page)[1] == "windows-1252"


def test_a_dangerous_or_unknown_declared_encoding_is_ignored() -> None:
    for label in (b"utf-7", b"unicode_escape", b"no-such-thing", b"hex"):
        text, encoding = decode(b"<meta charset=" + label + b">Caf\xe9", html=True)
        assert encoding == "windows-1252"
        assert text.endswith("Café")


@given(st.binary(max_size=300))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    reason = ""
    try:
        decode(data, html=True)[0].encode("utf-8")
    except PageError as error:
        reason = error.reason
    assert reason in {"", "binary", "undecodable"}


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_utf8_text_comes_back(text: str) -> None:
    # No binary format starts with a space.
    assert decode(f" {text}".encode()) == (f" {text}", "utf-8")


def test_escaped_bytes_are_decoded_again() -> None:
    escaped = CURLY.encode("windows-1252").decode("utf-8", "surrogateescape")
    assert undo_escapes(escaped) == (CURLY, "windows-1252")
    assert undo_escapes(CURLY) == (CURLY, "utf-8")


@given(st.text(alphabet=st.characters(), max_size=60))
def test_lone_surrogates_never_get_through(text: str) -> None:
    try:
        clean, _ = undo_escapes(text)
    except PageError:
        return
    clean.encode("utf-8")
