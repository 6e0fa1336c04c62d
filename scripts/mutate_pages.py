"""Run over pages that were damaged at random, and check that all are accounted for.

Usage: python scripts/mutate_pages.py PAGES... [--number 10000] [--seed 1] [--workers 2]

PAGES are files or folders as for ``penghargaan run``. Their pages, as text, HTML, JSON lines, CSV, WARC,
ZIP, tar, RSS, MHTML, HAR and gzip files, are cut off, spliced, written in a wrong encoding, sprinkled with
random bytes or replaced by them. The run has to end by itself with exit status 0 or 1, no worker may crash or
time out, and every file has to be accounted for. Exit status 1 if not.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import json
import quopri
import random
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from xml.sax.saxutils import escape

from pipeline.document import Page
from pipeline.readers import read_pages


def as_text(page: Page) -> tuple[str, bytes]:
    """Return a text file."""
    return "txt", page.content.encode()


def as_html(page: Page) -> tuple[str, bytes]:
    """Return an HTML file."""
    body = "".join(f"<p>{part}</p>" for part in page.content.split("\n"))
    return "html", f"<html><head><title>{page.doc_id}</title></head><body>{body}</body></html>".encode()


def as_json(page: Page) -> tuple[str, bytes]:
    """Return a file of JSON lines."""
    return "jsonl", (json.dumps({"id": page.doc_id, "text": page.content}) + "\n").encode() * 2


def as_csv(page: Page) -> tuple[str, bytes]:
    """Return a CSV file."""
    out = io.StringIO()
    csv.writer(out).writerows([["id", "isi"], [page.doc_id, page.content], ["lain", page.content[:100]]])
    return "csv", out.getvalue().encode()


def as_warc(page: Page) -> tuple[str, bytes]:
    """Return a WARC file of two records."""
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + as_html(page)[1]
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://contoh.id/{n}\r\n"
        "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-00000000000{n}>\r\nWARC-Date: 2025-01-01T00:00:00Z"
        f"\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return "warc", b"".join(head.replace("{n}", str(n)).encode() + http + b"\r\n\r\n" for n in (1, 2))


def as_zip(page: Page) -> tuple[str, bytes]:
    """Return a ZIP archive of two files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for kind, data in (as_text(page), as_html(page)):
            archive.writestr(f"{kind}/laman.{kind}", data)
    return "zip", out.getvalue()


def as_tar(page: Page) -> tuple[str, bytes]:
    """Return a tar archive of one file."""
    out = io.BytesIO()
    _, data = as_text(page)
    with tarfile.open(fileobj=out, mode="w") as archive:
        item = tarfile.TarInfo("laman.txt")
        item.size = len(data)
        archive.addfile(item, io.BytesIO(data))
    return "tar", out.getvalue()


def as_feed(page: Page) -> tuple[str, bytes]:
    """Return a feed of two items."""
    item = f"<item><title>Berita</title><description>{escape(page.content)}</description></item>"
    return "rss", f'<?xml version="1.0"?><rss><channel>{item}{item}</channel></rss>'.encode()


def as_mhtml(page: Page) -> tuple[str, bytes]:
    """Return a page saved as one file."""
    head = 'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\n'
    part = "Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    body = quopri.encodestring(as_html(page)[1]).decode()
    return "mhtml", f"{head}{part}{body}\r\n--x--\r\n".encode()


def as_har(page: Page) -> tuple[str, bytes]:
    """Return what a browser fetched."""
    content = {"mimeType": "text/html", "text": as_html(page)[1].decode()}
    entry = {"request": {"url": "http://contoh.id/"}, "response": {"status": 200, "content": content}}
    return "har", json.dumps({"log": {"entries": [entry]}}).encode()


FORMS: tuple[Callable[[Page], tuple[str, bytes]], ...] = (
    as_text,
    as_text,
    as_html,
    as_html,
    as_json,
    as_csv,
    as_warc,
    as_zip,
    as_tar,
    as_feed,
    as_mhtml,
    as_har,
)
ENCODINGS = ("utf-16", "utf-16-be", "utf-32", "latin-1", "cp1252", "utf-7", "cp037", "shift_jis")


