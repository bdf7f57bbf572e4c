"""What is found: scripts, endings, quotations, fields, operators."""

from __future__ import annotations

import pytest
from released_samples import for_all, interview, tagging, transcript

from archive_app.domain.query import parse_query
from archive_app.domain.records import Audience
from archive_app.domain.released import ReleasedIndexPoint, ReleasedInterview
from archive_app.search.index import Index
from archive_app.search.locate import field_matches, locate
from archive_app.search.memory import matches

ARCHIVE = [
    interview(1, ("Вадим", "Мы жили в Москве. Потом была мобилизация, и мы уехали в Београд."),
              ("Интервьюер", "Почему Београд?"), title="Vadim, ice skater", when="2022-09",
              place="Beograd", people=["Vadim"], collections=["Mini Russia"]),
    interview(2, ("Viktor", "Я бежал от мобилизации. Кто-то звонил."),
              ("Ana", "A kada ste stigli u Beograd? Šišanje je bilo jeftino."),
              when="2023-02-01", people=["Виктор"], collections=["Mini Russia", "Men"]),
    interview(3, "Живео сам у Београду, код Ђорђа. Наш комшија је дошао.", "Били смо код нас.",
              language="sr-Cyrl", when="1999", people=["Đorđe Petrović", "Ana Simić"]),
    interview(4, "I saw the site and did not note it. Emigrants left.", language="en",
              transcripts=[transcript("I saw the site and did not note it.", "Emigrants left.",
                                      language="en", id_=4, tags=[
                  tagging("departure", "leaving Russia", turn=2, start=0, end=9),
                  tagging("memory of 1917", turn=1, start=2, end=5, end_turn=2)])],
              abstract="About the ёлка market."),
    interview(5, title="Without a transcript", language="fr", points=[
        ReleasedIndexPoint(0, None, "Arrival", synopsis="He comes to Zürich by train.",
                           place="Zürich")]),
]  # fmt: skip


@pytest.fixture
def filled(index: Index) -> Index:
    index.update([for_all(released) for released in ARCHIVE], position=7)
    return index


def ids(index: Index, query: str, audience: Audience = Audience.PUBLIC) -> set[int]:
    return set(index.search(parse_query(query), audience=audience).found)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("мобилизация", {1, 2}),
        ("мобилизацией", {1, 2}),
        ("mobilizacija", {1, 2}),
        ("Beograd", {1, 2, 3}),
        ("Београд", {1, 2, 3}),
        ('"Beograd"', {1, 2}),  # a place name and what Ana says
        ('"Београд"', {1}),
        ('"мобилизация"', {1}),
        ("„мобилизации“", {2}),
        ("Đorđe", {3}),
        ("Djordje", {3}),
        ("sisanje", {2}),
        ("елка", {4}),
        ("emigrant", {4}),
        ("notes", {4}),
        ("not", {4}),
        ("нас", {3}),
        ("кто-то", {2}),
        ("то-кто", set()),
        ("то", {2, 5}),  # the English "to" folds like it
        ("Бео*", {1, 2, 3}),
        ("Beo*", {1, 2, 3}),
        ("мобил*", {1, 2}),
        ('"жили в Москве"', {1}),
        ('"в жили"', set()),
        ('"Београд Почему"', set()),
        ("мобилизация -Viktor", {1, 2} - {2}),
        ("NOT Beograd", {4, 5}),
        ("мобилизация Beograd", {1, 2}),
        ("emigrants OR мобилизация", {1, 2, 4}),
        ("emigrants | (мобилизация Москва)", {1, 4}),
        ("speaker:Viktor", {2}),
        ("speaker:Виктор", {2}),
        ("speaker:Viktor мобилизация", {2}),
        ("speaker:Ana мобилизация", set()),
        ("speaker:Ana Beograd", {2}),
        ("speaker:Viktor Beograd", set()),
        ("(speaker:Viktor OR speaker:Vadim) мобилизация", {1, 2}),
        ("speaker:Vadim -Beograd", set()),
        ("speaker:Viktor -Beograd", {2}),
        ("Beograd -speaker:Viktor", {1, 3}),
        ("tag:departure", {4}),
        ("tag:leav*", {4}),
        ("tag:departure emigrants", {4}),
        ("tag:departure site", set()),
        ('tag:"memory of 1917" site', {4}),
        ('tag:"memory of 1917" tag:departure emigrants', {4}),
        ("person:Petrović", {3}),
        ("person:Петровић", {3}),
        ('person:"Petrović Đorđe"', {3}),
        ('person:"Ana Petrović"', set()),
        ("person:Ana", {2, 3}),
        ("place:Београд", {1}),
        ("place:zurich", {5}),
        ("lang:sr", {3}),
        ("lang:sr-Cyrl", {3}),
        ("lang:ru", {1, 2}),
        ("collection:Men", {2}),
        ('collection:"Mini Russia"', {1, 2}),
        ("date:2022", {1}),
        ("date:2022..2023", {1, 2}),
        ("date:..2000", {3}),
        ("date:2022 OR date:1999", {1, 3}),
        ("NOT date:2022", {2, 3, 4, 5}),
        ("skater", {1}),
        ("market", {4}),
        ("train", {5}),
        ("ZZ003", {3}),
        ("nothing", set()),
    ],
)  # fmt: skip
def test_a_query_finds(filled: Index, query: str, found: set[int]) -> None:
    assert ids(filled, query) == found
    node = parse_query(query)
    assert {released.interview_id for released in ARCHIVE if matches(released, node)} == found


