"""Another audience's list is what the gate releases, also where no text is read for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from access_material import TODAY, random_archive

from archive_app.domain.records import Audience, Span
from archive_app.store.archive import Archive
from archive_app.work import access, interviews, library, tagging
from archive_app.work.archives import open_archive
from archive_app.work.light_copies import light_copies

AUDIENCES = (Audience.PUBLIC, Audience.READING_ROOM, Audience.STAFF)


def released_lines(archive: Archive, audience: Audience) -> list[library.ListedRow]:
    with archive.read() as reader:
        copies = access.released_all(reader, reader.interview_ids(), audience=audience, on=TODAY)
    return [library._listed(copy) for copy in copies]


def assert_list_is_what_is_released(archive: Archive) -> None:
    for audience in AUDIENCES:
        listing = library.listing_for(archive, audience, TODAY)
        assert list(listing.lines) == released_lines(archive, audience)


@pytest.mark.parametrize("seed", range(12))
def test_list_of_a_random_archive_is_what_is_released(tmp_path: Path, seed: int) -> None:
    with random_archive(tmp_path, seed) as archive:
        assert_list_is_what_is_released(archive)


def test_list_of_the_sample_is_what_is_released(sample_archive: Path) -> None:
    with open_archive(sample_archive) as archive:
        assert_list_is_what_is_released(archive)


def test_names_hidden_elsewhere_are_hidden_in_a_light_copy(tmp_path: Path) -> None:
    with random_archive(tmp_path, 1, interviews=0) as archive:
        one = interviews.create_interview(archive, accession="A-1", title="One").value
        two = interviews.create_interview(archive, accession="A-2", title="О Сергее Волкове").value
        interviews.edit_interview(archive, one, {"interviewee": "Boris"})
        with archive.read() as reader:
            boris = next(p for p in reader.people() if p.public_name == "Boris")
        access.protect_name(archive, boris.id, pseudonym="Виктор", real_names=["Сергей Волков"])
        with archive.read() as reader:
            assert two not in reader.gated_interviews()
            hidden = access.hidden_names(reader)
            light = light_copies(
                reader, [two], audience=Audience.PUBLIC, on=TODAY, hidden=hidden
            )  # fmt: skip
            assert "Волков" not in light[two].copy.title
        assert_list_is_what_is_released(archive)


def test_a_tag_on_white_space_has_the_text_read(tmp_path: Path) -> None:
    with random_archive(tmp_path, 2, interviews=0) as archive:
        one = interviews.create_interview(archive, accession="A-1").value
        with archive.write("Fill", interview_id=one) as writer:
            vocabulary = writer.insert("vocabulary", names={"en": "V"})
            tag = writer.insert("tag", vocabulary_id=vocabulary, names={"en": "silence"})
            text = writer.insert("transcript", interview_id=one, language="ru", kind="verbatim")
            turn = writer.insert("turn", transcript_id=text, position=1, text="Да. Нет.")
        tagging.add_tagging(archive, text, Span(turn, 3, turn, 4), [tag])
        with archive.read() as reader:
            assert light_copies(reader, [one], audience=Audience.PUBLIC, on=TODAY, hidden={}) == {}
        assert_list_is_what_is_released(archive)
