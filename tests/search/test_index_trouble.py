"""An index that is missing, foreign, damaged, stale, busy or out of time."""

from __future__ import annotations

import contextlib
import gc
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from released_samples import for_all, interview, transcript

from archive_app.domain.query import parse_query
from archive_app.domain.records import Audience
from archive_app.errors import Cancelled, Environment
from archive_app.search.content import fingerprint
from archive_app.search.index import Index
from archive_app.search.locate import locate
from archive_app.search.memory import matches

WORD = parse_query("слово")


def found(index: Index, query: str = "слово", audience: Audience = Audience.PUBLIC) -> set[int]:
    return set(index.search(parse_query(query), audience=audience).found)


def fill(folder: Path, uuid: str = "u") -> None:
    with Index.open(folder, archive_uuid=uuid) as index:
        index.update([for_all(interview(1, "слово"))], position=5)


def test_an_index_is_found_again(tmp_path: Path) -> None:
    fill(tmp_path / "index")
    with Index.open(tmp_path / "index", archive_uuid="u") as index:
        assert index.position == 5
        assert found(index) == {1}


def test_an_index_of_another_archive_is_not_opened(tmp_path: Path) -> None:
    fill(tmp_path / "index", uuid="other")
    with Index.open(tmp_path / "index", archive_uuid="u") as index:
        assert index.position == 0
        assert found(index) == set()


def test_an_index_of_another_analysis_is_built_anew(tmp_path: Path) -> None:
    fill(tmp_path / "index")
    stamp = tmp_path / "index" / "stamp.json"
    stamp.write_text(json.dumps(json.loads(stamp.read_text()) | {"analysis": "0"}))
    with Index.open(tmp_path / "index", archive_uuid="u") as index:
        assert index.position == 0


def test_a_file_in_the_folders_place_makes_way(tmp_path: Path) -> None:
    (tmp_path / "index").write_bytes(b"rubbish")
    fill(tmp_path / "index")
    with Index.open(tmp_path / "index", archive_uuid="u") as index:
        assert found(index) == {1}


# Whoosh leaves a damaged file open; the collector closes it, with a warning.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10), st.binary(max_size=40), st.floats(0, 1), st.booleans())
def test_rubbish_in_any_file_never_raises(
    tmp_path_factory: pytest.TempPathFactory, which: int, rubbish: bytes, at: float, cut: bool
) -> None:
    folder = tmp_path_factory.mktemp("rubbish") / "index"
    fill(folder)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    file = files[which % len(files)]
    whole = file.read_bytes()
    place = int(at * len(whole))
    file.write_bytes(whole[:place] + rubbish + (b"" if cut else whole[place + len(rubbish) :]))
    with Index.open(folder, archive_uuid="u") as index:
        for query in ("слово", '"слово дело"', "сло*", "NOT слово", "speaker:x"):
            hits = index.search(parse_query(query), audience=Audience.PUBLIC)
            index.facets(hits.found, audience=Audience.PUBLIC)
        index.suggest("сло", audience=Audience.PUBLIC)
        assert index.position in (0, 5)
        with contextlib.suppress(Environment):  # damaged where no search looked
            index.update([for_all(interview(1, "слово"))], position=6)
    gc.collect()


def test_what_was_taken_out_is_found_no_more(index: Index) -> None:
    index.update([for_all(interview(1, "слово")), for_all(interview(2, "слово"))], position=1)
    index.update([(1, ())], position=2)
    assert found(index) == {2}


def test_after_rewriting_no_word_of_what_was_taken_out_is_in_the_files(tmp_path: Path) -> None:
    secret = "Тайноведов"
    with Index.open(tmp_path / "index", archive_uuid="u") as index:
        index.update([for_all(interview(1, f"слово {secret}", people=[secret]))], position=1)
        index.update([for_all(interview(2, "слово"))], position=2)
        index.update([(1, ())], position=3)
        index.optimise()
        assert index.position == 3
        assert found(index) == {2}
    held = b"".join(p.read_bytes() for p in (tmp_path / "index").rglob("*") if p.is_file())
    for form in (secret, secret.lower(), "tajnovedov"):
        assert form.encode() not in held


def test_the_last_of_two_copies_in_one_update_counts(index: Index) -> None:
    index.update(
        [for_all(interview(1, "слово")), for_all(interview(1, "дело")), (2, ())], position=4
    )
    assert (found(index, "слово"), found(index, "дело")) == (set(), {1})
    assert index.position == 4


def test_each_audience_finds_in_its_own_copy(index: Index) -> None:
    staff = interview(1, "слово тайна", audience=Audience.STAFF)
    public = interview(1, "слово закрыто")
    index.update(
        [(1, [public, replace(public, audience=Audience.READING_ROOM), staff])], position=1
    )
    by_audience = {a: found(index, "тайна", a) for a in Audience}
    assert by_audience == {
        Audience.PUBLIC: set(), Audience.READING_ROOM: set(), Audience.STAFF: {1},
    }  # fmt: skip
    assert [found(index, "слово", a) for a in Audience] == [{1}] * 3
    suggested = [s.word for s in index.suggest("тай", audience=Audience.PUBLIC)]
    assert suggested == []