def mutate(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Damage the bytes of a file.

    Args:
        data: The file.
        other: Another file, to splice in.
        chance: Source of randomness.
    """
    at, to = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    kind = chance.randrange(7)
    if kind == 0:
        return data[:at]
    if kind == 1:
        return data[:at] + other[chance.randrange(len(other) + 1) :]
    if kind == 2:
        return data.decode("utf-8", "replace").encode(chance.choice(ENCODINGS), "replace")
    if kind == 3:
        damaged = bytearray(data)
        for _ in range(chance.randint(1, 40)):
            if damaged:
                damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        return bytes(damaged)
    if kind == 4:
        return chance.randbytes(chance.randrange(5000))
    if kind == 5:
        return data[:at] + data[at:to] * chance.randint(2, 30) + data[to:]
    return data[:at] + data[to:]


def write(inputs: list[str], folder: Path, number: int, seed: int) -> list[str]:
    """Write damaged files; returns the paths."""
    chance = random.Random(seed)  # noqa: S311 (no secret)
    pages = [p for p in islice(read_pages(inputs), 2000) if isinstance(p, Page)]
    names = []
    for n in range(number):
        kind, data = chance.choice(FORMS)(chance.choice(pages))
        _, other = chance.choice(FORMS)(chance.choice(pages))
        data = mutate(data, other, chance)
        if chance.random() < 0.1:
            kind, data = f"{kind}.gz", gzip.compress(data, 1)
            data = mutate(data, other, chance) if chance.random() < 0.5 else data
        path = folder / f"{n // 1000}" / f"{n:05}.{kind}"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        names.append(str(path))
    return names


def main() -> int:
    """Run the check; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("inputs", nargs="+", metavar="PAGES")
    parser.add_argument("--number", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        pages, output = Path(name) / "pages", Path(name) / "out"
        pages.mkdir()
        paths = write(arguments.inputs, pages, arguments.number, arguments.seed)
        tables = "awards,entities,sentences,articles"
        command = [
            sys.executable,
            "-m",
            "pipeline",
            "run",
            str(pages),
            "-o",
            str(output),
            "-q",
            "--tables",
            tables,
        ]
        started = time.monotonic()
        status = subprocess.run(  # noqa: S603
            [*command, "--workers", str(arguments.workers)], check=False, capture_output=True, text=True
        )
        seconds = time.monotonic() - started
        if status.returncode not in {0, 1}:
            print(f"exit status {status.returncode}\n{status.stderr[-2000:]}")
            return 1
        report = json.loads((output / "run.json").read_text("utf-8"))
        seen = Counter(failure["source"] for failure in report["failures"])
        with (output / "articles.jsonl").open(encoding="utf-8") as file:
            seen.update(json.loads(line)["source"] for line in file)
        seen.update(told["source"] for told in report["inputs_without_pages"])
        # records are known by their address, and members by their archive
        seen.update(str(parent) for source in list(seen) for parent in Path(source).parents)
        unseen = [path for path in paths if path not in seen]
        missing = [path for path in unseen if not any(read_pages([path]))]
        bad = {
            reason: report["counts"]["failed_by_reason"].get(reason, 0)
            for reason in ("crash", "timeout", "error")
        }
        counts = report["counts"]
        told = f"{counts['kept']:,} kept, {counts['failed']:,} failed ({counts['failed_by_reason']})"
        print(
            f"{len(paths):,} files, {counts['read']:,} pages: {told};"
            f" {len(missing)} not accounted for; {seconds:.0f} s"
        )
        print(*missing[:10], sep="\n")
        for failure in report["failures"]:
            if failure["reason"] in bad:
                print(f"{failure['source']}: {failure['reason']}: {failure['message']}")
    return 1 if missing or any(bad.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
