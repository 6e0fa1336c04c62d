"""Article pages in the shapes of ten themes and five savers of pages, with texts of others around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

_FOLDER = Path(__file__).parent
_PARTS = re.compile(r"<head>(.*?)</head>\s*(<body[^>]*>)(.*)</body>", re.DOTALL)

TITLE = "Kabupaten Rengganis Raih Anugerah Pustaka Utama 2021"
SUBHEADING = "Perpustakaan keliling"
SHORT = (
    "RENGGANIS – Pemerintah Kabupaten Rengganis meraih Anugerah Pustaka Utama 2021, Senin (14/6/2021).",
    "Piala diserahkan Ketua Panitia Sulastri Wenang kepada Kepala Dinas Perpustakaan Darma Kusnadi.",
)
LONG = (
    *SHORT,
    "Darma mengatakan, perpustakaan desa kini buka sampai malam dan dikunjungi dua ribu anak setiap bulan.",
    SUBHEADING,
    "Empat mobil perpustakaan keliling juga mendatangi sekolah di lereng gunung tiga kali dalam seminggu.",
    "“Buku harus mendatangi pembacanya, bukan sebaliknya,” ujar Darma seusai menerima piala.",
)
TEASERS = (
    ("Warga Menanam Bakau", "Ratusan warga Desa Kalibening menanam seribu bibit bakau di pantai utara."),
    ("Kota Sumberayu Juara", "Kota Sumberayu meraih juara pertama lomba kebersihan pasar tingkat provinsi."),
    ("Harga Bawang Turun", "Harga bawang merah turun menjadi dua puluh ribu rupiah sekilogram pekan ini."),
    ("Jembatan Dibuka Kembali", "Jembatan Cigintung dibuka kembali setelah tiga bulan karena tanah longsor."),
)
COMMENTS = (
    ("Pak Ojan", "Selamat untuk kita semua, semoga perpustakaan di desa kami juga mendapat buku baru."),
    ("Wening", "Desa kami dulu menerima penghargaan serupa dari Kabupaten Merawan pada tahun 2009."),
)
CONSENT = (
    "Kami memakai kuki untuk mengingat pilihan Anda dan mengukur jumlah pembaca laman ini setiap harinya.",
    "Dengan menekan setuju, Anda mengizinkan kami dan mitra kami mengolah data peramban Anda untuk iklan.",
)
FOOTER = "Kabar Rengganis, Jalan Melati Nomor 12, Rengganis. Hak cipta dilindungi undang-undang."
MENU = ("Beranda", "Berita", "Agenda", "Galeri", "Kontak")


@dataclass(frozen=True)
class ThemePage:
    """A page and what it should be read as."""

    name: str
    source: str
    body: tuple[str, ...]


def _render(texts: tuple[str, ...], theme: str, saver: str, folder: Environment) -> str:
    page = folder.get_template(f"themes/{theme}.html").render(
        title=TITLE,
        texts=texts,
        body="\n".join(f"<h3>{t}</h3>" if t == SUBHEADING else f"<p>{t}</p>" for t in texts),
        teasers=TEASERS,
        comments=COMMENTS,
        consent="".join(f"<p>{text}</p>" for text in CONSENT),
        footer=FOOTER,
        menu="".join(f"<li><a href='/{name.lower()}'>{name}</a></li>" for name in MENU),
    )
    parts = _PARTS.search(page)
    assert parts is not None
    head, opening, body = parts.groups()
    return folder.get_template(f"savers/{saver}.html").render(head=head, opening=opening, body=body)


def theme_pages() -> Iterator[ThemePage]:
    """Yield four pages in the shape of each theme: two articles, each as two savers leave it."""
    folder = Environment(loader=FileSystemLoader(_FOLDER), undefined=StrictUndefined)  # noqa: S701
    themes, savers = (
        sorted(path.stem for path in (_FOLDER / f).glob("*.html")) for f in ("themes", "savers")
    )
    for number, theme in enumerate(themes):
        for turn, (length, texts) in enumerate(
            (("long", LONG), ("short", SHORT), ("long", LONG), ("short", SHORT))
        ):
            saver = savers[(2 * number + turn) % len(savers)]
            yield ThemePage(f"{theme}-{length}-{saver}", _render(texts, theme, saver, folder), texts)