def test_one_transcript_may_be_shared_and_the_other_not(index: Index) -> None:
    both = interview(1, transcripts=[transcript("слово", id_=1), transcript("тайна", id_=2)],
                     audience=Audience.STAFF)  # fmt: skip
    public = interview(1, transcripts=[transcript("слово", id_=1)])
    index.update([(1, [public, both])], position=1)
    assert found(index, "тайна") == set()
    assert found(index, "слово тайна", Audience.STAFF) == {1}


def test_a_hit_tells_which_copy_was_indexed(index: Index) -> None:
    released = interview(1, "слово")
    index.update([for_all(released)], position=1)
    (hit,) = index.search(WORD, audience=Audience.STAFF).hits
    assert hit.fingerprint == fingerprint(released)
    assert fingerprint(replace(released, audience=Audience.STAFF)) == hit.fingerprint
    assert fingerprint(interview(1, "слова")) != hit.fingerprint


def test_a_stale_index_shows_nothing_that_the_released_copy_lacks(index: Index) -> None:
    index.update([for_all(interview(1, "слово"))], position=1)
    now = interview(1, "дело")
    (hit,) = index.search(WORD, audience=Audience.PUBLIC).hits
    assert hit.fingerprint != fingerprint(now)
    assert not matches(now, WORD)
    assert locate(now, WORD) == ()


def test_a_search_without_time_says_so(index: Index) -> None:
    index.update([for_all(interview(1, "слово"))], position=1)
    for query in ("слово", "NOT слово", "сло*", "слово -дело"):
        hits = index.search(parse_query(query), audience=Audience.PUBLIC, deadline_s=0)
        assert hits.cut_short
        assert hits.found == set()


def test_a_beginning_of_too_many_words_says_so(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archive_app.search.view.MOST_FORMS", 5)
    index.update([for_all(interview(1, " ".join(f"мо{n}" for n in range(6))))], position=1)
    assert index.search(parse_query("мо*"), audience=Audience.PUBLIC).cut_short
    assert not index.search(parse_query("мо1*"), audience=Audience.PUBLIC).cut_short


def test_hidden_words_do_not_cut_a_beginning_short(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archive_app.search.view.MOST_FORMS", 5)
    many = " ".join(f"мо{n}" for n in range(9))
    index.update(
        [(1, [interview(1, many, audience=Audience.STAFF)]), (2, [interview(2, "мо7")])], position=1
    )
    hits = index.search(parse_query("мо*"), audience=Audience.PUBLIC)
    assert (hits.found, hits.cut_short) == ({2}, False)


def test_a_cancelled_update_changes_nothing(index: Index) -> None:
    index.update([for_all(interview(1, "слово"))], position=1)

    class Stop:
        def report(self, done: int, total: int, what: str = "") -> None:
            if done:
                raise Cancelled("stopped")

    changes = [(1, ()), for_all(interview(2, "слово")), (3, ())]
    with pytest.raises(Cancelled):
        index.update(changes, position=2, progress=Stop())
    assert (index.position, found(index)) == (1, {1})
    index.update(changes, position=2)
    assert (index.position, found(index)) == (2, {2})


def test_an_update_while_another_program_writes_is_refused_clearly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archive_app.search.index._LOCK_SECONDS", 0.0)
    with (
        Index.open(tmp_path / "index", archive_uuid="u") as one,
        Index.open(tmp_path / "index", archive_uuid="u") as other,
    ):

        def slow() -> Sequence[tuple[int, Sequence[object]]]:
            with pytest.raises(Environment):
                other.update([], position=9)
            return []

        one.update(_later(slow), position=1)  # type: ignore[arg-type]
        assert other.position == 1


def _later(make: object) -> object:
    yield from make()  # type: ignore[operator]


def test_clearing_empties_the_index(index: Index) -> None:
    index.update([for_all(interview(1, "слово"))], position=1)
    index.clear()
    assert (index.position, found(index)) == (0, set())
    index.update([for_all(interview(1, "слово"))], position=2)
    assert found(index) == {1}


def test_an_empty_index_can_be_rewritten(index: Index) -> None:
    index.optimise()
    assert (index.position, found(index)) == (0, set())


def test_a_very_long_word_is_found_by_its_beginning(index: Index) -> None:
    long = "щ" * 100_000
    index.update([for_all(interview(1, long))], position=1)
    assert found(index, "щ" * 64) == {1}


def test_many_small_updates_stay_quick_and_right(index: Index) -> None:
    for n in range(1, 30):
        index.update([for_all(interview(n % 7 + 1, f"слово номер{n}"))], position=n)
    assert found(index) == set(range(1, 8))
    assert found(index, "номер29") == {2}
    assert found(index, "номер1") == set()
