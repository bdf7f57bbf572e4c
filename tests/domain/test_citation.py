"""How interviews, recordings and passages are cited."""

from __future__ import annotations

from dataclasses import replace

from gate_world import seen, world

from archive_app.domain.citation import cite_interview, cite_passage, cite_recording, timecodes
from archive_app.domain.records import Collection, Contribution, Interview, Person, Place, Role

WHOLE = seen(
    world(
        interview=Interview(1, "i", "OH-7", titles={"en": "Viktor's journey"}, date="2022-09-12"),
        place=Place(1, "p", {"en": "Belgrade"}),
        collections=(
            Collection(1, "c", None, "repository", "City Archive"),
            Collection(2, "d", 1, "project", "Mini Russia"),
        ),
    )
)


def test_an_interview_is_cited_by_who_where_when_and_what() -> None:
    assert cite_interview(WHOLE) == (
        "Виктор, interview by Анна Петрова, Belgrade, 12 September 2022, OH-7, "
        "Mini Russia, City Archive."
    )


def test_a_passage_is_cited_with_its_timecodes() -> None:
    assert cite_passage(WHOLE, start_ms=723_000, end_ms=820_000).endswith(
        "City Archive, 0:12:03–0:13:40."
    )
    assert cite_passage(WHOLE, start_ms=None) == cite_interview(WHOLE)


def test_a_recording_is_cited_with_its_kind_and_length() -> None:
    (recording,) = WHOLE.recordings
    assert cite_recording(WHOLE, recording).endswith("City Archive, audio recording, 0:01:00.")


def test_what_is_not_known_leaves_no_gap() -> None:
    bare = seen(world(interview=Interview(1, "i", "OH-7"), contributions=(), recordings=()))
    assert cite_interview(bare) == "OH-7."
    titled = replace(bare, titles={"en": "A walk"})
    assert cite_interview(titled) == "A walk, OH-7."
    alone = seen(world(contributions=world().contributions[:1]))
    assert cite_interview(alone) == "Виктор, interview, OH-1."


def test_several_speakers_are_joined() -> None:
    people = [Person(n, f"p{n}", name) for n, name in enumerate(("Ana", "Vera", "Ira"), start=1)]
    contributions = tuple(Contribution(p.id, 1, p, Role.INTERVIEWEE, position=p.id) for p in people)
    released = seen(world(contributions=contributions))
    assert cite_interview(released) == "Ana, Vera and Ira, interview, OH-1."


def test_timecodes_without_length_stand_alone() -> None:
    assert timecodes(5_000, 5_000) == "0:00:05"
    assert timecodes(5_000, 4_000) == "0:00:05"
    assert timecodes(None, 4_000) == ""
