"""A short link leads to its turn, and never further than whoever follows it may go."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from archive_app.domain.links import ShortLink, read_link
from archive_app.domain.records import Audience, Layer
from archive_app.errors import BadValue, NotFound
from archive_app.store.archive import Archive
from archive_app.work import access
from archive_app.work.archives import open_archive
from archive_app.work.linking import follow_link

TODAY = date(2026, 6, 1)


@pytest.fixture
def archive(sample_archive: Path) -> Iterator[Archive]:
    with open_archive(sample_archive) as opened:
        yield opened


@pytest.mark.parametrize("accession", ["MRB-001", "A/7 b@2", "Ж-1", "a:b%c"])
@pytest.mark.parametrize("start_ms", [None, 0, 725_000, 3_723_000])
def test_a_link_is_read_as_it_was_written(accession: str, start_ms: int | None) -> None:
    link = ShortLink(accession, start_ms)
    assert read_link(str(link)) == link
    assert read_link(f"  {str(link).upper()[:12]}{str(link)[12:]} ") == link
    assert " " not in str(link)


@pytest.mark.parametrize(
    "text", ["", "MRB-001", "https://example.org", "oralhistory:", "oralhistory:@1"]
)
def test_what_is_no_link_is_said_with_an_example(text: str) -> None:
    with pytest.raises(BadValue, match="oralhistory:MRB-001@0:12:05"):
        read_link(text)


def test_every_turn_is_found_again_by_its_link(archive: Archive) -> None:
    with archive.read() as reader:
        found = reader.interview_by_accession("MRB-001")
        assert found is not None
        transcript = reader.transcripts(found.id)[0]
        turns = reader.turns(transcript.id)
    for turn in turns:
        link = str(ShortLink("MRB-001", turn.start_ms))
        place = follow_link(archive, link, audience=Audience.PUBLIC, on=TODAY)
        assert (place.interview_id, place.transcript_id) == (found.id, transcript.id)
        assert place.turn_id == turn.id


def test_without_a_time_it_leads_to_the_interview(archive: Archive) -> None:
    place = follow_link(archive, "oralhistory:MRB-002", audience=Audience.PUBLIC, on=TODAY)
    assert place.transcript_id is None


def test_a_closed_interview_and_none_at_all_are_answered_alike(archive: Archive) -> None:
    with archive.read() as reader:
        found = reader.interview_by_accession("MRB-002")
        assert found is not None
    access.restrict_layer(
        archive, found.id, Layer.LISTING, shut_out=Audience.READING_ROOM, reason="r"
    )
    said: list[str] = []
    for accession in ("MRB-002", "MRB-999"):
        with pytest.raises(NotFound) as caught:
            follow_link(archive, f"oralhistory:{accession}", audience=Audience.PUBLIC, on=TODAY)
        said.append(caught.value.message.replace(accession, "X"))
    assert said[0] == said[1]
    follow_link(archive, "oralhistory:MRB-002", audience=Audience.STAFF, on=TODAY)
