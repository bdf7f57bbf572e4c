"""The laws of the way out, over interviews put together at random: 12, 13, 14, 16."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from gate_world import (
    HIDDEN,
    VIKTOR_FORMS,
    plainly_holds,
    seen,
    strings,
    tagging,
    transcript,
    turn,
    world,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from archive_app.domain.names import HiddenNames
from archive_app.domain.records import (
    Audience,
    Consent,
    ConsentUse,
    Footnote,
    FullTranscript,
    IndexPoint,
    InterviewFile,
    Layer,
    Restriction,
    Span,
    TimedText,
)
from archive_app.domain.release import check_for_leaks, questions, release, valid_until
from archive_app.domain.released import ReleasedInterview, ReleasedTranscript

DAYS = [date(2026, 1, 1) + timedelta(days=n) for n in range(5)]
AUDIENCES = list(Audience)
WORDS = re.compile(r"w\d+x")

days = st.sampled_from(DAYS)
outsiders = st.sampled_from([Audience.PUBLIC, Audience.READING_ROOM])


@st.composite
def transcripts(draw: st.DrawFn, id_: int) -> FullTranscript:
    """Some turns of words that stand nowhere else (w101003x), names strewn among them."""
    turns: list[Any] = []
    for n in range(1, draw(st.integers(1, 4)) + 1):
        turn_id = 100 * id_ + n
        words = [f"w{turn_id}{k:02d}x" for k in range(draw(st.integers(0, 5)))]
        for place in draw(st.lists(st.integers(0, 5), max_size=2)):
            words.insert(place, draw(st.sampled_from(["Сергей", "СЕРГЕЯ", "Volkov", "Сергею"])))
        text = " ".join(words)
        cuts = [(m.start(), m.end()) for m in re.finditer(r"\S+", text)]
        timed = tuple(TimedText(s, e, n * 1000 + s, n * 1000 + e) for s, e in cuts)
        has_times = draw(st.booleans()) or draw(st.booleans())
        turns.append(
            turn(
                n,
                text,
                id=turn_id,
                transcript_id=id_,
                start_ms=n * 1000 if has_times else None,
                end_ms=(n + 1) * 1000 if has_times else None,
                timed=timed if has_times and draw(st.booleans()) else (),
                footnotes=tuple(
                    Footnote(offset, "says Сергей")
                    for offset in sorted(draw(st.sets(st.integers(0, len(text)), max_size=2)))
                ),
            )
        )
    made = transcript(*turns, id_=id_)
    spans = draw(st.lists(spans_in(made), max_size=3))
    return replace(
        made,
        taggings=tuple(tagging(s.start_turn, s.start, s.end_turn, s.end) for s in spans),
    )


def spans_in(full: FullTranscript) -> st.SearchStrategy[Span]:
    """Spans of a transcript, empty and turned-round ones among them."""

    def place(index: int) -> st.SearchStrategy[tuple[int, int]]:
        chosen = full.turns[index]
        return st.tuples(st.just(chosen.id), st.integers(0, len(chosen.text)))

    places = st.integers(0, len(full.turns) - 1).flatmap(place)
    return st.tuples(places, places).map(
        lambda pair: Span(*min(pair), *max(pair))  # type: ignore[arg-type]
    )


@st.composite
def restrictions(draw: st.DrawFn, fulls: list[FullTranscript]) -> Restriction:
    layer = draw(st.sampled_from([*Layer, None, None, None]))
    full = draw(st.sampled_from(fulls))
    return Restriction(
        id=draw(st.integers(1, 99)),
        uuid="r",
        interview_id=1,
        shut_out=draw(st.sampled_from(AUDIENCES)),
        layer=layer,
        transcript_id=None if layer else full.transcript.id,
        span=None if layer else draw(spans_in(full)),
        is_orphan=layer is None and draw(st.integers(0, 9)) == 0,
        until=draw(st.none() | days),
        opens_by_itself=draw(st.booleans()),
        reason="because of Сергей",
        review_on=draw(st.none() | days),
    )


consents = st.builds(
    Consent,
    id=st.just(1),
    uuid=st.just("c"),
    interview_id=st.just(1),
    person_id=st.sampled_from([None, 1, 2]),
    form=st.just("f"),
    signed_on=st.none() | days,
    uses=st.frozensets(st.sampled_from(list(ConsentUse))),
    withdrawn_on=st.none() | st.none() | days,
)


@st.composite
def files(draw: st.DrawFn) -> InterviewFile:
    fulls = [draw(transcripts(id_)) for id_ in range(1, draw(st.integers(1, 2)) + 1)]
    point = IndexPoint(
        1, "x", 1, 0, None, "Сергей", partial_transcript=fulls[0].turns[0].text, place_id=3
    )
    return world(
        *fulls,
        index_points=(point,),
        restrictions=tuple(draw(st.lists(restrictions(fulls), max_size=3))),
        consents=tuple(draw(st.lists(consents, max_size=2))),
    )


def words_of(released: ReleasedInterview | None) -> set[str]:
    return {word for text in strings(released) for word in WORDS.findall(text)}


@given(files(), days)
@settings(max_examples=150)
def test_who_may_see_more_sees_all_that_others_see(file: InterviewFile, on: date) -> None:
    """Law 13."""
    views = [release(file, audience=a, on=on, hidden={}) for a in AUDIENCES]
    for less, more in pairwise(views):
        if less is None:
            continue
        assert more is not None
        assert words_of(less) <= words_of(more)
        assert len(less.recordings) <= len(more.recordings)
        assert {t.transcript_id for t in less.transcripts} <= {
            t.transcript_id for t in more.transcripts
        }
        assert sum(len(t.taggings) for t in less.transcripts) <= sum(
            len(t.taggings) for t in more.transcripts
        )
        assert len(less.index_points) <= len(more.index_points)
    assert views[-1] is not None


@given(files(), outsiders, days)
@settings(max_examples=150)
def test_no_word_of_a_closed_passage_is_anywhere(
    file: InterviewFile, audience: Audience, on: date
) -> None:
    released = release(file, audience=audience, on=on, hidden=HIDDEN)
    if released is None:
        return
    shown = words_of(released)
    for restriction in file.restrictions:
        is_open = restriction.opens_by_itself and restriction.until and restriction.until <= on
        if restriction.span is None or is_open or audience.rank > restriction.shut_out.rank:
            continue
        assert shown.isdisjoint(_words_touched(file, restriction))
        assert not released.recordings


def _words_touched(file: InterviewFile, restriction: Restriction) -> set[str]:
    (full,) = [f for f in file.transcripts if f.transcript.id == restriction.transcript_id]
    span = restriction.span
    assert span is not None
    touched: set[str] = set()
    for t in full.turns:
        start = span.start if t.id == span.start_turn else 0
        end = span.end if t.id == span.end_turn else len(t.text)
        if span.start_turn <= t.id <= span.end_turn:
            touched |= {
                m[0] for m in WORDS.finditer(t.text) if start <= m.start() and m.end() <= end
            }
    return touched


@given(files(), outsiders, days)
@settings(max_examples=80)
def test_nothing_released_to_outsiders_names_a_protected_name(
    file: InterviewFile, audience: Audience, on: date
) -> None:
    """Law 14, by the program's own proof and by one that shares no code with it."""
    released = release(file, audience=audience, on=on, hidden=HIDDEN)
    said = [] if released is None else list(strings(released))
    check_for_leaks(said, HIDDEN)
    everything = "\n".join(said)
    for spelling in ("NFC", "NFD"):
        text = unicodedata.normalize(spelling, everything)
        assert not any(plainly_holds(text, form.form) for form in VIKTOR_FORMS)


