"""ZIP and tar archives: each file inside is read as in a folder. Office documents are archives too."""

from __future__ import annotations

import io
import re
import tarfile
import zipfile
from collections.abc import Iterator

from pipeline.errors import PageError
from pipeline.readers.documents import read_docx, read_odt
from pipeline.readers.options import ReadOptions
from pipeline.readers.reader import Member, Outcome, Read, Reader, Source, failure
from pipeline.readers.spreadsheets import read_spreadsheet

_MOST_MIMETYPE = 100
#: Office documents by a file that is in each of their kind.
_OFFICE: tuple[tuple[str, Read], ...] = (
    ("word/document.xml", read_docx),
    ("xl/workbook.xml", read_spreadsheet),
    ("xl/workbook.bin", read_spreadsheet),
)
_OPEN_DOCUMENT: tuple[tuple[bytes, Read], ...] = (
    (b"application/vnd.oasis.opendocument.text", read_odt),
    (b"application/vnd.oasis.opendocument.spreadsheet", read_spreadsheet),
)
_CRAWL = re.compile(r"archive/.+\.warc(?:\.gz)?")


def read_zip(source: Source, stream: io.BufferedReader, options: ReadOptions) -> Iterator[Outcome]:
    """Read the files of a ZIP archive, or the Office document that it is.

    Raises:
        PageError: ``unreadable`` if it is damaged, ``unsupported`` for documents that are not read.
    """
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise PageError("unreadable", f"{error}; the archive is damaged, pack it again") from error
    with archive:
        files = {item.filename: item for item in archive.infolist() if not item.is_dir()}
        if read := _office_reader(archive, files):
            stream.seek(0)
            yield from read(source, stream, options)
            return
        if "datapackage.json" in files and any(map(_CRAWL.fullmatch, files)):  # a web archive (WACZ)
            files = {name: item for name, item in files.items() if _CRAWL.fullmatch(name)}
        names = frozenset(files)
        for name, item in files.items():
            try:
                contents = archive.open(item)
            except (RuntimeError, NotImplementedError) as error:  # passwords and methods of packing
                told = PageError("unsupported", f"{error}; unpack it by hand")
                yield failure(source, told, f"{source.doc_id}/{name}")
            except zipfile.BadZipFile as error:
                told = PageError("unreadable", f"{error}; the archive is damaged, pack it again")
                yield failure(source, told, f"{source.doc_id}/{name}")
            else:
                yield Member(name, item.compress_size, contents, names)


def _office_reader(archive: zipfile.ZipFile, files: dict[str, zipfile.ZipInfo]) -> Read | None:
    for name, read in _OFFICE:
        if name in files:
            return read
    if "ppt/presentation.xml" in files:
        raise PageError("unsupported", "it is a presentation; save its text as .txt or PDF")
    mimetype = b""
    if "mimetype" in files and files["mimetype"].file_size < _MOST_MIMETYPE:
        mimetype = archive.read("mimetype").strip()
    for kind, read in _OPEN_DOCUMENT:
        if mimetype.startswith(kind):
            return read
    if mimetype.startswith(b"application/"):
        raise PageError("unsupported", f"{mimetype.decode('latin-1')} is not read; save its text")
    return None


def read_tar(_source: Source, stream: io.BufferedReader, _options: ReadOptions) -> Iterator[Outcome]:
    """Read the files of a tar archive, one after the other as they come.

    Raises:
        PageError: ``unreadable`` if it is damaged.
    """
    try:
        with tarfile.open(fileobj=stream, mode="r|") as archive:
            for item in archive:
                contents = archive.extractfile(item) if item.isfile() else None
                if contents is not None:
                    yield Member(item.name, item.size, contents, frozenset())
    except tarfile.TarError as error:
        raise PageError("unreadable", f"{error}; the archive is damaged, pack it again") from error


ZIP = Reader(
    format="zip",
    extensions=(".zip", ".wacz", ".docx", ".odt", ".ods", ".xlsx", ".xlsm", ".xlsb"),
    read=read_zip,
    seeks=True,
    claims=lambda start: start.startswith((b"PK\x03\x04", b"PK\x05\x06")),
    certain=True,
)
TAR = Reader(
    format="tar",
    extensions=(".tar", ".tgz", ".tbz2", ".txz"),
    read=read_tar,
    claims=lambda start: start[257:262] == b"ustar",
    certain=True,
)
