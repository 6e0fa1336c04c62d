"""Kinds of pages that hide their article from a reader of class names and of lengths."""

from __future__ import annotations

import json

import pytest

from pipeline.boilerplate import to_article
from pipeline.document import Article, Page
from tests.boilerplate.theme_pages import TITLE as THEME_TITLE
from tests.boilerplate.theme_pages import ThemePage, theme_pages

TITLE = "Kabupaten Merawan Raih Piala Sungai Bersih"
TEXT = (
    "Pemerintah Kabupaten Merawan meraih piala sungai bersih tingkat provinsi di Balai Melati, Rabu.",
    "Piala itu diterima Bupati Merawan Suroso Widagdo dari ketua dewan juri seusai pengumuman pemenang.",
)
MORE = (
    "Menurut Suroso, warga di sebelas desa menjaga sungai itu setiap pekan dengan perahu buatan sendiri.",
    "“Sungai adalah halaman depan rumah kami,” katanya kepada para tamu yang hadir pada malam itu.",
)
OTHERS = tuple(
    f"Warga Desa {name} memperbaiki saluran air yang rusak setelah hujan lebat selama tiga hari terakhir."
    for name in ("Cilame", "Wanasari", "Gunungjati", "Kalijaga", "Pasirmukti", "Tirtomoyo")
)


def article(body: str, head: str = f"<title>{TITLE}</title>") -> Article:
    return to_article(Page("h", "h.html", f"<html><head>{head}</head>{body}</html>", "html"))


def body(read: Article) -> list[str]:
    return [read.text[s.start : s.end] for s in read.segments if s.kind == "body"]


