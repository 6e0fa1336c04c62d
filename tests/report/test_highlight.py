from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.report.highlight import Mark, Piece, cut, dropped_marks, entity_marks, slot_marks, slots_of


def test_boilerplate_is_marked_and_the_article_is_not() -> None:
    segments = [(0, 3, "nav"), (4, 9, "title"), (10, 20, "body"), (21, 25, "caption")]
    assert dropped_marks(segments) == [Mark(0, 3, "dropped", "nav"), Mark(21, 25, "dropped", "caption")]


def test_only_the_outermost_entities_are_marked() -> None:
    nested = [(5, 16, "PLACE"), (0, 16, "POSITION"), (10, 20, "AGENCY"), (20, 25, "DATE"), (30, 32, "LAIN")]
    assert entity_marks(nested) == [Mark(0, 16, "entity", "POSITION"), Mark(20, 25, "entity", "DATE")]


def test_slots_that_are_drawn_by_position_each_once() -> None:
    slots = [
        ("year", 9, 13),
        ("recipient", 0, 4),
        ("rank", 5, 8),
        ("result", 5, 8),
        ("recipient", 0, 4),
        ("event", 7, 7),
    ]
    assert slot_marks(slots) == [
        Mark(0, 4, "slot", "recipient"),
        Mark(5, 8, "slot", "result"),
        Mark(9, 13, "slot", "year"),
    ]


def test_slots_of_a_line_of_awards_jsonl() -> None:
    line = {
        "slots": {"event": [{"start": 1, "end": 3, "text": "ab"}], "organiser": [{"start": 4, "end": 5}] * 2}
    }
    assert slots_of(line) == [("event", 1, 3), ("organiser", 4, 5), ("organiser", 4, 5)]
    assert slots_of({"slots": None}) == []


def test_an_entity_that_touches_a_slot_gives_way() -> None:
    marks = [Mark(0, 6, "entity", "EVENT"), Mark(4, 9, "slot", "event"), Mark(12, 14, "entity", "DATE")]
    assert cut(marks, 0, 15) == [
        Piece(0, 4),
        Piece(4, 9, slot="event", tags=(("slot", "event"),)),
        Piece(9, 12),
        Piece(12, 14, entity="DATE", tags=(("entity", "DATE"),)),
        Piece(14, 15),
    ]


def test_of_slots_that_overlap_the_shorter_is_drawn_and_all_are_named() -> None:
    marks = [Mark(0, 10, "slot", "date"), Mark(6, 10, "slot", "year"), Mark(0, 10, "evidence")]
    assert cut(marks, 0, 10) == [
        Piece(0, 6, evidence=True, slot="date"),
        Piece(6, 10, evidence=True, slot="year", tags=(("slot", "date"), ("slot", "year"))),
    ]


def test_marks_that_reach_out_of_the_stretch_are_cut_and_named_only_where_they_end() -> None:
    marks = [Mark(0, 5, "dropped", "nav"), Mark(8, 14, "slot", "work"), Mark(20, 22, "entity", "DATE")]
    assert cut(marks, 3, 10) == [Piece(3, 5, dropped="nav"), Piece(5, 8), Piece(8, 10, slot="work")]


MARKS = st.lists(
    st.builds(
        lambda start, length, kind, name: Mark(start, start + length, kind, name),
        st.integers(0, 30),
        st.integers(1, 10),
        st.sampled_from(["dropped", "evidence", "entity", "slot"]),
        st.sampled_from(["a", "b"]),
    ),
    max_size=12,
)


@given(MARKS)
def test_pieces_cover_the_stretch_without_gap_or_overlap(marks: list[Mark]) -> None:
    pieces = cut(marks, 5, 25)
    assert [p.start for p in pieces] == [5, *[p.end for p in pieces[:-1]]]
    assert pieces[-1].end == 25
    for piece in pieces:
        covering = [m for m in marks if m.start <= piece.start and m.end >= piece.end]
        assert bool(piece.slot) == any(m.kind == "slot" for m in covering)
        assert piece.evidence == any(m.kind == "evidence" for m in covering)
        assert bool(piece.dropped) == any(m.kind == "dropped" for m in covering)
