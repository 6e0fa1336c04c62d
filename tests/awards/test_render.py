"""Renderings: one symbol a mention, offsets that lead back to the article."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.awards.render import SYMBOLS, outermost, render
from pipeline.document import Mention, Sentence
from tests.awards.story import sentence


def test_mentions_are_symbols_and_words_are_lower_case() -> None:
    text, rendered = sentence("[AGENCY Pemkot Batu] Kembali MERAIH [RESULT Juara 1]")
    assert rendered.text == f"{SYMBOLS['AGENCY']} kembali meraih {SYMBOLS['RESULT']}"
    assert text[slice(*rendered.span(0, len(rendered.text)))] == text


def test_white_space_is_one_space_and_an_inner_full_stop_no_end() -> None:
    _text, rendered = sentence("Dr. Sari \n\t meraih  piala.")
    assert rendered.text == "dr· sari meraih piala."


def test_a_span_leads_back_to_the_words() -> None:
    text, rendered = sentence("Kemarin [AGENCY Pemkot Batu] meraih   piala")
    at = rendered.text.index("meraih")
    assert text[slice(*rendered.span(at, at + len("meraih piala")))] == "meraih   piala"
    assert text[slice(*rendered.span(8, 9))] == "Pemkot Batu"
    assert rendered.span(3, 3) == (3, 3)


def test_of_nested_mentions_the_longest_is_shown() -> None:
    long, inner, other = Mention(0, 20, "POSITION"), Mention(7, 20, "PLACE"), Mention(25, 30, "PERSON")
    assert outermost([other, inner, long]) == [long, other]


def test_quotation_marks_around_a_title_are_no_border() -> None:
    _text, quoted = sentence("video “[WORK Senja]” itu")
    assert quoted.text == f"video {SYMBOLS['WORK']} itu"
    _text, agency = sentence("kata “[AGENCY Pemkot Batu]” itu")
    assert agency.text == f"kata “{SYMBOLS['AGENCY']}” itu"


def test_private_characters_of_a_page_are_no_symbols() -> None:
    _text, rendered = sentence(f"a{SYMBOLS['AGENCY']}b")
    assert rendered.text == "a?b"


@given(st.text(max_size=80), st.lists(st.tuples(st.integers(0, 80), st.integers(1, 30)), max_size=6))
def test_positions_ascend_and_cover_the_sentence(text: str, spans: list[tuple[int, int]]) -> None:
    mentions = [Mention(s, min(len(text), s + n), "AGENCY") for s, n in spans if s < len(text)]
    rendered = render(text, 0, Sentence(0, len(text)), mentions)
    assert len(rendered.positions) == len(rendered.text) + 1
    assert list(rendered.positions) == sorted(rendered.positions)
    assert rendered.positions[-1] == len(text)
    for at, mention in rendered.mentions.items():
        assert rendered.text[at] == SYMBOLS["AGENCY"]
        assert rendered.span(at, at + 1) == (mention.start, mention.end)
