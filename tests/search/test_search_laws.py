"""Laws 12, 15 and 17 to 20 of searching, on made-up archives."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from released_samples import for_all, interview, tagging, transcript

from archive_app.domain.query import Node, Phrase, Word, parse_query
from archive_app.domain.records import Audience
from archive_app.domain.released import ReleasedInterview
from archive_app.errors import BadQuery
from archive_app.search.index import Index
from archive_app.search.locate import locate
from archive_app.search.memory import matches

_WORDS = (
    "мобилизация мобилизации мобилизацией mobilizacija mobilizacije мобилизација Beograd "
    "Београд Београду Beogradom Белград Đorđe Ђорђе Djordje ёлка елка šišanje sisanje шишање "
    "наш нас naš мир mir мира emigrant emigrants note not site sit кто-то грaд град grada "
    "рады film films филм кожа коза koža 24 war"
)
WORDS = _WORDS.split()
PEOPLE = ("", "Viktor", "Виктор", "Ana")
TAGS = ("departure", "war", "memory of 1917")
QUERIES = (*WORDS, *(f'"{word}"' for word in WORDS), "мо*", "be*", '"мир мира"', "tag:war",
           "speaker:Viktor", "person:Ana", "lang:sr", "date:2022", "place:Beograd")  # fmt: skip

texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)


@st.composite
def releases(draw: st.DrawFn, id_: int) -> ReleasedInterview:
    made = []
    for number in range(draw(st.integers(0, 2))):
        said = draw(st.lists(st.tuples(st.sampled_from(PEOPLE), texts), min_size=1, max_size=3))
        tags = [
            tagging(tag, turn=draw(st.integers(1, len(said))), start=0, end=2)
            for tag in draw(st.sets(st.sampled_from(TAGS), max_size=1))
        ]
        made.append(transcript(*said, id_=id_ * 10 + number, tags=tags))
    return interview(
        id_,
        transcripts=made,
        language=draw(st.sampled_from(["ru", "sr-Cyrl", "sr-Latn", "en"])),
        title=draw(st.one_of(st.just(""), texts)),
        when=draw(st.sampled_from(["", "2022-09", "1999"])),
        place=draw(st.sampled_from(["", "Beograd", "Москва"])),
        people=draw(st.sets(st.sampled_from(PEOPLE[1:]), max_size=2).map(sorted)),
    )


@st.composite
def archives(draw: st.DrawFn) -> list[ReleasedInterview]:
    return [draw(releases(id_)) for id_ in range(1, draw(st.integers(1, 5)) + 1)]


queries = st.recursive(
    st.sampled_from(QUERIES),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(" ".join),
        st.tuples(inner, inner).map(lambda two: f"({two[0]} OR {two[1]})"),
        inner.map(lambda one: f"NOT ({one})"),
    ),
    max_leaves=4,
)


def answers(index: Index, asked: Sequence[str], audience: Audience) -> list[object]:
    """All that an audience can see of an index."""
    found: list[object] = []
    for query in asked:
        hits = index.search(parse_query(query), audience=audience, deadline_s=60)
        found.append([(h.interview_id, h.score, h.fingerprint) for h in hits.hits])
        found.append(index.facets(hits.found, audience=audience))
    found.append(index.suggest("m", audience=audience, deadline_s=60))
    return found


def opened(folder: str, name: str = "index") -> Index:
    return Index.open(Path(folder) / name, archive_uuid="u")


@settings(max_examples=40)
@given(archives(), st.lists(queries, min_size=1, max_size=6))
def test_the_index_and_the_search_in_memory_agree(
    archive: list[ReleasedInterview], asked: list[str]
) -> None:
    with tempfile.TemporaryDirectory() as folder, opened(folder) as index:
        index.update(map(for_all, archive), position=1)
        for query in asked:
            node = parse_query(query)
            found = index.search(node, audience=Audience.PUBLIC, deadline_s=60).found
            assert found == {r.interview_id for r in archive if matches(r, node)}


@settings(max_examples=25)
@given(archives(), archives(), st.data())
def test_an_index_kept_in_step_answers_like_one_built_anew(
    before: list[ReleasedInterview], after: list[ReleasedInterview], data: st.DataObject
) -> None:
    asked = data.draw(st.lists(queries, min_size=1, max_size=4))
    gone = [(r.interview_id, ()) for r in before if r.interview_id > len(after)]
    changes = [*map(for_all, after), *gone]
    cut = data.draw(st.integers(0, len(changes)))
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        old, new = (stack.enter_context(opened(folder, name)) for name in ("old", "new"))
        old.update(map(for_all, before), position=1)
        old.update(changes[:cut], position=2)
        old.update(changes[cut:], position=3)
        new.update(map(for_all, after), position=3)
        assert old.position == new.position == 3
        wanted = answers(new, asked, Audience.PUBLIC)
        assert answers(old, asked, Audience.PUBLIC) == wanted
        old.optimise()
        assert old.position == 3
        assert answers(old, asked, Audience.PUBLIC) == wanted


@settings(max_examples=25)
@given(archives(), archives(), st.lists(queries, min_size=1, max_size=4))
def test_what_the_public_may_not_see_changes_nothing_it_can_see(
    seen: list[ReleasedInterview], hidden: list[ReleasedInterview], asked: list[str]
) -> None:
    """Staff see other copies of the same interviews, and interviews that the public does not."""
    public = [(r.interview_id, [r]) for r in seen]
    mixed = [
        (r.interview_id, [*([seen[n]] if n < len(seen) else []), replace(r, audience=staff)])
        for n, r in enumerate(hidden)
        for staff in [Audience.STAFF]
    ]
    mixed += public[len(hidden) :]
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        alone, together = (stack.enter_context(opened(folder, name)) for name in "ab")
        alone.update(public, position=1)
        together.update(mixed, position=1)
        assert answers(alone, asked, Audience.PUBLIC) == answers(together, asked, Audience.PUBLIC)


@settings(max_examples=300)
@given(st.sampled_from(WORDS), st.sampled_from(WORDS))
def test_if_one_word_finds_another_that_one_finds_it(one: str, other: str) -> None:
    assert matches(interview(1, one), Word(other)) == matches(interview(1, other), Word(one))


letters = st.text("абвгдеёжзийклмнопрстуфхцчшщъыьэюяђјљњћџabcdefghijklmnoprstuvzčćšžđ", min_size=1)


@settings(max_examples=300)
@given(letters, letters)
def test_folding_is_symmetric_for_any_letters(one: str, other: str) -> None:
    assert matches(interview(1, one), Word(other)) == matches(interview(1, other), Word(one))
    assert matches(interview(1, one), Word(one))


def test_both_scripts_of_a_serbian_word_find_the_same() -> None:
    pairs = [("Beograd", "Београд"), ("Đorđe", "Ђорђе"), ("šišanje", "шишање"), ("film", "филм")]
    for latin, cyrillic in pairs:
        for word in WORDS:
            held = interview(1, word)
            assert matches(held, Word(latin)) == matches(held, Word(cyrillic)), (latin, word)


@given(st.sampled_from(WORDS), st.sampled_from(WORDS))
def test_a_quoted_form_finds_itself_only(one: str, other: str) -> None:
    assert matches(interview(1, one), Phrase(other)) == (one.casefold() == other.casefold())


@settings(max_examples=80)
@given(archives(), queries)
def test_the_text_at_a_match_is_what_was_sought(
    archive: list[ReleasedInterview], query: str
) -> None:
    node = parse_query(query)
    for released in archive:
        texts = {(t.transcript_id, u.n): u.text for t in released.transcripts for u in t.turns}
        for passage in locate(released, node):
            assert passage.text == texts[passage.transcript_id, passage.n]
            for start, end in passage.matches:
                assert 0 <= start < end <= len(passage.text)
                if "tag:" not in query:
                    assert finds_alone(node, passage.text[start:end]), (query, passage)


def finds_alone(node: Node, text: str) -> bool:
    """Whether some word or phrase of a query finds this text."""
    parts = getattr(node, "parts", None) or ([node.part] if hasattr(node, "part") else None)  # type: ignore[union-attr]
    if parts is not None:
        return any(finds_alone(part, text) for part in parts)
    return matches(interview(1, text), node)


@settings(max_examples=60)
@given(st.text())
def test_no_query_raises(text: str) -> None:
    try:
        node = parse_query(text)
    except BadQuery:
        return
    released = interview(1, "слово", "Beograd 12:30", text)
    matches(released, node)
    locate(released, node)


def test_any_query_is_answered_by_the_index(index: Index) -> None:
    index.update([for_all(interview(1, "слово дело"))], position=1)

    @settings(max_examples=100)
    @given(st.one_of(st.text(), queries))
    def ask(text: str) -> None:
        try:
            node = parse_query(text)
        except BadQuery:
            return
        assert not index.search(node, audience=Audience.PUBLIC).is_damaged

    ask()
