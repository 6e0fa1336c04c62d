from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import pipeline
from pipeline.evaluation.made_up_names import MadeUpNames, SameNames, made_up_words
from pipeline.evaluation.swap_exchange import known_words
from pipeline.evaluation.swap_regions import KnownRegion
from pipeline.lexicon import load_table

PACKAGE = Path(pipeline.__file__).parent
ALL = [word for words in made_up_words().values() for word in words]


def test_no_table_that_pages_are_read_with_knows_a_made_up_word():
    assert sorted({word.casefold() for word in ALL} & known_words()) == []
    assert not {word.casefold() for word in ALL} & {row["word"] for row in load_table("common_words")}
    assert "malang" in known_words(), "the tables have been looked through"
    assert len(set(ALL)) == len(ALL) > 1000


def test_no_other_file_of_the_package_has_a_made_up_word():
    """Data of models and rules included: only the list itself, and what cannot be read as text."""
    words = re.compile("|".join(rf"\b{word}\b" for word in ALL), re.IGNORECASE)
    for path in PACKAGE.rglob("*"):
        if path.suffix in {".py", ".jsonl", ".json", ".cfg"} and path.name != "made_up_names.jsonl":
            assert not words.search(path.read_text("utf-8")), path


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: p.relative_to(PACKAGE).as_posix()
)
def test_nothing_outside_the_evaluation_imports_the_exchange_of_names(path):
    if path.parent == PACKAGE / "evaluation":
        return
    imported = [
        name
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for name in (f"{getattr(node, 'module', '')}.{alias.name}" for alias in node.names)
    ]
    assert [name for name in imported if re.search(r"made_up_names|name_swap|\.swap_", name)] == []


def test_draws_are_repeated_by_seed_and_differ_by_page_and_attempt():
    draw = MadeUpNames("a")
    assert draw.word("PERSON", "sari", 0) == MadeUpNames("a").word("PERSON", "sari", 0)
    words = {MadeUpNames(page).word("PERSON", "sari", n) for page in "abc" for n in range(10)}
    assert len(words) > 15
    assert words <= set(made_up_words()["PERSON"])
    assert draw.word("PLANET", "sari", 0) in made_up_words()["NAME"]
    assert MadeUpNames("a", seed=15).word("EVENT", "pena", 0) != draw.word("EVENT", "pena", 0)


def test_words_are_about_as_long_as_the_old():
    assert all(len(MadeUpNames(p).word("NAME", "melati", 0)) <= 8 for p in "abcdefgh")
    assert all(len(MadeUpNames(p).word("NAME", "kencanawungu", 0)) >= 8 for p in "abcdefgh")


def test_a_region_stays_when_others_come_or_go():
    old, some = (
        KnownRegion("35.79", "city", "Batu"),
        [KnownRegion(str(n), "city", f"Kota{n}") for n in range(50)],
    )
    for page in "abcdefgh":
        new = MadeUpNames(page).region(old, some)
        assert MadeUpNames(page).region(old, [new, *some[::3]]) == new
    assert len({MadeUpNames(str(page)).region(old, some) for page in range(30)}) > 15


def test_own_lists_can_be_drawn_from():
    own = MadeUpNames("a", words={"NAME": ["Xara"], "PERSON": ["Yuno"]})
    assert (own.word("PERSON", "sari", 0), own.word("WORK", "senja", 5)) == ("Yuno", "Xara")


def test_letters_keep_vowels_figures_and_case():
    new = MadeUpNames("a").letters("O2sN", 0)
    assert re.fullmatch("[AEIOU]2[^aeiou][^AEIOU]", new)
    assert new[2].islower()


def test_the_same_names():
    same, old = SameNames(), KnownRegion("35.79", "city", "Batu")
    assert (same.word("PERSON", "sari", 3), same.letters("AMH", 1), same.region(old, [])) == (
        "sari",
        "AMH",
        old,
    )