def paragraphs(texts: tuple[str, ...]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


@pytest.mark.parametrize("page", [pytest.param(page, id=page.name) for page in theme_pages()])
def test_themes_and_savers(page: ThemePage) -> None:
    read = to_article(Page("h", "h.html", page.source, "html"))
    kept = "\n".join(read.text[s.start : s.end] for s in read.segments if s.kind in {"dateline", "body"})
    assert kept.replace(" –\n", " – ").split("\n") == list(page.body)
    assert (read.title, read.published) == (THEME_TITLE, "2021-06-15")


@pytest.mark.parametrize(
    "names",
    [
        "post-body no-share",
        "content with-sidebar",
        "elementor-widget elementor-widget-text-editor",
        "post-9 post type-post status-publish hentry tag-sungai",
        "note-editor",
        "col-9 kolom-kanan",
        "berita-terkini-isi",
        "sub-header-isi",
        "widget_text",
        "comment-content",
    ],
)
@pytest.mark.parametrize("texts", [TEXT, TEXT + MORE], ids=["short", "long"])
def test_a_class_name_is_not_believed_against_the_text_below_the_headline(
    names: str, texts: tuple[str, ...]
) -> None:
    teasers = "".join(f"<div><h4><a href='#'>Kabar desa</a></h4><p>{text}</p></div>" for text in OTHERS)
    read = article(
        f"<body><div class='atas'><h1>{TITLE}</h1></div><div class='{names}'>{paragraphs(texts)}</div>"
        f"<div class='sidebar'>{teasers}</div></body>"
    )
    assert body(read) == list(texts)


@pytest.mark.parametrize("names", ["related-posts", "comments", "sidebar", "widget-area", "kuki"])
def test_a_class_name_is_believed_beside_the_text_below_the_headline(names: str) -> None:
    read = article(
        f"<body><div><h1>{TITLE}</h1>{paragraphs(TEXT)}"
        f"<div class='{names}'>{paragraphs(OTHERS[:2])}</div></div></body>"
    )
    assert body(read) == list(TEXT)


OTHER_TEXTS = {
    "boxes": "".join(f"<div class='k'><h3><a href='#'>Kabar desa</a></h3><p>{t}</p></div>" for t in OTHERS),
    "list": "<ul>" + "".join(f"<li><a href='#'>Kabar dari desa kami</a> {t}</li>" for t in OTHERS) + "</ul>",
    "answers": "".join(f"<div><b>Warga</b><p>{t}</p></div>" for t in OTHERS),
    "definitions": "<dl>" + "".join(f"<dt><a href='#'>Kabar</a></dt><dd>{t}</dd>" for t in OTHERS) + "</dl>",
    "cards": "".join(f"<article><h2><a href='#'>Kabar desa</a></h2><p>{t}</p></article>" for t in OTHERS),
}


@pytest.mark.parametrize("others", OTHER_TEXTS.values(), ids=OTHER_TEXTS)
@pytest.mark.parametrize("wrapped", [False, True])
def test_a_short_article_is_what_stands_below_its_headline(others: str, wrapped: bool) -> None:
    own = f"<div><h1>{TITLE}</h1>{paragraphs(TEXT)}</div>"
    own = f"<div>{own}</div>" if wrapped else own
    read = article(f"<body><main>{own}<div>{others}</div></main></body>")
    assert body(read) == list(TEXT)


@pytest.mark.parametrize("place", ["before", "behind"])
def test_a_consent_text_is_no_article(place: str) -> None:
    consent = f"<div class='x9'>{paragraphs(OTHERS)}</div>"
    own = f"<main><div><h1>{TITLE}</h1>{paragraphs(TEXT)}</div></main>"
    assert body(article(f"<body>{consent + own if place == 'before' else own + consent}</body>")) == list(
        TEXT
    )


@pytest.mark.parametrize("tag", ["h1", "article"])
def test_the_next_article_of_an_endless_page_is_another_page(tag: str) -> None:
    following = f"<h1>Bupati Lain Membuka Pasar</h1>{paragraphs(OTHERS)}"
    wrap = "<article>{}</article>" if tag == "article" else "<div>{}</div>"
    pages = wrap.format(f"<h1>{TITLE}</h1>{paragraphs(TEXT + MORE)}") + wrap.format(following)
    assert body(article(f"<body><main>{pages}</main></body>")) == [*TEXT, *MORE]


def test_a_lead_beside_the_headline_belongs_to_the_article() -> None:
    read = article(
        f"<body><header><h1>{TITLE}</h1><p>{TEXT[0]}</p></header>"
        f"<div class='foto'><img src='a'><p>{OTHERS[0]}</p></div>"
        f"<div><div>{paragraphs((TEXT[1], *MORE))}</div></div></body>"
    )
    assert body(read) == [*TEXT, *MORE]


@pytest.mark.parametrize("tag", ["section", "div"])
def test_sections_go_on_with_the_article(tag: str) -> None:
    first, second = (f"<{tag}><h2>Bagian</h2>{paragraphs(texts)}</{tag}>" for texts in (TEXT, MORE))
    read = article(f"<body><article><h1>{TITLE}</h1><div>{first}{second}</div></article></body>")
    assert body(read) == ["Bagian", *TEXT, "Bagian", *MORE]


HIDING = (
    "class='md:flex hidden lg:block'",
    "aria-hidden='true'",
    "style='opacity:0;display:none'",
    "hidden",
)


@pytest.mark.parametrize("attributes", HIDING)
def test_an_article_that_a_script_reveals_is_read(attributes: str) -> None:
    inner = f"<h1>{TITLE}</h1><div>{paragraphs(TEXT)}</div>"
    assert body(article(f"<body><div {attributes}>{inner}</div></body>")) == list(TEXT)
    outside = f"<h1>{TITLE}</h1><div {attributes}>{paragraphs(TEXT)}</div>"
    assert body(article(f"<body>{outside}</body>")) == list(TEXT)


@pytest.mark.parametrize("attributes", HIDING[1:])
def test_what_is_hidden_beside_the_article_stays_so(attributes: str) -> None:
    read = article(
        f"<body><div><h1>{TITLE}</h1>{paragraphs(TEXT)}"
        f"<div {attributes}>{paragraphs(OTHERS[:2])}</div></div></body>"
    )
    assert body(read) == list(TEXT)


def test_hidden_as_one_class_among_others_hides_nothing() -> None:
    texts = "".join(f"<p class='text hidden md:block'>{text}</p>" for text in TEXT)
    assert body(article(f"<body><div><h1>{TITLE}</h1>{texts}</div></body>")) == list(TEXT)


def data(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


UNSHOWN = {
    "search engines": '<script type="application/ld+json">'
    + data({"@graph": [{"@type": "NewsArticle", "headline": TITLE, "articleBody": "\n\n".join(TEXT)}]})
    + "</script>",
    "tags in data": '<script type="application/ld+json">'
    + data({"@type": ["Article"], "articleBody": "".join(f"<p>{text}</p>" for text in TEXT)})
    + "</script>",
    "next": '<script id="__NEXT_DATA__" type="application/json">'
    + data(
        {"props": {"pageProps": {"post": {"title": TITLE, "content": paragraphs(TEXT)}, "menu": ["Beranda"]}}}
    )
    + "</script>",
    "parts": '<script type="application/json">'
    + data({"post": {"blocks": [{"type": "paragraph", "text": text} for text in TEXT]}})
    + "</script>",
    "state": "<script>window.__INITIAL_STATE__ = "
    + data({"artikel": {"judul": TITLE, "isi": "\n".join(TEXT)}})
    + "; jalankan();</script>",
    "noscript": f"<noscript><div>{paragraphs(TEXT)}</div></noscript>",
    "template": f"<template shadowrootmode='open'><div>{paragraphs(TEXT)}</div></template>",
}


@pytest.mark.parametrize("unshown", UNSHOWN.values(), ids=UNSHOWN)
def test_text_that_only_a_script_shows_is_read_from_where_it_is(unshown: str) -> None:
    read = article(f"<body><div id='app'><h1>{TITLE}</h1><p>Memuat ...</p></div>{unshown}</body>")
    assert (read.title, body(read)) == (TITLE, list(TEXT))


@pytest.mark.parametrize("unshown", UNSHOWN.values(), ids=UNSHOWN)
def test_text_that_is_shown_is_read_once(unshown: str) -> None:
    shown = f"<h1>{TITLE}</h1>{paragraphs(TEXT + MORE)}"
    assert body(article(f"<body><div id='app'>{shown}</div>{unshown}</body>")) == [*TEXT, *MORE]


def test_lists_of_other_pages_in_data_are_not_joined() -> None:
    others = [{"title": "Kabar desa", "url": "/d", "excerpt": text} for text in OTHERS]
    script = f'<script type="application/json">{data({"lainnya": others})}</script>'
    assert not body(article(f"<body><h1>{TITLE}</h1>{script}</body>"))[1:]


STRAY = (
    '<p class="a"">{}</p>',
    '<p style="text-align: left;"">{}</p>',
    '<div dir="ltr"" lang="id">{}</div>',
    '<p><span lang="in"">{}</span></p>',
    '<p><b ">{}</b></p>',
    "<p title='\"'>{}</p>",
    "<p =x>{}</p>",
)


@pytest.mark.parametrize("tag", STRAY)
def test_a_stray_quotation_mark_in_a_tag_loses_no_text(tag: str) -> None:
    read = article(
        f"<body><h1>{TITLE}</h1><div>{''.join(tag.format(text) for text in TEXT + MORE)}</div></body>"
    )
    assert body(read) == [*TEXT, *MORE]
    assert "<" not in read.text


def test_what_was_cut_out_closes_no_element() -> None:
    menu = "<div class='sidebar'><svg><svg></svg></svg><ul><li><a href='#'>Beranda</a></li></ul></div>"
    read = article(f"<body>{menu}<div class='isi'><h1>{TITLE}</h1>{paragraphs(TEXT)}</div></body>")
    assert body(read) == list(TEXT)


def test_an_article_goes_on_behind_links_between_its_parts() -> None:
    first, second = (f"<div class='bagian'>{paragraphs(texts)}</div>" for texts in (TEXT, MORE))
    links = "<div class='x1'><p>Lihat</p><ul><li><a href='#'>Kabar dari desa kami</a></li></ul></div>"
    read = article(f"<body><div><h1>{TITLE}</h1><div>{first}{links}{second}</div></div></body>")
    assert [text for text in body(read) if text != "Lihat"] == [*TEXT, *MORE]


@pytest.mark.parametrize("tag", ["header", "div"])
def test_an_article_goes_on_below_the_header_that_holds_its_first_paragraph(tag: str) -> None:
    read = article(
        f"<body><article><{tag}><h1>{TITLE}</h1><div>{paragraphs(TEXT)}</div></{tag}>"
        f"<div><div>{paragraphs(MORE)}</div></div></article></body>"
    )
    assert body(read) == [*TEXT, *MORE]


@pytest.mark.parametrize(
    "listing", ["<ul><li>{}</li></ul>", "<p>{}</p>", "<table><tr><td>{}</td></tr></table>"]
)
def test_short_parts_of_an_article_are_kept(listing: str) -> None:
    winners = ("Juara I: Desa Cilame", "Desa Wanasari", "Sukarsa (Tirtomoyo)")
    parts = "".join(listing.format(text) for text in winners)
    read = article(
        f"<body><div><h1>{TITLE}</h1><p>{TEXT[0]}</p>{parts}<p>{TEXT[1]}</p>"
        "<p>Editor: Sulastri Wenang</p></div></body>"
    )
    assert body(read) == [TEXT[0], *winners, TEXT[1]]


def test_an_article_scattered_over_the_page_is_read_whole() -> None:
    parts = "".join(
        f"<div><div><h2>Bagian</h2></div><div><p>{text}</p></div></div>" for text in (*TEXT, *MORE)
    )
    read = article(
        f"<body><h1>{TITLE}</h1><div>{parts}</div><div class='footer'><p>{OTHERS[0]}</p></div></body>"
    )
    assert [text for text in body(read) if text != "Bagian"] == [*TEXT, *MORE]


SITE = "Dinas Kominfo Kabupaten Merawan"


@pytest.mark.parametrize(
    ("head", "heading"),
    [
        (f"<title>{SITE}</title><meta property='og:title' content='{SITE}'>", f"<h2>{TITLE}</h2>"),
        ("<title>Home</title>", f"<h1>{TITLE}</h1>"),
        (f"<title>Kabarku | {TITLE}</title>", f"<div class='judul'>{TITLE}</div>"),
        (f"<title>{TITLE} » Kabarku</title><meta property='og:title' content=''>", ""),
        (
            f"<title>{TITLE.upper()}</title><meta property='og:title' content='{TITLE}'>",
            f"<h1>{TITLE.upper()}</h1>",
        ),
    ],
)
def test_the_title_is_the_headline_and_not_the_site(head: str, heading: str) -> None:
    read = article(f"<body><p><a href='/'>{SITE}</a></p>{heading}<div>{paragraphs(TEXT)}</div></body>", head)
    assert (read.title, body(read)) == (TITLE, list(TEXT))


UNSET = ("0000-00-00T00:00:00", "1970-01-01T07:00:00", "-0001-11-30T00:00:00+00:00", "", "tanggal")
LISTED = data(
    [{"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle", "datePublished": "2019-01-02"}]}]
)


