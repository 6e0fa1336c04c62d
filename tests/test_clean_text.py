from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pipeline
from pipeline.boilerplate import to_article
from pipeline.clean_text import (
    CleanText,
    cleaned,
    cleaned_article,
    outer_awards,
    outer_spans,
)
from pipeline.document import Article, Award, Mention, Page, Segment, Sentence, Slot

ODD = ["ab", *" ?’“,.\n\u00a0\u200b\u00ad\ufeff\u2009\ufffd", "&nbsp;", "&amp;mdash;", "&shy;", "&"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kota\u00a0Malang\u2009raih", "Kota Malang raih"),
        ("Ko\u00adta \u200bMa\u200dlang\ufeff", "Kota Malang"),
        ("\u200b\u200b", ""),
        # An old content management system's quotation marks.
        ("?Luar biasa,? ujarnya.", "“Luar biasa,” ujarnya."),
        ("Video ?Luka yang Pulih? di Jakarta", "Video “Luka yang Pulih” di Jakarta"),
        ("Hari Jum?at (?Anugerah?)", "Hari Jum’at (“Anugerah”)"),
        ("\ufffdLuar biasa,\ufffd ujarnya.", "“Luar biasa,” ujarnya."),
        ("Hari Jum\ufffdat, \ufffdtiga", "Hari Jum’at, “tiga"),
        # Entities that a scraper left, escaped twice as well.
        ("BATU &ndash; Gedung&nbsp;Melati", "BATU – Gedung Melati"),
        ("&amp;ldquo;Luar biasa,&amp;rdquo; kata&#160;Wali &#x4B;ota", "“Luar biasa,” kata Wali Kota"),
        ("Rukun &amp; Damai &lt;3 &amp;amp;", "Rukun & Damai <3 &"),
        ("Ma&shy;lang&zwnj;", "Malang"),
        ("A &Rukun; B &c; AT&T; R&D", "A &Rukun; B &c; AT&T; R&D"),
    ],
)
def test_what_stages_read(text: str, expected: str) -> None:
    assert cleaned(text).text == expected


@pytest.mark.parametrize(
    "text",
    [
        "Siapa juaranya? Kota Malang.",
        "Siapa juaranya ? Kota Malang.",
        "Sungguh?! Ya?",
        "siapa?Kota Malang",
        "a ?b\nc? d",
        "https://contoh.id/?id=7",
        "“Apa kabar?” tanyanya, “baik?”",
        "?",
    ],
)
def test_questions_stay(text: str) -> None:
    assert cleaned(text) == CleanText(text)


@given(st.lists(st.sampled_from(ODD), max_size=40).map("".join))
def test_offsets_always_point_at_what_they_say(text: str) -> None:
    clean = cleaned(text)
    for start in range(len(clean.text)):
        for end in range(start + 1, min(len(clean.text), start + 4) + 1):
            outer = clean.outer(start, end)
            assert cleaned(text[outer[0] : outer[1]]).text[:1].isspace() == clean.text[start].isspace()
            assert clean.inner(*outer) == (start, end)
    assert cleaned(clean.text).text == clean.text or "?" in text or "\ufffd" in text


@given(st.lists(st.sampled_from(ODD), max_size=50).map("".join))
def test_segments_tile_the_page_as_it_came(text: str) -> None:
    article = to_article(Page("a", "a", text))
    assert article.text == text
    ends = [0]
    for segment in article.segments:
        assert ends[-1] <= segment.start < segment.end <= len(text)
        ends.append(segment.end)
    inner, clean = cleaned_article(article)
    back = outer_spans(inner.segments, clean)
    assert all(any(s.start <= b.start and b.end <= s.end for s in article.segments) for b in back)


def test_everything_found_is_told_in_offsets_of_the_page() -> None:
    text = "Ko\u00adta\u00a0Batu \u200bjuara 2"
    article, clean = cleaned_article(Article("a", "a", text, (Segment(0, len(text), "body"),)))
    assert (article.text, article.segments) == ("Kota Batu juara 2", (Segment(0, 17, "body"),))
    [mention] = outer_spans([Mention(0, 9, "PLACE")], clean)
    assert text[mention.start : mention.end] == "Ko\u00adta\u00a0Batu"
    slot = Slot("2", "juara 2", 10, 17, 0, "r")
    [award] = outer_awards([Award("a", "0", {"result": (slot,)}, article.text, 0, 17)], clean, text)
    assert (award.evidence, award.start, award.end) == (text, 0, len(text))
    assert award.slots["result"][0].text == "juara 2" == text[award.slots["result"][0].start :]


STORY = (
    "Kota Batu Raih Juara II Anugerah Media Humas 2023\n\n"
    "Batu – Pemerintah Kota Batu meraih Juara II kategori Siaran Pers dalam Anugerah Media Humas (AMH) 2023"
    " di Surabaya, Kamis (5/10/2023). “Ini kerja bersama,” ujar Wali Kota Batu Rina Wijaya.\n"
    "Penghargaan itu diserahkan pada malam puncak yang dihadiri ratusan peserta dari berbagai daerah.\n"
)


