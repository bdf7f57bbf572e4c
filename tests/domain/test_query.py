from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_app.domain.query import (
    And,
    DateField,
    Field,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Word,
    describe,
    parse_query,
)
from archive_app.errors import BadQuery

A, B, C = Word("a"), Word("b"), Word("c")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a", A),
        ("a b", And((A, B))),
        ("a AND b", And((A, B))),
        ("a И b ИЛИ НЕ c", Or((And((A, B)), Not(C)))),
        ("a OR b c", Or((A, And((B, C))))),
        ("(a | b) c", And((Or((A, B)), C))),
        ("a (b c)", And((A, B, C))),
        ("NOT a", Not(A)),
        ("-a", Not(A)),
        ("a -b", And((A, Not(B)))),
        ("a and b", And((A, Word("and"), B))),
        ('-"a b"', Not(Phrase("a b"))),
        ("-(a b)", Not(And((A, B)))),
        ("„а б“", Phrase("а б")),
        ("«а б»", Phrase("а б")),
        ("“а б”", Phrase("а б")),
        ("„а б”", Phrase("а б")),
        ("»а б«", Phrase("а б")),
        ("моби*", Prefix("моби")),
        ("кто-то", Word("кто-то")),
        ("12:30", Word("12:30")),
        ("a — b", And((A, B))),
        ("a, b!", And((Word("a,"), Word("b!")))),
        ("tag:departure", Field("tag", "departure")),
        ('TAG:"memory of 1917"', Field("tag", "memory of 1917")),
        ("speaker:Вик*", Field("speaker", "Вик", is_prefix=True)),
        ("language:sr", Field("lang", "sr")),
        ("-tag:a b", And((Not(Field("tag", "a")), B))),
    ],
)
def test_a_query_is_read_as(text: str, tree: Node) -> None:
    assert parse_query(text) == tree


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("", 0),
        ("  ", 0),
        ('a "b', 2),
        ("a „b", 2),
        ('""', 0),
        ("(a", 0),
        ("a (b (c)", 2),
        ("a)", 1),
        (")", 0),
        ("a ()", 2),
        ("a AND", 2),
        ("OR a", 0),
        ("a OR OR b", 2),
        ("a NOT", 2),
        ("a |", 2),
        ("note:x", 0),
        ("a note: b", 2),
        ("tag:", 0),
        ("tag: x", 0),
        ("*", 0),
        ("a *", 2),
        ("моб*ция", 3),
        ("date:soon", 5),
        ('date:"2022-13"', 5),
        ("(" * 10_000, 5_000),
        ("-(" * 500 + "a" + ")" * 500, None),
        ("a " * 200, 200),
    ],
)
def test_a_query_that_cannot_be_read_says_where(text: str, position: int | None) -> None:
    with pytest.raises(BadQuery) as refusal:
        parse_query(text)
    assert refusal.value.message
    if position is not None:
        assert refusal.value.position == position


_PIECES = ["a", "б*", '"', "„", "“", "«", "»", "(", ")", "|", "-", "AND", "OR", "NOT", "ИЛИ",
           "tag:", "date:", "x:", "*", " ", "2022", "..", "/", "12:30", "\u0301"]  # fmt: skip


@given(st.one_of(st.text(), st.lists(st.sampled_from(_PIECES)).map("".join)))
def test_any_text_gives_a_tree_or_a_bad_query(text: str) -> None:
    refused_at = 0
    try:
        assert describe(parse_query(text))
    except BadQuery as refusal:
        refused_at = refusal.position
    assert 0 <= refused_at <= len(text)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2022", date(2022, 1, 1), date(2022, 12, 31)),
        ("2022-09~", date(2022, 9, 1), date(2022, 9, 30)),
        ("2022-09..2023", date(2022, 9, 1), date(2023, 12, 31)),
        ("2022/2023-02", date(2022, 1, 1), date(2023, 2, 28)),
        ("2022..", date(2022, 1, 1), date.max),
        ("/1917", date.min, date(1917, 12, 31)),
        ("199X", date(1990, 1, 1), date(1999, 12, 31)),
        ("2022-02-24", date(2022, 2, 24), date(2022, 2, 24)),
    ],
)
def test_a_date_means_these_days(text: str, first: date, last: date) -> None:
    node = parse_query(f"date:{text}")
    assert isinstance(node, DateField)
    assert (node.days.first, node.days.last) == (first, last)


def test_a_query_is_described_as_it_was_understood() -> None:
    node = parse_query('(мобилизация OR "в Белграде") -tag:war date:2022')
    assert describe(node) == (
        "(мобилизация (with its endings) or exactly “в Белграде”) and not tag: war and date: 2022"
    )
