"""File names: which format they tell of, and which are no pages."""

from __future__ import annotations

import re
from pathlib import PurePath

from pipeline.readers.registry import extensions

# What lies beside saved pages without being one. Everything else is read as what its first bytes say, since
# scrapers save pages under any name ("berita.php?id=7").
_NOT_PAGES = frozenset(
    f".{name}"
    for kind in (
        "avif bmp gif heic ico jpeg jpg png psd svg tif tiff webp",
        "avi flv m4a mkv mov mp3 mp4 ogg wav webm wmv",
        "eot otf ttf woff woff2",
        "css js map mjs",
        "cdx cdxj crc log md5 pid py sha1 sha256 tmp yaml yml",
    )
    for name in kind.split()
)
#: What operating systems and tools leave in folders.
_TOOLS_OWN = frozenset(
    ("thumbs.db", "ehthumbs.db", "desktop.ini", "_success", "_metadata", "_common_metadata", "robots.txt")
)
#: Marks that Spark and Databricks leave.
_MARKS = re.compile(r"_(?:committed|started)_\d+")
#: What browsers and crawlers put behind a page's extension: "a.html?id=7", "a.html@id=7", "a.html.download".
_BEHIND = re.compile(r"(?:[?@].*|\.download|\.(?:bak|old|orig|\d{1,3})|~| \(\d{1,3}\))\Z", re.DOTALL)
_PACKED = (".gz", ".bz2", ".xz")
#: Where browsers put the pictures, scripts and frames of a page that they save whole.
_PARTS = re.compile(r"(?P<page>.+?)(?:_files|_berkas|-Dateien|_archivos|_fichiers)", re.DOTALL)


def split_extension(name: str) -> tuple[str, str | None, bool]:
    """Split a file name into its stem, its format (``None``: not a known one) and whether it is compressed.

    Example:
        >>> split_extension("arsip/berita.jsonl.gz")
        ('arsip/berita', 'jsonl', True)
        >>> split_extension("berita.2024")
        ('berita.2024', None, False)
    """
    ending = next((end for end in _PACKED if name.lower().endswith(end)), "")
    inner = name[: len(name) - len(ending)]
    for extension, reader in extensions().items():
        stem = inner[: -len(extension)]
        ours = inner.lower().endswith(extension) and (reader.compressed or not ending)
        if ours and stem and not stem.endswith("/"):
            return stem, reader.format, bool(ending)
    return (inner if ending and PurePath(inner).name else name), None, bool(ending)


def format_of(name: str) -> tuple[str | None, bool]:
    """Return the format that a file name tells of, whatever browsers added, and whether it is compressed.

    Example:
        >>> format_of("berita.html?id=7"), format_of("laman.html.download")
        (('html', False), ('html', False))
    """
    _, kind, packed = split_extension(name)
    plain = _BEHIND.sub("", name)
    return (kind, packed) if kind or plain in {"", name} else split_extension(plain)[1:]


def no_page(name: str) -> str | None:
    """Return what kind of file it is that is no page, by its name alone; ``None`` if it may be one.

    Example:
        >>> no_page("Foto.JPG"), no_page("skrip.js.download"), no_page("Thumbs.db"), no_page("berita.php")
        ('.jpg', '.js', 'Thumbs.db', None)
    """
    if name.startswith("."):
        return "hidden"
    if name.lower() in _TOOLS_OWN or _MARKS.fullmatch(name):
        return "_started, _committed" if _MARKS.fullmatch(name) else name
    if name.startswith("~$") or name.endswith(".crdownload"):
        return "unfinished"
    extension = PurePath(_BEHIND.sub("", name)).suffix.lower()
    return extension if extension in _NOT_PAGES and not format_of(name)[0] else None


def page_of_parts(folder: str) -> str | None:
    """Return the name, without extension, of the page that a folder holds the parts of, if of any.

    Example:
        >>> page_of_parts("Berita Kota_files")
        'Berita Kota'
    """
    match = _PARTS.fullmatch(folder)
    return match["page"] if match else None
