"""Whole articles: what is told in several sentences becomes one record, and what is no award becomes none."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.awards import extract_awards
from pipeline.document import Article, Mention, Segment, Sentence
from tests.awards.story import article, cells, table, tell
from tests.timing import assert_growth

HUMAS = "[EVENT Anugerah Media Humas]"
WIN = f"[AGENCY Pemkot Batu] meraih [RESULT Juara 1] {HUMAS} kategori [CATEGORY Website]."


def test_rank_and_category_of_different_sentences_are_one_record() -> None:
    awards = tell(
        f"[AGENCY Pemkot Batu] meraih [RESULT Juara 1] {HUMAS}.",
        "Panitia mengumumkan hasilnya kemarin.",
        "[AGENCY Pemkot Batu] juga meraih [RESULT Juara 1] untuk kategori [CATEGORY Media Sosial].",
    )
    assert table(awards, "recipient", "result", "rank", "category", "event") == [
        ("Pemkot Batu", "Juara 1", "1", "Media Sosial", "Anugerah Media Humas")
    ]


def test_a_bare_telling_joins_the_full_one() -> None:
    assert table(tell(f"[AGENCY Pemkot Batu] meraih penghargaan {HUMAS}.", WIN), "result", "category") == [
        ("Juara 1", "Website")
    ]


def test_categories_that_differ_are_two_records() -> None:
    second = f"[AGENCY Pemkot Batu] juga meraih [RESULT Juara 2] {HUMAS} kategori [CATEGORY Majalah]."
    assert table(tell(WIN, second), "rank", "category") == [("1", "Website"), ("2", "Majalah")]


def test_day_place_people_and_organiser_come_from_other_sentences() -> None:
    awards = tell(
        WIN,
        "Penghargaan diserahkan [POSITION Menteri Komunikasi] [PERSON Rahma Dewi] kepada "
        "[POSITION Kepala Diskominfo Batu] [PERSON Tono Aji].",
        f"{HUMAS} digelar [ORGANISATION Yayasan Humas] di [FACILITY Hotel Melati], [PLACE Malang], "
        "[DATE=2023-05-10 Rabu (10/5/2023)].",
    )
    assert len(awards) == 1
    people = ("giver", "giver_position", "received_by", "received_by_position")
    assert cells(awards[0], *people) == (
        "Rahma Dewi",
        "Menteri Komunikasi",
        "Tono Aji",
        "Kepala Diskominfo Batu",
    )
    assert cells(awards[0], "date", "place", "organiser", "year") == (
        "2023-05-10",
        "Hotel Melati, Malang",
        "Yayasan Humas",
        "2023",
    )
    assert [s.sentence for s in awards[0].slots["date"]] == [2]


def test_two_events_on_one_page_keep_their_days_and_places() -> None:
    awards = tell(
        f"[AGENCY Pemkot Batu] meraih [RESULT Juara 1] {HUMAS} di [FACILITY Hotel Melati], "
        "[DATE=2023-05-10 Rabu (10/5/2023)].",
        "[AGENCY Pemkot Batu] juga meraih [RESULT Juara 2] [EVENT Lomba Arsip] di [FACILITY Gedung Mawar], "
        "[DATE=2023-06-12 Senin (12/6/2023)].",
    )
    assert table(awards, "event", "date", "place") == [
        ("Anugerah Media Humas", "2023-05-10", "Hotel Melati"),
        ("Lomba Arsip", "2023-06-12", "Gedung Mawar"),
    ]


def test_an_earlier_year_in_the_clause_is_history() -> None:
    awards = tell(
        f"[AGENCY Pemkot Batu] meraih [RESULT Juara 1] {HUMAS} 2023.",
        "Pada tahun 2019 [AGENCY Pemkot Batu] meraih [RESULT Juara 3] [EVENT Lomba Arsip].",
    )
    assert table(awards, "event", "year", "timeframe") == [
        ("Anugerah Media Humas", "2023", "current"),
        ("Lomba Arsip", "2019", "past"),
    ]


def test_the_day_of_the_page_makes_earlier_years_history() -> None:
    clause = "Pada tahun 2019 [AGENCY Pemkot Batu] meraih [RESULT Juara 3] [EVENT Lomba Arsip]."
    assert table(tell(clause, published="2022-03-01"), "timeframe") == [("past",)]
    assert table(tell(clause, published="2019-03-01"), "timeframe") == [("current",)]


def test_nomination_is_told_from_win() -> None:
    awards = tell(f"[AGENCY Pemkot Batu] masuk [RESULT nominasi] {HUMAS} kategori [CATEGORY Website].")
    assert table(awards, "status", "category") == [("nominated", "Website")]


@pytest.mark.parametrize(
    "clause",
    [
        "[AGENCY Pemkot Batu] membuka rapat kerja.",
        "[AGENCY Pemkot Batu] gagal meraih [RESULT Juara 1] [EVENT Lomba Arsip].",
        "[AGENCY Pemkot Batu] belum pernah meraih [RESULT Juara 1] [EVENT Lomba Arsip].",
        "[AGENCY Pemkot Batu] akan meraih [RESULT Juara 1] [EVENT Lomba Arsip].",
        "[AGENCY Pemkot Batu] ingin meraih [RESULT Juara 1] [EVENT Lomba Arsip].",
        "[AGENCY Pemkot Batu] bertekad meraih [RESULT Juara 1] [EVENT Lomba Arsip].",
        "[AGENCY Pemkot Batu] masuk tiga [RESULT nominasi].",
        "[PLACE:country Indonesia] meraih [RESULT medali emas] [EVENT Olimpiade Robot].",
        "[EVENT Lomba Arsip] adalah ajang penghargaan yang diberikan kepada [AGENCY Pemkot Batu].",
    ],
)
def test_what_is_no_award_makes_no_record(clause: str) -> None:
    assert tell(clause) == ()


def test_rivals_win_nothing() -> None:
    awards = tell(f"[AGENCY Pemkot Batu] meraih [RESULT Juara 1] {HUMAS} mengungguli [AGENCY Pemkab Agam].")
    assert table(awards, "recipient") == [("Pemkot Batu",)]


def test_a_head_of_a_region_wins_for_the_region() -> None:
    awards = tell(
        f"[POSITION Bupati Agam] [PERSON Tono Aji] meraih {HUMAS}.",
        "Ribuan warga [PLACE:regency Kabupaten Agam] bangga.",
    )
    assert table(awards, "recipient") == [("Kabupaten Agam",)]


def test_an_award_for_persons_is_won_by_the_official_himself() -> None:
    awards = tell(
        "[POSITION Kepala Dinas Sosial] [PERSON Tono Aji] meraih [RESULT Juara 1] [EVENT Lomba Guru Teladan]."
    )
    assert table(awards, "recipient", "recipient_type") == [("Tono Aji", "person")]


def test_as_many_winners_as_prizes_win_in_turn() -> None:
    awards = tell(
        f"[AGENCY Pemkot Batu] dan [AGENCY Pemkab Agam] meraih [RESULT Juara 1] dan [RESULT Juara 2] {HUMAS}."
    )
    assert table(awards, "recipient", "rank") == [("Pemkab Agam", "2"), ("Pemkot Batu", "1")]


def test_several_winners_of_one_prize_win_it_each() -> None:
    awards = tell(f"[AGENCY Pemkot Batu] dan [AGENCY Pemkab Agam] meraih [RESULT Terbaik I] {HUMAS}.")
    assert table(awards, "recipient", "rank") == [("Pemkab Agam", "1"), ("Pemkot Batu", "1")]


def test_a_winner_list_inside_a_sentence() -> None:
    awards = tell(
        "[EVENT Lomba Arsip] dimenangkan [RESULT Juara 1] [ORGANISATION SMA Batu], [RESULT Juara 2] "
        "[ORGANISATION SMA Agam], dan [RESULT Juara 3] [ORGANISATION SMA Solo]."
    )
    assert table(awards, "recipient", "rank", "event") == [
        ("SMA Agam", "2", "Lomba Arsip"),
        ("SMA Batu", "1", "Lomba Arsip"),
        ("SMA Solo", "3", "Lomba Arsip"),
    ]


def test_lines_of_a_list_take_rank_and_category_from_number_and_heading() -> None:
    awards = tell(
        f"Berikut daftar pemenang {HUMAS}:",
        "Kategori [CATEGORY Website]:",
        "1. [AGENCY Pemkot Batu]",
        "2. [AGENCY Pemkab Agam]",
        "Kategori [CATEGORY Media Sosial]:",
        "1. [AGENCY Pemkot Solo]",
    )
    assert table(awards, "recipient", "rank", "category", "event") == [
        ("Pemkab Agam", "2", "Website", "Anugerah Media Humas"),
        ("Pemkot Batu", "1", "Website", "Anugerah Media Humas"),
        ("Pemkot Solo", "1", "Media Sosial", "Anugerah Media Humas"),
    ]


def test_lines_without_an_opener_are_no_winners() -> None:
    assert tell(WIN, "Rapat dihadiri:", "1. [AGENCY Pemkab Agam]", "2. [AGENCY Pemkot Solo]") == tell(WIN)


def test_a_pronoun_is_the_person_named_last() -> None:
    awards = tell(
        "[PERSON Sari Ayu] datang bersama [PERSON Rahma Dewi].",
        "Kemudian ia meraih [RESULT Juara 1] [EVENT Lomba Pidato].",
    )
    assert table(awards, "recipient") == [("Rahma Dewi",)]


def test_penghargaan_serupa_is_the_prize_told_before() -> None:
    awards = tell(
        f"[AGENCY Pemkot Batu] meraih [RESULT Juara 1] {HUMAS}.",
        "[AGENCY Pemkab Agam] juga menerima penghargaan serupa.",
    )
    assert table(awards, "recipient", "event", "rank") == [
        ("Pemkab Agam", "Anugerah Media Humas", "1"),
        ("Pemkot Batu", "Anugerah Media Humas", "1"),
    ]


def test_a_clause_without_a_winner_tells_of_the_page_s_focus() -> None:
    awards = tell(WIN, "Selain itu, juga meraih [RESULT Juara 2] [EVENT Lomba Arsip].")
    assert table(awards, "recipient", "event") == [
        ("Pemkot Batu", "Anugerah Media Humas"),
        ("Pemkot Batu", "Lomba Arsip"),
    ]


def test_words_wrapped_over_lines_read_as_one_line() -> None:
    flat = tell(
        f"[AGENCY Pemkot Batu] berhasil meraih [RESULT Juara 1] {HUMAS} kategori [CATEGORY Media Sosial]."
    )
    wrapped = tell(
        "[AGENCY Pemkot Batu] berhasil\n   meraih [RESULT Juara\n 1] [EVENT Anugerah Media\n Humas]\n"
        " kategori [CATEGORY Media\n Sosial]."
    )
    columns = ("recipient", "result", "rank", "category", "event", "status")
    assert table(wrapped, *columns) == table(flat, *columns)
    assert len(flat) == 1


def test_a_headline_alone_tells_the_award() -> None:
    headline = "[AGENCY Pemkot Batu] Raih [RESULT Juara 1] [EVENT Anugerah Media Humas]"
    awards = tell("Warga bersyukur atas hasil itu.", title=headline)
    assert table(awards, "recipient", "rank") == [("Pemkot Batu", "1")]


def test_the_caption_says_who_received_it() -> None:
    awards = tell(WIN, caption="[POSITION Wali Kota Batu] [PERSON Rahma Dewi] menerima penghargaan.")
    assert table(awards, "received_by", "received_by_position") == [("Rahma Dewi", "Wali Kota Batu")]
    assert awards[0].slots["received_by"][0].sentence == -1


def test_the_giver_is_not_the_receiver_and_the_winner_not_its_own_organiser() -> None:
    awards = tell(
        f"[ORGANISATION Yayasan Humas] menobatkan [AGENCY Pemkot Batu] sebagai [RESULT Terbaik I] {HUMAS}.",
        "Acara digelar [AGENCY Pemkot Batu] kemarin.",
    )
    assert table(awards, "recipient", "organiser") == [("Pemkot Batu", "Yayasan Humas")]


def test_records_name_their_evidence() -> None:
    made, sentences, mentions = article(WIN)
    award = extract_awards(made, sentences, mentions)[0]
    assert award.evidence == " ".join(made.text[award.start : award.end].split())
    assert "meraih Juara 1" in award.evidence
    assert "W01" in award.rules
    assert 0 < award.confidence < 1


def test_the_same_page_gives_the_same_ids_and_another_page_others() -> None:
    made, sentences, mentions = article(WIN)
    other = Article("another", "test", made.text, made.segments)
    first, second = extract_awards(made, sentences, mentions), extract_awards(other, sentences, mentions)
    assert first == extract_awards(made, sentences, mentions)
    assert [cells(a, "result") for a in first] == [cells(a, "result") for a in second]
    assert {a.record_id for a in first}.isdisjoint(a.record_id for a in second)


def test_a_page_without_sentences_gives_nothing() -> None:
    assert extract_awards(Article("page", "test", ""), (), ()) == ()


PIECES = st.sampled_from(
    [
        "[AGENCY Pemkot Batu]", "[AGENCY Pemkab Agam]", "[PERSON Rahma Dewi]", "[POSITION Bupati Agam]",
        "[PLACE:regency Kabupaten Agam]", "[EVENT Lomba Arsip]", HUMAS, "[RESULT Juara 1]",
        "[RESULT nominasi]",
        "[CATEGORY Website]", "[CATEGORY:group Kota Kecil]", "[WORK Senja]", "[DATE=2023-05-10 Rabu]",
        "[FACILITY Hotel Melati]", "[ORGANISATION SMA Batu]", "[PLACE:country Indonesia]",
        "meraih", "diraih", "diberikan kepada", "menobatkan", "sebagai", "disusul", "yang meraih", "adalah",
        "kategori", "dan", ",", ":", "serta", "ia", "1.", "penghargaan", "penghargaan serupa", "digelar",
        "di", "pada", "tahun 2019", "diserahkan", "kepada", "diterima", "mewakili", "(", ")", "“", "”",
        "berikut",
    ]
)  # fmt: skip
STORIES = st.lists(st.lists(PIECES, min_size=1, max_size=12).map(" ".join), min_size=1, max_size=5)


@given(STORIES, st.randoms(use_true_random=False))
def test_slots_quote_the_article_whatever_the_order_of_mentions(lines: list[str], random: Random) -> None:
    made, sentences, mentions = article(*lines)
    awards = extract_awards(made, sentences, mentions)
    for award in awards:
        assert 0 <= award.start < award.end <= len(made.text)
        for column, slots in award.slots.items():
            for slot in slots:
                assert slot.text == made.text[slot.start : slot.end], column
                assert slot.value, column
                inside = slot.sentence == -1 or sentences[slot.sentence].start <= slot.start
                assert inside, column
    shuffled = list(mentions)
    random.shuffle(shuffled)
    assert extract_awards(made, sentences, shuffled) == awards


LABELS = ("PERSON", "POSITION", "AGENCY", "PLACE", "EVENT", "CATEGORY", "RESULT", "WORK", "DATE", "OTHER")
SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20), st.sampled_from(LABELS)), max_size=12)


@given(st.text(min_size=1, max_size=60), SPANS)
def test_any_text_with_any_mentions_is_read(text: str, spans: list[tuple[int, int, str]]) -> None:
    mentions = [
        Mention(start, min(len(text), start + length), label, "test")
        for start, length, label in sorted(spans)
        if start < len(text)
    ]
    made = Article("page", "test", text, (Segment(0, len(text), "body"),))
    for award in extract_awards(made, [Sentence(0, len(text))], mentions):
        assert all(s.text == text[s.start : s.end] for slots in award.slots.values() for s in slots)


def test_cost_grows_with_the_length_of_a_line_and_not_with_its_square() -> None:
    unit = f"[AGENCY Pemkot Batu] meraih [RESULT Juara 1] {HUMAS} kategori [CATEGORY Website], "

    def extract(count: int) -> None:
        made, _sentences, mentions = marked[count]
        extract_awards(made, [Sentence(0, len(made.text) - 1)], mentions)

    marked = {count: article(unit * count) for count in (40, 160, 640)}
    extract(40)  # patterns are compiled on first use
    assert_growth(extract, 160, 640, below=8, floor=0.1)


def test_who_follows_takes_the_rank_beside_the_name_and_the_leader_keeps_his_own() -> None:
    awards = tell(
        "[RESULT Juara 1] [EVENT Lomba Arsip] diraih [ORGANISATION SMA Batu], "
        "disusul [ORGANISATION SMA Agam] sebagai [RESULT Juara 2]."
    )
    assert table(awards, "recipient", "rank") == [("SMA Agam", "2"), ("SMA Batu", "1")]


def test_numbers_of_lines_are_ranks_where_the_opener_says_so() -> None:
    lines = ("1. [AGENCY Pemkot Batu]", "2. [AGENCY Pemkab Agam]")
    assert table(tell("Berikut para juara [EVENT Lomba Arsip]:", *lines), "recipient", "rank") == [
        ("Pemkab Agam", "2"),
        ("Pemkot Batu", "1"),
    ]
    assert tell("Berikut daftar penghargaan [EVENT Lomba Arsip]:", *lines) == ()


def test_evidence_is_the_page_without_the_marks_around_the_clause() -> None:
    awards = tell(
        "[AGENCY Pemkot Batu] meraih [RESULT Juara 1] [EVENT Lomba Arsip], lalu, [AGENCY Pemkot Agam] meraih"
        " [RESULT Juara 2] [EVENT Lomba Arsip]."
    )
    assert [a.evidence.strip(" ,;:") == a.evidence != "" for a in awards] == [True, True]
    assert [a.end - a.start for a in awards] == [len(a.evidence) for a in awards]


OPEN = "[EVENT Piala Rajawali]"


@pytest.mark.parametrize(
    ("sentence", "winners"),
    [
        # a relative clause tells of whom it follows, in a phrase as well
        (
            f"Kejutan datang lewat [PERSON Rina Sari] asal [PLACE Batu], yang meraih [RESULT perak] {OPEN}.",
            ["Rina Sari"],
        ),
        (
            f"Hasil itu dilanjutkan oleh [PERSON Joko Tri], yang tampil baik dan meraih [RESULT emas] {OPEN}",
            ["Joko Tri"],
        ),
        # a club in square brackets is the player's
        (
            f"[PERSON Rina Sari] [[ORGANISATION PB ELANG], [PLACE BATU]] meraih [RESULT juara 1] {OPEN}.",
            ["Rina Sari"],
        ),
        # what the first verb is about is no subject of the second
        (
            f"[PERSON Rina Sari] meraih [RESULT juara 1] {OPEN} di [PLACE Batu] dan dapat [RESULT emas].",
            ["Rina Sari"],
        ),
        (f"[PERSON Rina Sari] menyumbang [RESULT medali perak] {OPEN}.", ["Rina Sari"]),
        (f"[ORGANISATION Tim Elang] finis di [RESULT posisi ketiga] {OPEN}.", ["Tim Elang"]),
        # a common noun wins, named behind it or nowhere
        (
            f"[RESULT Juara 1] {OPEN} diraih warga [PLACE Batu] yang lain, yakni [PERSON Rina Sari].",
            ["Rina Sari"],
        ),
        (f"[RESULT Juara 1] {OPEN} diraih tim tuan rumah.", []),
        (f"{OPEN} memberikan penghargaan kepada warga [PLACE Kota Batu].", []),
        # nouns of winning
        (f"[PERSON Rina Sari] merupakan peraih [RESULT medali emas] {OPEN}.", ["Rina Sari"]),
        (f"[ORGANISATION Tim Elang] terpilih sebagai salah satu pemenang {OPEN}.", ["Tim Elang"]),
        (f"Pemenang {OPEN} 2024 adalah [PERSON Rina Sari].", ["Rina Sari"]),
        (
            f"Penerima {OPEN} tahun ini ialah [PERSON Rina Sari] dan [PERSON Joko Tri].",
            ["Joko Tri", "Rina Sari"],
        ),
        (f"[RESULT Juara 1] {OPEN} menjadi milik [ORGANISATION Tim Elang].", ["Tim Elang"]),
        (f"[PERSON Rina Sari] dikukuhkan sebagai [RESULT Juara 1] {OPEN}.", ["Rina Sari"]),
        (f"[ORGANISATION PT Elang] diakui sebagai [CATEGORY Bank Terbaik] pada {OPEN}.", ["PT Elang"]),
        (f"Selamat kepada [PERSON Rina Sari] atas raihan [RESULT juara 1] {OPEN}.", ["Rina Sari"]),
        (f"Pemenang {OPEN} adalah yang tercepat.", []),
        (f"Peserta {OPEN} adalah [PERSON Rina Sari].", []),
        (f"[PERSON Rina Sari] layak mendapatkan {OPEN}.", []),
        (f"Panitia menetapkan seseorang menerima {OPEN} di [PLACE Batu].", []),
        # medals counted by colour are no prizes
        (
            f"[ORGANISATION Tim Elang] meraih tiga [RESULT emas] dan satu [RESULT perak] {OPEN}.",
            [],
        ),
        (f"Penghargaan {OPEN} diserahkan pada peringatan hari jadi [PLACE Kota Batu].", []),
        (f"[PERSON Joko Tri] menyerahkan laporan {OPEN} kepada [AGENCY Dinas Olahraga].", []),
        (f"[PERSON Rina Sari] mau mempertahankan gelar {OPEN}.", []),
    ],
)
def test_who_wins(sentence: str, winners: list[str]) -> None:
    assert sorted({cell for (cell,) in table(tell(sentence), "recipient")}) == winners


@pytest.mark.parametrize(
    ("sentences", "rows"),
    [
        # a medal is the place it stands for
        (
            (
                f"[PERSON Rina Sari] meraih [RESULT medali perunggu] {OPEN}.",
                "[PERSON Rina Sari] menjadi [RESULT juara ketiga] kategori [CATEGORY Tunggal Putri].",
            ),
            [("juara ketiga", "Tunggal Putri")],
        ),
        ((f"[PERSON Rina Sari] meraih [RESULT Juara 2] [RESULT Medali Perak] {OPEN}.",), [("Juara 2", "")]),
        ((f"[PERSON Rina Sari] meraih [RESULT Medali Perak] ([RESULT Juara 2]) {OPEN}.",), [("Juara 2", "")]),
        (
            (
                f"[PERSON Rina Sari] meraih [RESULT medali perunggu] {OPEN}.",
                f"[PERSON Rina Sari] menjadi [RESULT juara kedua] {OPEN} kategori [CATEGORY Ganda Putri].",
            ),
            [("juara kedua", "Ganda Putri"), ("medali perunggu", "")],
        ),
        # misspelt
        (
            (
                f"[PERSON Rina Sari] meraih [RESULT mendali emas] {OPEN}.",
                f"[PERSON Rina Sari] meraih [RESULT medali emas] {OPEN} kategori [CATEGORY Tunggal Putri].",
            ),
            [("medali emas", "Tunggal Putri")],
        ),
        # "penghargaan tersebut" is the one told before, whatever year or meeting its clause names
        (
            (
                f"[ORGANISATION PT Elang] meraih [RESULT Juara 1] {OPEN} 2023.",
                "Penghargaan tersebut diberikan kepada [ORGANISATION PT Elang] atas kinerja tahun 2022.",
            ),
            [("Juara 1", "")],
        ),
    ],
)
def test_tellings_of_one_prize(sentences: tuple[str, ...], rows: list[tuple[str, str]]) -> None:
    assert table(tell(*sentences), "result", "category") == rows


@pytest.mark.parametrize(
    ("sentences", "events"),
    [
        # the page's own event, not the one that happens to be named first or last
        (
            (
                "[AGENCY Pemkot Batu] meraih [RESULT Juara 1] [EVENT Anugerah Elang] 2024.",
                "Kota itu dikenal lewat [EVENT Festival Melati].",
                "Panitia menilai selama tiga bulan.",
                "Penilaian ketat.",
                "[ORGANISATION PT Senja] meraih [RESULT Juara 2].",
            ),
            ["Anugerah Elang"],
        ),
        # right behind another event that one is meant
        (
            (
                "[AGENCY Pemkot Batu] meraih [RESULT Juara 1] [EVENT Anugerah Elang] 2024.",
                "[EVENT Festival Melati] juga digelar.",
                "[ORGANISATION PT Senja] meraih [RESULT Juara 2].",
            ),
            ["Anugerah Elang", "Festival Melati"],
        ),
        # the clause points back
        (
            (
                "[AGENCY Pemkot Batu] meraih [RESULT Juara 1] [EVENT Anugerah Elang] 2024.",
                "[EVENT Festival Melati] juga digelar.",
                "Penilaian ketat.",
                "Penonton ramai.",
                "Pada ajang tersebut [ORGANISATION PT Senja] meraih [RESULT Juara 2].",
            ),
            ["Anugerah Elang", "Festival Melati"],
        ),
        # a day of commemoration is where an award is given, the award is another
        (
            (
                "Pada [EVENT Hari Arsip] 2024 digelar [EVENT Anugerah Elang].",
                "Penilaian ketat.",
                "Penonton ramai.",
                "[ORGANISATION PT Senja] meraih [RESULT Juara 2].",
            ),
            ["Anugerah Elang"],
        ),
        # an abbreviation of the end of a name
        (
            (
                "[AGENCY Pemkot Batu] menjadi [RESULT Juara 1] [EVENT Anugerah Dewan Energi Batu (DEB)].",
                "[AGENCY Pemkot Batu] meraih kategori [CATEGORY Data] [EVENT Anugerah DEB].",
            ),
            ["Anugerah Dewan Energi Batu (DEB)"],
        ),
    ],
)
def test_which_event(sentences: tuple[str, ...], events: list[str]) -> None:
    assert sorted({cell for (cell,) in table(tell(*sentences), "event")}) == events


def test_a_body_is_known_by_the_initials_of_its_name() -> None:
    awards = tell(
        f"[ORGANISATION PT Angkasa Senja II] meraih {HUMAS} kategori [CATEGORY Website].",
        f"Penghargaan yang diraih [ORGANISATION AS II] adalah kategori [CATEGORY Website] {HUMAS}.",
        f"[ORGANISATION AT II] meraih {HUMAS} kategori [CATEGORY Website].",
    )
    assert table(awards, "recipient") == [("AT II",), ("PT Angkasa Senja II",)]


def test_a_year_long_past_is_part_of_the_name() -> None:
    awards = tell("[PERSON Rina Sari] meraih [RESULT juara 1] [EVENT Lomba Lari Elang 1942] 2024.")
    assert table(awards, "event", "year") == [("Lomba Lari Elang 1942", "2024")]


def test_a_win_over_all_is_another_prize_than_a_category() -> None:
    awards = tell(
        f"[AGENCY Pemkot Batu] menjadi [RESULT Juara Umum] {HUMAS}.",
        f"[AGENCY Pemkot Batu] meraih kategori [CATEGORY Website] {HUMAS}.",
    )
    assert table(awards, "result", "category") == [("", "Website"), ("Juara Umum", "")]


@pytest.mark.parametrize(
    ("sentence", "year"),
    [
        (
            f"[AGENCY Pemkot Batu] meraih [RESULT Juara 1] {HUMAS} 2023 untuk Laporan Tahunan tahun 2022.",
            "2023",
        ),
        (
            f"[AGENCY Pemkot Batu] meraih [RESULT Juara 1] {HUMAS} 2023 lewat majalah edisi 12 tahun 2022.",
            "2023",
        ),
        (f"[AGENCY Pemkot Batu] meraih [RESULT Juara 1] {HUMAS} pada tahun 2022.", "2022"),
    ],
)
def test_the_year_of_a_report_is_not_the_award_s(sentence: str, year: str) -> None:
    assert table(tell(sentence, published="2023-12-01"), "year") == [(year,)]


def test_a_grade_behind_the_event_s_name_is_the_result() -> None:
    for told in ("[EVENT Proper Hijau]", "[EVENT Anugerah Proper] Hijau", "[EVENT PROPER] Hijau"):
        assert table(tell(f"[ORGANISATION PT Elang] meraih penghargaan {told} 2023."), "result") == [
            ("Hijau",)
        ]
    for told in (
        "[EVENT Anugerah Proper] Batu",
        "[EVENT Anugerah Hijau]",
        "[EVENT Anugerah Proper] di Hijau",
    ):
        assert table(tell(f"[ORGANISATION PT Elang] meraih penghargaan {told} 2023."), "result") == [("",)]