def shown(released: ReleasedInterview, query: str) -> list[tuple[int, list[str]]]:
    return [
        (passage.n, [passage.text[start:end] for start, end in passage.matches])
        for passage in locate(released, parse_query(query))
    ]


@pytest.mark.parametrize(
    ("number", "query", "passages"),
    [
        (1, "Beograd мобилизация", [(1, ["мобилизация", "Београд"]), (2, ["Београд"])]),
        (1, "speaker:Vadim Beograd", [(1, ["Београд"])]),
        (1, "speaker:Vadim", [(1, [])]),
        (1, '"жили в Москве" -Viktor', [(1, ["жили в Москве"])]),
        (2, "кто-то", [(1, ["Кто-то"])]),
        (3, "Djordje наш", [(1, ["Ђорђа", "Наш"])]),
        (4, "tag:departure", [(2, ["Emigrants"])]),
        (4, "tag:1917", [(1, ["saw the site and did not note it."]), (2, ["Emigr"])]),
        (4, "tag:departure emigrants", [(2, ["Emigrants"])]),
        (4, "tag:departure site", []),
        (4, "NOT emigrants", []),
        (4, "ёлка", []),
    ],
)
def test_passages_show_what_was_found(
    number: int, query: str, passages: list[tuple[int, list[str]]]
) -> None:
    assert shown(ARCHIVE[number - 1], query) == passages


def test_matches_in_the_record_are_shown_apart() -> None:
    found = field_matches(ARCHIVE[3], parse_query("ёлка"))
    assert [(m.field, [m.text[a:b] for a, b in m.matches]) for m in found] == [
        ("abstract", ["ёлка"])
    ]


def test_a_limit_keeps_the_passages_that_answer_most_of_the_query() -> None:
    released = interview(1, "один", "один два", "два", "один два один")
    kept = locate(released, parse_query("один два"), limit_passages=2)
    assert [passage.n for passage in kept] == [2, 4]


def test_the_exact_form_ranks_first(index: Index) -> None:
    index.update(
        [for_all(interview(1, "мобилизации тут")), for_all(interview(2, "мобилизация тут"))],
        position=1,
    )
    for query, best in (("мобилизация", 2), ("мобилизации", 1)):
        hits = index.search(parse_query(query), audience=Audience.STAFF).hits
        assert [hit.interview_id for hit in hits] == [best, 3 - best]


def test_equal_scores_come_in_the_order_of_accession_numbers(index: Index) -> None:
    index.update([for_all(interview(n, "слово")) for n in (3, 1, 2)], position=1)
    hits = index.search(parse_query("слово"), audience=Audience.PUBLIC)
    assert [hit.accession for hit in hits.hits] == ["ZZ001", "ZZ002", "ZZ003"]
    limited = index.search(parse_query("слово"), audience=Audience.PUBLIC, limit=1)
    assert (limited.total, len(limited.hits)) == (3, 1)


def test_facets_count_what_was_found(filled: Index) -> None:
    found = filled.search(parse_query("Beograd"), audience=Audience.PUBLIC).found
    facets = filled.facets(found, audience=Audience.PUBLIC).values
    assert [(f.value, f.count) for f in facets["collection"]] == [("Mini Russia", 2), ("Men", 1)]
    assert [(f.value, f.count) for f in facets["year"]] == [("1999", 1), ("2022", 1), ("2023", 1)]
    assert {f.value for f in facets["speaker"]} == {"Вадим", "Интервьюер", "Viktor", "Ana"}


def test_suggestions_continue_a_word_in_either_script(filled: Index) -> None:
    words = [s.word for s in filled.suggest("u beog", audience=Audience.PUBLIC)]
    assert words == ["beograd", "београд", "београду"]
