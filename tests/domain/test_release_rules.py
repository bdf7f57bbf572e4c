"""What restrictions and consents close, for whom and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from gate_world import (
    ANNA,
    HIDDEN,
    RECORDING,
    TODAY,
    VIKTOR,
    closes,
    passage,
    seen,
    signed,
    transcript,
    world,
)

from archive_app.domain.records import (
    Audience,
    ConsentUse,
    Contribution,
    IndexPoint,
    Interview,
    Layer,
    Role,
)
from archive_app.domain.release import (
    QuestionKind,
    depends_on_date,
    questions,
    release,
    valid_until,
)

PUBLIC, ROOM, STAFF = Audience
NEW_YEAR = date(2040, 1, 1)


def test_a_closed_listing_is_absent() -> None:
    file = world(restrictions=(closes(Layer.LISTING, ROOM),))
    assert release(file, audience=PUBLIC, on=TODAY, hidden={}) is None
    assert release(file, audience=ROOM, on=TODAY, hidden={}) is None
    assert release(file, audience=STAFF, on=TODAY, hidden={}) is not None


def test_shutting_out_the_public_leaves_the_reading_room() -> None:
    file = world(restrictions=(closes(Layer.TRANSCRIPT),))
    assert not seen(file, PUBLIC).transcripts
    assert seen(file, ROOM).transcripts


def test_a_restriction_never_shuts_out_staff() -> None:
    file = world(restrictions=tuple(closes(layer, STAFF) for layer in Layer))
    assert seen(file, STAFF).transcripts
    assert release(file, audience=ROOM, on=TODAY, hidden={}) is None


def test_a_closed_description_leaves_what_lists_the_interview() -> None:
    interview = Interview(
        1,
        "i",
        "OH-1",
        titles={"en": "T"},
        abstract="a",
        date="2022",
        circumstances="c",
        subjects=("s",),
        keywords=("k",),
        identifiers=("x",),
        funder="f",
    )
    point = IndexPoint(1, "x", 1, 0, None, "Childhood", synopsis="He told")
    file = world(interview=interview, index_points=(point,))
    closed = seen(replace(file, restrictions=(closes(Layer.DESCRIPTION),)))
    assert (closed.accession, closed.title, closed.date) == ("OH-1", "T", "2022")
    assert [p.name for p in closed.people] == ["Виктор", "Анна Петрова"]
    assert not any((closed.abstract, closed.circumstances, closed.subjects, closed.keywords))
    assert not any((closed.identifiers, closed.funder, closed.index_points))
    assert all(not p.biography for p in closed.people)
    assert [w.layer for w in closed.withheld] == [Layer.DESCRIPTION, Layer.INDEX]
    assert seen(file).index_points


@pytest.mark.parametrize(("layer", "left"), [(Layer.INDEX, "index"), (Layer.RECORDING, "sound")])
def test_other_layers_close_alone(layer: Layer, left: str) -> None:
    point = IndexPoint(1, "x", 1, 0, None, "Childhood")
    released = seen(world(index_points=(point,), restrictions=(closes(layer),)))
    assert bool(released.index_points) == (left != "index")
    assert bool(released.recordings) == (left != "sound")
    assert released.transcripts
    assert [w.layer for w in released.withheld] == [layer]


def test_a_closed_transcript_takes_its_words_from_the_index() -> None:
    point = IndexPoint(
        1, "x", 1, 0, None, "Childhood", partial_transcript="words", alt={"partial_transcript": "w"}
    )
    released = seen(world(index_points=(point,), restrictions=(closes(Layer.TRANSCRIPT),)))
    assert released.index_points[0].title == "Childhood"
    assert not released.index_points[0].partial_transcript
    assert not released.index_points[0].alt


def test_a_restriction_that_opens_by_itself_opens_at_midnight() -> None:
    restriction = closes(Layer.TRANSCRIPT, until=NEW_YEAR, opens_by_itself=True)
    file = world(restrictions=(restriction,))
    assert not seen(file, on=NEW_YEAR - timedelta(days=1)).transcripts
    assert seen(file, on=NEW_YEAR).transcripts
    assert not questions(world(restrictions=(restriction,), consents=(signed(),)), NEW_YEAR)


def test_an_ended_embargo_stays_closed_and_asks_a_person() -> None:
    file = world(
        restrictions=(closes(Layer.TRANSCRIPT, until=NEW_YEAR),),
        consents=(signed(ConsentUse.ONLINE),),
    )
    assert not questions(file, NEW_YEAR - timedelta(days=1))
    assert [(q.kind, q.since) for q in questions(file, NEW_YEAR)] == [
        (QuestionKind.EMBARGO_ENDED, NEW_YEAR)
    ]
    assert not seen(file, on=NEW_YEAR + timedelta(days=999)).transcripts
    assert all(q.text for q in questions(file, NEW_YEAR))


def test_the_end_is_told_while_it_is_to_come_and_the_reason_never() -> None:
    restriction = closes(Layer.TRANSCRIPT, until=NEW_YEAR, reason="asylum case")
    (held,) = seen(world(restrictions=(restriction,))).withheld
    assert (held.layer, held.until, held.reason) == (Layer.TRANSCRIPT, NEW_YEAR, "")
    (held,) = seen(world(restrictions=(restriction,)), on=NEW_YEAR).withheld
    assert held.until is None


def test_review_dates_and_missing_consents_are_asked_about() -> None:
    file = world(restrictions=(closes(Layer.INDEX, review_on=TODAY),))
    assert [q.kind for q in questions(file, TODAY)] == [
        QuestionKind.REVIEW_DUE,
        QuestionKind.CONSENT_MISSING,
    ]
    assert seen(file).transcripts  # no consent on file withholds nothing


def test_a_withdrawn_consent_closes_everything_from_its_day() -> None:
    file = world(consents=(signed(*ConsentUse, withdrawn_on=TODAY),))
    for audience in (PUBLIC, ROOM):
        assert release(file, audience=audience, on=TODAY, hidden=HIDDEN) is None
        assert release(file, audience=audience, on=TODAY - timedelta(days=1), hidden={})
    assert release(file, audience=STAFF, on=TODAY, hidden=HIDDEN) is not None


@pytest.mark.parametrize(
    ("uses", "public", "room"),
    [
        ((), "", ""),
        ((ConsentUse.RESEARCH,), "", "transcript sound"),
        ((ConsentUse.QUOTATION,), "transcript", "transcript"),
        ((ConsentUse.PUBLICATION,), "transcript", "transcript"),
        ((ConsentUse.ONLINE,), "transcript", "transcript"),
        ((ConsentUse.VOICE,), "sound", "sound"),
        ((ConsentUse.IMAGE,), "", ""),
        ((ConsentUse.QUOTATION, ConsentUse.VOICE), "transcript sound", "transcript sound"),
    ],
)
def test_consents_open_what_they_name(uses: tuple[ConsentUse, ...], public: str, room: str) -> None:
    file = world(consents=(signed(*uses),))
    for audience, expected in ((PUBLIC, public), (ROOM, room)):
        released = seen(file, audience)
        assert bool(released.transcripts) == ("transcript" in expected)
        assert bool(released.recordings) == ("sound" in expected)


def test_a_moving_picture_needs_consent_to_the_image_too() -> None:
    film = replace(RECORDING, has_video=True)
    voice = world(recordings=(film,), consents=(signed(ConsentUse.VOICE),))
    both = world(recordings=(film,), consents=(signed(ConsentUse.VOICE, ConsentUse.IMAGE),))
    assert not seen(voice).recordings
    assert seen(both).recordings


def test_a_consent_signed_later_does_not_count_yet() -> None:
    file = world(consents=(signed(ConsentUse.ONLINE, signed_on=TODAY + timedelta(days=1)),))
    assert not seen(file).transcripts
    assert seen(file, on=TODAY + timedelta(days=1)).transcripts
    assert QuestionKind.CONSENT_MISSING in [q.kind for q in questions(file, TODAY)]


def test_everybody_concerned_must_allow() -> None:
    couple = (
        Contribution(1, 1, VIKTOR, Role.INTERVIEWEE),
        Contribution(2, 1, ANNA, Role.INTERVIEWEE),
    )
    one = signed(ConsentUse.ONLINE)
    assert not seen(world(contributions=couple, consents=(one,))).transcripts
    other = signed(ConsentUse.VOICE, person=2)
    assert not seen(world(contributions=couple, consents=(one, other))).transcripts
    other = signed(ConsentUse.ONLINE, person=2)
    assert seen(world(contributions=couple, consents=(one, other))).transcripts
    for_all = signed(ConsentUse.ONLINE, person=None)
    assert seen(world(contributions=couple, consents=(for_all,))).transcripts
    kinds = [q.kind for q in questions(world(contributions=couple, consents=(one,)), TODAY)]
    assert kinds == [QuestionKind.CONSENT_INCOMPLETE]


def test_a_public_name_that_holds_a_protected_word_is_asked_about() -> None:
    namesake = replace(ANNA, public_name="Сергей Петров")
    asked = questions(world(people=(VIKTOR, namesake), consents=(signed(),)), TODAY)
    assert [(q.kind, q.uuid) for q in asked] == [(QuestionKind.NAME_SHOWN, "p2")]
    assert "Сергей" not in asked[0].text


def test_a_lost_passage_is_asked_about() -> None:
    file = world(
        transcript("a"), restrictions=(passage(101, 0, 101, 1, is_orphan=True),), consents=()
    )
    assert QuestionKind.PASSAGE_LOST in [q.kind for q in questions(file, TODAY)]


def test_the_next_day_of_change_is_known() -> None:
    assert valid_until(world(), TODAY) is None
    assert not depends_on_date(world())
    file = world(
        restrictions=(closes(Layer.INDEX, until=NEW_YEAR),),
        consents=(signed(withdrawn_on=date(2030, 1, 1)),),
    )
    assert valid_until(file, TODAY) == date(2030, 1, 1)
    assert valid_until(file, date(2030, 1, 1)) == NEW_YEAR
    assert valid_until(file, NEW_YEAR) is None
    assert depends_on_date(file)