@pytest.mark.parametrize("unset", UNSET)
@pytest.mark.parametrize(
    ("head", "line"),
    [
        ("<meta name='DC.date' content='04 Maret 2021'>", ""),
        ("<meta name='tanggal' content='Kamis, 4 Maret 2021 08:00 WIB'>", ""),
        ("<meta itemprop='datePublished' content='2021/03/04'>", ""),
        ("<link rel='canonical' href='https://kabarku.id/2021/03/04/piala-sungai/'>", ""),
        (f"<script type='application/ld+json'>{LISTED}</script>", "<p>Kamis Pahing, 4 Maret 2021</p>"),
        ("", "<span class='tgl'>04/03/2021 10:00 WIB</span>"),
        ("", "<time datetime='2021-03-04T08:00'>kemarin</time>"),
        ("", "<p>Diperbarui: Jum'at, 5 Maret 2021</p><p>Kamis, 4 Maret 2021</p>"),
    ],
)
def test_an_unset_date_does_not_end_the_search(unset: str, head: str, line: str) -> None:
    head = f"<title>{TITLE}</title><meta property='article:published_time' content='{unset}'>{head}"
    read = article(
        f"<body><main><h1>{TITLE}</h1>{line}<article>{paragraphs(TEXT)}</article></main></body>", head
    )
    assert read.published == "2021-03-04"


def test_a_sentence_that_tells_a_date_is_no_publication_line() -> None:
    sentence = "Acara itu digelar di Merawan, Kamis (4/3/2021)."
    read = article(f"<body><h1>{TITLE}</h1><p>{TEXT[0]}</p><p>{sentence}</p><p>{TEXT[1]}</p></body>")
    assert (read.published, body(read)) == (None, [TEXT[0], sentence, TEXT[1]])
