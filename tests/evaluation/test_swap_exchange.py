from __future__ import annotations

import doctest

import pytest

from pipeline.evaluation import swap_exchange
from pipeline.evaluation.made_up_names import MadeUpNames, SameNames
from pipeline.evaluation.swap_exchange import Exchange, draw_exchange, known_words, shortened
from pipeline.evaluation.swap_text import fold
from tests.evaluation.swap_pages import Telling, page


def test_the_examples_are_true():
    assert doctest.testmod(swap_exchange).failed == 0


@pytest.mark.parametrize(
    ("short", "old", "new", "made"),
    [("kla", "kota layak anak", "kota wasita dharma", "kwd"),
     ("unwi", "universitas wijaya", "universitas kelana", "unke"),
     ("puspresnas", "pusat prestasi nasional", "pusat kelana nasional", "puskelanas"),
     ("pksm", "pekan karya dan sastra muda", "pekan xara dan zuma muda", "pxzm"),
     ("abc", "pekan karya", "pekan xara", ""), ("p", "pekan karya", "pekan xara", ""),
     ("pimnas", "pekan ilmiah mahasiswa nasional", "pekan wkrita mxara nasional", "")],
)  # fmt: skip
def test_abbreviations_are_made_like_the_old(short, old, new, made):
    assert shortened(short, tuple(old.split()), tuple(new.split())) == made


def drawn(*entities: tuple[str, str], drawing=None, **keys) -> Exchange:
    text = keys.pop("text", ". ".join(surface for surface, _ in entities))
    return draw_exchange(page(text, *entities, **keys), drawing or Telling())


def test_a_word_has_one_other_word_on_a_page():
    found = drawn(
        ("Sari Wulandari", "PERSON"), ("Joko Wulandari", "PERSON"), ("Yayasan Wulandari", "ORGANISATION")
    )
    assert found.words == {"sari": "Sarix", "wulandari": "Wulandarix", "joko": "Jokox"}
    assert found.names["wulandari",] == "ORGANISATION"


def test_no_new_word_is_drawn_twice_or_is_on_the_page():
    found = drawn(("Sari", "PERSON"), ("Sarix", "PERSON"))
    assert len(set(found.words.values())) == 2
    assert not {fold(new) for new in found.words.values()} & {"sari", "sarix"}


def test_an_abbreviation_alone_is_that_of_its_long_form():
    event = ("Pekan Kriya Sastra", "EVENT"), ("PKS", "EVENT")
    made = drawn(*event, drawing=MadeUpNames("own"))
    (long,) = [name for name in made.names if len(name) > 1]
    assert made.letters["pks"] == "p" + "".join(made.words[word][0] for word in long).lower()


def test_abbreviations_without_long_form_get_letters_that_no_table_has():
    found = drawn(("QPM", "ORGANISATION"), ("QX2M", "EVENT"), drawing=MadeUpNames("own"))
    assert found.letters.keys() == {"qpm", "qx2m"}
    assert not set(found.letters.values()) & {"qpm", "qx2m"}
    assert not set(found.letters.values()) & known_words()
    assert found.letters["qx2m"][2] == "2"


def test_an_abbreviation_stays_with_its_long_form():
    found = drawn(
        ("Institut Seni Indonesia (ISI)", "ORGANISATION"), ("ISI", "ORGANISATION"), ("WTP", "RESULT")
    )
    assert (found.letters, found.words) == ({}, {})


def test_event_names_and_abbreviations_that_only_the_gold_has():
    award = {"event_name": "Anugerah Pena Kencana", "event_abbr": "APK", "event": "Pena Kencana"}
    found = drawn(text="Pena Kencana (APK)", awards=[award], drawing=MadeUpNames("own"))
    assert found.letters["apk"] == "a" + "".join(found.words[w][0] for w in ("pena", "kencana")).lower()


def test_words_in_lower_case_are_everyday_but_not_in_handles():
    found = drawn(("Cahaya Sari", "PERSON"), text="Cahaya Sari: cahaya pagi. #sari @sari web.sari")
    assert "cahaya" in found.everyday
    assert "sari" not in found.everyday


def test_the_same_names_change_nothing():
    names = [("Sari Wulandari", "PERSON"), ("Kota Malang", "PLACE"), ("Anugerah Pena Kencana (APK)", "EVENT")]
    found = drawn(*names, drawing=SameNames())
    assert (found.words, found.letters, found.regions.forms, found.regions.codes) == ({}, {}, {}, {})
