# ruff: noqa: E501, ISC004 (these formats have long lines)
"""One article in every format that people have: files as small as the formats allow."""

from __future__ import annotations

import base64
import io
import json
import quopri
import tarfile
import zipfile
from xml.sax.saxutils import escape

TITLE = "Kota Batu Raih Juara I Anugerah Media Humas 2023"
PARAGRAPHS = (
    "BATU – Pemerintah Kota Batu meraih Juara I kategori Siaran Pers pada Anugerah Media Humas 2023 yang digelar"
    " di Hotel Aston, Surabaya, Kamis (12/10/2023).",
    "“Ini milik warga,” ujar Wali Kota Batu Rina Wijaya & jajarannya.",
)
TEXT = "\n".join((TITLE, *PARAGRAPHS))
HTML = (
    f"<!doctype html><html><head><title>{TITLE}</title></head><body><article><h1>{TITLE}</h1>"
    + "".join(f"<p>{escape(p)}</p>" for p in PARAGRAPHS)
    + "</article></body></html>"
)
URL = "https://contoh.id/berita/1"


def packed(files: dict[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def tarred(files: dict[str, str | bytes], mode: str = "w") -> bytes:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in files.items():
            body = content.encode() if isinstance(content, str) else content
            item = tarfile.TarInfo(name)
            item.size = len(body)
            archive.addfile(item, io.BytesIO(body))
    return data.getvalue()


def mhtml(html: str = HTML) -> bytes:
    body = quopri.encodestring(html.encode()).decode()
    return (
        f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {URL}\r\nSubject: =?utf-8?Q?Berita?=\r\n"
        "Date: Sat, 14 Oct 2023 08:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="--batas"\r\n\r\n\r\n'
        f"----batas\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n"
        f"Content-Location: {URL}\r\n\r\n{body}\r\n"
        "----batas\r\nContent-Type: text/html\r\nContent-Location: cid:iklan\r\n\r\n<p>Iklan</p>\r\n"
        "----batas\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw==\r\n----batas--\r\n"
    ).encode()


def eml() -> bytes:
    body = base64.encodebytes("\n".join(PARAGRAPHS).encode()).decode()
    return (
        f"Received: dari server\r\nFrom: Humas <humas@contoh.id>\r\nTo: redaksi@contoh.id\r\nSubject: {TITLE}\r\n"
        "Date: Fri, 13 Oct 2023 08:00:00 +0700\r\nMIME-Version: 1.0\r\nMessage-ID: <1@contoh.id>\r\n"
        'Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\nContent-Type: text/plain; charset=utf-8\r\n'
        f"Content-Transfer-Encoding: base64\r\n\r\n{body}\r\n--x\r\nContent-Type: application/pdf\r\n"
        "Content-Disposition: attachment; filename=a.pdf\r\n\r\n%PDF-\r\n--x--\r\n"
    ).encode()


def rss() -> bytes:
    body = "".join(f"<p>{escape(p)}</p>" for p in PARAGRAPHS)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Kabar Contoh</title>'
        f"<item><title>{TITLE}</title><link>{URL}</link><pubDate>Fri, 13 Oct 2023 08:00:00 +0700</pubDate>"
        f"<dc:creator><![CDATA[Sari]]></dc:creator><description>Cuplikan berita</description>"
        f"<content:encoded><![CDATA[{body}]]></content:encoded></item></channel></rss>"
    ).encode()


def atom() -> bytes:
    body = escape("".join(f"<p>{escape(p)}</p>" for p in PARAGRAPHS))
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Kabar</title><entry>'
        f'<title>{TITLE}</title><link rel="self" href="https://contoh.id/atom"/><link href="{URL}"/>'
        f"<published>2023-10-13T08:00:00+07:00</published><author><name>Sari</name></author>"
        f'<content type="html">{body}</content></entry></feed>'
    ).encode()


def wxr() -> bytes:
    def item(kind: str, status: str, body: str, link: str = URL) -> str:
        return (
            f"<item><title>{TITLE}</title><link>{link}</link><dc:creator>sari</dc:creator>"
            f"<content:encoded><![CDATA[{body}]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded>"
            f"<wp:post_date>2023-10-13 08:00:00</wp:post_date><wp:status>{status}</wp:status>"
            f"<wp:post_type>{kind}</wp:post_type></item>"
        )

    body = "\n\n".join(f"<em></em>{escape(p)}" for p in PARAGRAPHS)
    return (
        '<?xml version="1.0"?><!-- ekspor --><rss xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:wp="http://wordpress.org/export/1.2/"><channel>'
        + item("attachment", "inherit", "foto")
        + item("post", "draft", "konsep")
        + item("post", "publish", body)
        + "</channel></rss>"
    ).encode()


def har() -> bytes:
    def entry(url: str, kind: str, **content: object) -> dict[str, object]:
        answer = {"status": 200, "content": {"mimeType": kind, **content}}
        return {"request": {"url": url}, "response": answer}

    entries = [
        entry(f"{URL}.png", "image/png", text="iVBORw==", encoding="base64"),
        entry(
            URL, "text/html; charset=utf-8", text=base64.b64encode(HTML.encode()).decode(), encoding="base64"
        ),
        entry(f"{URL}?kosong", "text/html"),
    ]
    return json.dumps({"log": {"version": "1.2", "entries": entries}}).encode()


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx() -> bytes:
    lines = [
        f"<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>{escape(p)}</w:t></w:r></w:p>"
        for p in TEXT.split("\n")
    ]
    dropped = "<w:p><w:del><w:r><w:delText>lama</w:delText></w:r></w:del></w:p>"
    return packed(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f"<w:document {_W}><w:body>{''.join(lines)}{dropped}</w:body></w:document>",
        }
    )


_OFFICE = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
)


def odt() -> bytes:
    lines = "".join(f"<text:p><text:span>{escape(p)}</text:span></text:p>" for p in PARAGRAPHS)
    body = f"<office:body><office:text><text:h>{TITLE}</text:h>{lines}</office:text></office:body>"
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {_OFFICE}>{body}</office:document-content>",
        }
    )


def _rows() -> list[list[str]]:
    return [["tautan", "judul", "tanggal", "isi"], [URL, TITLE, "2023-10-13", "\n".join(PARAGRAPHS)]]


def ods() -> bytes:
    def cell(text: str) -> str:
        lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n"))
        return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'

    rows = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in _rows())
    body = f'<office:spreadsheet><table:table table:name="Berita">{rows}</table:table></office:spreadsheet>'
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": f"<office:document-content {_OFFICE}><office:body>{body}</office:body></office:document-content>",
            "META-INF/manifest.xml": "<manifest/>",
        }
    )


def xlsx() -> bytes:
    def cell(column: int, row: int, text: str) -> str:
        return f'<c r="{"ABCD"[column]}{row}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'

    rows = "".join(
        f'<row r="{n}">{"".join(cell(c, n, text) for c, text in enumerate(row))}</row>'
        for n, row in enumerate(_rows(), 1)
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    return packed(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{links}/officeDocument"'
            ' Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{links}"><sheets><sheet name="Berita"'
            ' sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}"><Relationship Id="r1"'
            f' Type="{links}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>',
        }
    )


def pdf(text: str = TEXT) -> bytes:
    marks = str.maketrans({"(": "\\(", ")": "\\)"})
    lines = [f"({line.translate(marks)}) Tj T*".encode("cp1252") for line in text.split("\n")]
    content = b"BT /F1 9 Tf 20 800 Td 12 TL\n" + b"\n".join(lines) + b"\nET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    data = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % len(data)
    return data + b"xref\n0 6\n0000000000 65535 f \n" + table + tail
