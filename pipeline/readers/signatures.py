"""What a file is by its first bytes, whatever its name: formats that no reader takes."""

from __future__ import annotations

import re

#: Bytes to look at.
START = 4096

# First bytes, and what they begin. Nothing of this is text that an article could begin with.
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF document"),
    (b"%!PS", "a PostScript document"),
    (b"{\\rtf", "a document in Rich Text Format"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a document of an old Office program, or a message of Outlook"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\x00\x00\x01\x00", "an icon"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound file"),
    (b"fLaC", "a sound file"),
    (b"FWS", "a Flash film"),
    (b"CWS", "a Flash film"),
    (b"\x1a\x45\xdf\xa3", "a film"),
    (b"PK\x03\x04", "a ZIP archive or Office document"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\x1f\x8b", "gzip-compressed data"),
    (b"BZh", "bzip2-compressed data"),
    (b"\xfd7zXZ\x00", "xz-compressed data"),
    (b"\x28\xb5\x2f\xfd", "zstd-compressed data"),
    (b"\x04\x22\x4d\x18", "lz4-compressed data"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"PAR1", "a Parquet file"),
    (b"ORC\x11", "an ORC file"),
    (b"Obj\x01", "an Avro file"),
    (b"ARROW1", "an Arrow file"),
    (b"SQLite format 3\x00", "a SQLite database"),
    (b"\x89HDF", "an HDF5 file"),
    (b"\x93NUMPY", "a NumPy array"),
    (b"\x80\x04\x95", "a Python pickle"),
    (b"\x80\x05\x95", "a Python pickle"),
    (b"bplist00", "a binary property list"),
    (b"BEGIN:VCARD", "an address card"),
    (b"BEGIN:VCALENDAR", "a calendar"),
    (b"-----BEGIN ", "a key or certificate"),
    (b"-- MySQL dump", "a dump of a database"),
    (b"-- MariaDB dump", "a dump of a database"),
    (b"-- PostgreSQL database dump", "a dump of a database"),
    (b"--\n-- PostgreSQL database dump", "a dump of a database"),
    (b"-- phpMyAdmin SQL Dump", "a dump of a database"),
    (b"/*M!999999", "a dump of a database"),
    (b"SQLite format", "a SQLite database"),
    (b"dn: ", "an LDIF file"),
    (b"#!/", "a program"),
    (b"<?php", "a program in PHP"),
    (b"WEBVTT", "subtitles"),
    (b"d8:announce", "a torrent"),
)
_ANY_SIGNATURE = re.compile(b"|".join(re.escape(signature) for signature, _ in _SIGNATURES))
#: Media containers name their kind behind a length, by which no signature can begin.
_INNER = (
    (re.compile(rb"RIFF....(?:WEBP|WAVE|AVI )", re.DOTALL), "a picture, sound or film"),
    (re.compile(rb"....ftyp", re.DOTALL), "a film, or a picture"),
    (re.compile(rb".{60}BOOKMOBI", re.DOTALL), "an e-book"),
    (re.compile(rb".{257}ustar", re.DOTALL), "a tar archive"),
    (re.compile(rb"From [^\s]{1,200}(?:@| )[^\n]{0,200}\d{4}\r?\n[A-Z][A-Za-z-]{1,40}: "), "a mailbox"),
)


def foreign(start: bytes) -> str | None:
    """Return what a file is that begins so, ``None`` if it may be text.

    Example:
        >>> foreign(b"%PDF-1.7 ...")
        'a PDF document'
        >>> foreign("Kota Batu juara.".encode())
    """
    if match := _ANY_SIGNATURE.match(start):
        return dict(_SIGNATURES)[match[0]]
    return next((name for pattern, name in _INNER if pattern.match(start)), None)
