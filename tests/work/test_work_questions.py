"""What is asked of a person: the same as the rules ask, without reading a transcript."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from access_material import TODAY, random_archive

from archive_app.domain.records import Audience, Layer
from archive_app.domain.release import questions
from archive_app.domain.release_rules import QuestionKind
from archive_app.errors import BadValue
from archive_app.store.archive import Archive
from archive_app.work import access, archives, history, interviews
from archive_app.work.questions import (
    count_questions,
    open_questions,
    question_lines,
    questions_about,
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with archives.create_archive(tmp_path / "Asked") as made:
        interviews.create_interview(made, accession="A-1", title="One")
        interviews.create_interview(made, accession="A-2", title="Two")
        yield made


@pytest.mark.parametrize("seed", range(12))
def test_every_question_of_the_rules_is_asked_and_no_other(tmp_path: Path, seed: int) -> None:
    with random_archive(tmp_path, seed) as archive, archive.read() as reader:
        ids = reader.interview_ids()
        expected = {one: questions(reader.interview_file(one), TODAY) for one in ids}
        expected = {one: asked for one, asked in expected.items() if asked}
        found = open_questions(reader, TODAY)
        assert list(found) == list(expected)
        for one, asked in expected.items():
            assert Counter(found[one]) == Counter(asked)
            assert questions_about(reader, one, TODAY) == found[one]
        assert count_questions(reader, TODAY) == len(question_lines(reader, TODAY))


def test_an_embargo_asks_from_its_end_on_and_stays_closed(archive: Archive) -> None:
    access.restrict_layer(
        archive, 1, Layer.TRANSCRIPT, shut_out=Audience.PUBLIC, until=date(2026, 5, 4)
    )
    with archive.read() as reader:
        for day, is_asked in ((date(2026, 5, 3), False), (date(2026, 5, 4), True)):
            kinds = {one.kind for one in questions_about(reader, 1, day)}
            assert (QuestionKind.EMBARGO_ENDED in kinds) is is_asked


def test_closing_for_longer_answers_the_question_and_undo_asks_again(archive: Archive) -> None:
    access.restrict_layer(
        archive, 1, Layer.TRANSCRIPT, shut_out=Audience.PUBLIC, until=TODAY, review_on=TODAY
    )
    with archive.read() as reader:
        (closed,) = reader.restrictions(1)
    access.change_restriction(
        archive, closed, shut_out=Audience.READING_ROOM, until=TODAY + timedelta(365),
        opens_by_itself=True, reason="asked for it", review_on=TODAY + timedelta(30),
    )  # fmt: skip
    with archive.read() as reader:
        (changed,) = reader.restrictions(1)
        assert {one.kind for one in questions_about(reader, 1, TODAY)} == {
            QuestionKind.CONSENT_MISSING
        }
    assert changed.layer is Layer.TRANSCRIPT
    assert changed.shut_out is Audience.READING_ROOM
    assert changed.opens_by_itself
    assert changed.reason == "asked for it"
    history.undo(archive)
    with archive.read() as reader:
        assert reader.restrictions(1) == [closed]
        assert count_questions(reader, TODAY) == 4


def test_staff_cannot_be_shut_out_by_a_change(archive: Archive) -> None:
    access.restrict_layer(archive, 1, Layer.INDEX, shut_out=Audience.PUBLIC)
    with archive.read() as reader:
        (closed,) = reader.restrictions(1)
    with pytest.raises(BadValue):
        access.change_restriction(
            archive, closed, shut_out=Audience.STAFF, until=None, opens_by_itself=False,
            reason="", review_on=None,
        )  # fmt: skip
    with archive.read() as reader:
        assert reader.restrictions(1) == [closed]


def test_a_form_is_dated(archive: Archive) -> None:
    access.add_consent(archive, 1, form="Deed")
    with archive.read() as reader:
        (consent,) = reader.consents(1)
        assert [one.kind for one in questions_about(reader, 1, TODAY)] == [
            QuestionKind.CONSENT_UNDATED
        ]
    access.date_consent(archive, consent, signed_on=date(2022, 11, 5))
    with archive.read() as reader:
        assert questions_about(reader, 1, TODAY) == ()
        assert [line.accession for line in question_lines(reader, TODAY)] == ["A-2"]