@given(files(), st.sampled_from(AUDIENCES), days)
@settings(max_examples=80)
def test_every_offset_counts_in_the_released_text(
    file: InterviewFile, audience: Audience, on: date
) -> None:
    """Law 18's spirit: what is released fits itself."""
    released = release(file, audience=audience, on=on, hidden=HIDDEN)
    for full in released.transcripts if released else ():
        for t in full.turns:
            ends = [0, *(e for timed in t.timed for e in (timed.start, timed.end)), len(t.text)]
            assert ends == sorted(ends)
            assert all(timed.start < timed.end for timed in t.timed)
            assert all(0 <= note.offset <= len(t.text) for note in t.footnotes)
            assert all(t.text[s:e] == "[passage closed]" for s, e in t.withheld)
        for tag in full.taggings:
            assert tag.quote == quoted(full, tag.start_turn, tag.start, tag.end_turn, tag.end)
            assert tag.quote


def quoted(full: ReleasedTranscript, first: int, start: int, last: int, end: int) -> str:
    texts = [t.text for t in full.turns[first - 1 : last]]
    texts[-1] = texts[-1][:end]
    texts[0] = texts[0][start:]
    return " ".join(texts)


@given(files(), st.sampled_from(AUDIENCES), days)
@settings(max_examples=40)
def test_the_answer_depends_on_the_arguments_alone(
    file: InterviewFile, audience: Audience, on: date
) -> None:
    """Law 12."""
    once = release(file, audience=audience, on=on, hidden=HIDDEN)
    assert once == release(file, audience=audience, on=on, hidden=dict(HIDDEN))


@given(files(), st.sampled_from(AUDIENCES), days, st.integers(0, 10))
@settings(max_examples=80)
def test_nothing_changes_before_the_day_that_was_told(
    file: InterviewFile, audience: Audience, on: date, later: int
) -> None:
    """Law 16: only the dates of restrictions and consents change what is seen."""
    until = valid_until(file, on)
    day = on + timedelta(days=later)
    if until is not None and day >= until:
        return
    one = release(file, audience=audience, on=on, hidden=HIDDEN)
    other = release(file, audience=audience, on=day, hidden=HIDDEN)
    assert (one and replace(one, on=day)) == other


@given(files(), days)
@settings(max_examples=60)
def test_nothing_opens_by_itself_unless_it_says_so(file: InterviewFile, on: date) -> None:
    """Law 16: restrictions that do not open by themselves close the same on every day."""
    firm = replace(
        file,
        restrictions=tuple(replace(r, opens_by_itself=False) for r in file.restrictions),
        consents=(),
    )
    views = [release(firm, audience=Audience.PUBLIC, on=day, hidden={}) for day in (on, date.max)]
    assert words_of(views[0]) == words_of(views[1])
    ended = [r for r in firm.restrictions if r.until is not None and r.until <= on]
    asked = [q for q in questions(firm, on) if q.kind == "embargo-ended"]
    assert len(asked) == len(ended)


@given(files())
@settings(max_examples=40)
def test_staff_see_every_word(file: InterviewFile) -> None:
    released = seen(file, Audience.STAFF)
    assert words_of(released) == {w for f in file.transcripts for w in words_of_full(f)}
    assert not HiddenNames.of(VIKTOR_FORMS).leaks(released.accession)


def words_of_full(full: FullTranscript) -> set[str]:
    return {word for t in full.turns for word in WORDS.findall(t.text)}