def found(text: str) -> tuple[list[tuple[str, str]], list[str], list[tuple[str, str, str]]]:
    result = pipeline.process(text)
    article = result.article
    assert article.text == text
    for award in result.awards:
        assert article.text[award.start : award.end] == award.evidence
        for slot in (slot for slots in award.slots.values() for slot in slots):
            assert article.text[slot.start : slot.end] == slot.text
    return (
        [(m.label, cleaned(text[m.start : m.end]).text) for m in result.mentions],
        [cleaned(text[s.start : s.end]).text for s in result.sentences if isinstance(s, Sentence)],
        [(a.value("recipient_name"), a.value("result"), a.value("category")) for a in result.awards],
    )


@pytest.mark.parametrize(
    "odd",
    [
        STORY.replace(" ", "\u00a0"),
        STORY.replace(" ", " \u200b"),
        STORY.replace("ng", "n\u200dg").replace("em", "e\u00adm"),
        "\ufeff" + STORY.replace(" Kota", "\u2009Kota"),
        STORY.replace("“", "?").replace("”", "?"),
        STORY.replace("“", "&ldquo;").replace("”", "&amp;rdquo;").replace(" Kota", "&nbsp;Kota"),
        STORY.replace("“", "\ufffd").replace("”", "\ufffd"),
    ],
    ids=[
        "no-break spaces",
        "zero-width spaces",
        "soft hyphens",
        "byte order mark",
        "lost quotes",
        "entities",
        "U+FFFD",
    ],
)
def test_no_stage_minds_odd_characters(odd: str) -> None:
    expected = found(STORY)
    assert expected[2]
    assert len(expected[1]) == 4
    assert found(odd) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # letters that only look otherwise
        ("𝗣𝗲𝗺𝗸𝗼𝘁 𝘽𝙖𝙩𝙪 𝟚𝟘𝟚𝟛", "Pemkot Batu 2023"),
        ("Ｋｏｔａ Ⓑⓐⓣⓤ", "Kota Batu"),
        ("sertiﬁkat konﬂik", "sertifikat konflik"),
        ("m² Rp 5.000 ½ º №", "m² Rp 5.000 ½ º №"),
        # other hyphens
        ("Toli\u2011Toli, Bau\u2010Bau", "Toli-Toli, Bau-Bau"),
        ("Toli–Toli, Anak–anaknya", "Toli-Toli, Anak-anaknya"),
        ("BATU–Pemkot, 12–15 Oktober, Batu–Malang – ya", "BATU–Pemkot, 12–15 Oktober, Batu–Malang – ya"),
        # shortcodes
        ('[caption id="a_1" width=600]Piala[/caption] Kota Batu', "Piala Kota Batu"),
        ("[gallery ids='1,2,3'] juara [1] [sic] [Antara]", " juara [1] [sic] [Antara]"),
        # marks of messengers
        ("_Pemkab Batu_ meraih *Juara I*, ~batal~", "Pemkab Batu meraih Juara I, batal"),
        ("**Tebal** a_b_c 3*4*5 _ x _ nama_berkas", "**Tebal** a_b_c 3*4*5 _ x _ nama_berkas"),
        ("Kab.Lumajang dan Kec.Klojen", "Kab. Lumajang dan Kec. Klojen"),
        ("Kab. Batu, kab.go.id, Kabar.Com", "Kab. Batu, kab.go.id, Kabar.Com"),
        ("pemkab lumajang dan pemerintah kota batu", "Pemkab Lumajang dan Pemerintah Kota Batu"),
        ("pemkab setempat, pemkot batuan, kota batu", "pemkab setempat, pemkot batuan, kota batu"),
        # words parted at line ends
        ("meraih peng-\nhargaan di Sura-\r\n  baya", "meraih penghargaan di Surabaya"),
        ("Luma\u00ad\njang, Luma\u2010\njang", "Lumajang, Lumajang"),
        ("anak-\nanak, lari-\nlarian", "anak-anak, lari-larian"),
        ("JAKARTA-\nPemkot Batu -\njuara", "JAKARTA-\nPemkot Batu -\njuara"),
        ("Lomba:\n- satu\n- dua", "Lomba:\n- satu\n- dua"),
    ],
)
def test_what_only_looks_otherwise(text: str, expected: str) -> None:
    clean = cleaned(text)
    assert clean.text == expected
    assert clean.outer(0, len(clean.text))[1] <= len(text)


def test_slots_of_parted_and_decorated_words_point_at_the_page() -> None:
    text = "𝗣𝗲𝗺𝗸𝗼𝘁 𝗕𝗮𝘁𝘂 meraih Juara I Anugerah Media Hu-\nmas 2023 di Sura-\nbaya, Kamis (12/10/2023)."
    [award] = pipeline.process(text).awards
    assert award.value("recipient_name") == "Pemerintah Kota Batu"
    [slot] = award.slots["event"]
    assert text[slot.start : slot.end] == slot.text == "Anugerah Media Hu-\nmas"
    assert slot.value == "Anugerah Media Humas"
    assert award.value("date") == "2023-10-12"
