"""Leaks that were found by looking for them, each closed for good."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pdfminer.high_level import extract_text

from archive_app.domain.names import NameForm
from archive_app.domain.records import Audience, Layer, NameKind, PersonName
from archive_app.domain.release import check_for_leaks
from archive_app.errors import LeakPrevented
from archive_app.exchange import formats
from archive_app.store.archive import Archive
from archive_app.work import access, collecting, dossiers, exporting, searching
from archive_app.work.archives import open_archive
from archive_app.work.collecting import Collected

TODAY = date(2026, 6, 1)


@pytest.fixture
def archive(sample_archive: Path) -> Iterator[Archive]:
    with open_archive(sample_archive) as opened:
        yield opened
        searching.close_index(opened)


def id_of(archive: Archive, accession: str) -> int:
    with archive.read() as reader:
        found = reader.interview_by_accession(accession)
    assert found is not None
    return found.id


def close(archive: Archive, accession: str) -> None:
    access.restrict_layer(archive, id_of(archive, accession), Layer.LISTING,
                          shut_out=Audience.READING_ROOM)  # fmt: skip


def test_other_spellings_of_a_name_are_protected_with_it(archive: Archive) -> None:
    with archive.read() as reader:
        (vadim,) = [p for p in reader.people() if p.public_name == "Vadim"]
    with archive.write("Edit") as writer:
        writer.update("person", vadim.id, sort_name="Dimitroff, Dima")
        writer.update("interview", id_of(archive, "MRB-002"), abstract="Dimon, Dimas und Vadim")
        writer.set_person_names(
            vadim.id,
            (
                PersonName("Dimas", NameKind.VARIANT, "de"),
                PersonName("Димон", NameKind.VARIANT, "ru"),
            ),
        )
    access.protect_name(archive, vadim.id, pseudonym="Orest", real_names=["Vadim"])
    with archive.read() as reader:
        for audience in (Audience.PUBLIC, Audience.READING_ROOM):
            for one in reader.interview_ids():
                shown = repr(access.released(reader, one, audience=audience, on=TODAY))
                assert not re.search("Dim[oai]|Димон|Vadim|Вадим", shown)
        assert (
            access.released(reader, id_of(archive, "MRB-002"), audience=Audience.PUBLIC, on=TODAY)
            is not None
        )


def test_a_heading_over_nothing_but_closed_interviews_is_left_out(
    archive: Archive, tmp_path: Path
) -> None:
    dossier = collecting.create_dossier(archive, "Voices").value
    for heading, accession in (("The one who stayed", "MRB-001"), ("The deserter", "MRB-004")):
        collecting.add_heading(archive, dossier, heading)
        collecting.add_items(archive, dossier, [Collected(id_of(archive, accession))])
    collecting.add_heading(archive, dossier, "Nothing collected yet")
    close(archive, "MRB-004")
    target = tmp_path / "voices.pdf"
    dossiers.make_stored_dossier(archive, dossier, target, audience=Audience.PUBLIC, on=TODAY)
    text = extract_text(target)
    assert "The one who stayed" in text
    assert "Nothing collected yet" in text
    assert "deserter" not in text
    dossiers.make_stored_dossier(archive, dossier, target, audience=Audience.STAFF, on=TODAY)
    assert "deserter" in extract_text(target)


def test_an_ohms_record_is_not_numbered_by_its_place_in_the_archive(
    archive: Archive, tmp_path: Path
) -> None:
    """Else a gap in the numbers would tell of a closed listing."""
    with archive.read() as reader:
        ids = reader.interview_ids()
    numbers: set[str] = set()
    for one in ids:
        target = tmp_path / f"{one}.xml"
        exporting.export_interview(archive, one, format="ohms", target=target,
                                   audience=Audience.PUBLIC, on=TODAY)  # fmt: skip
        found = re.search(r'<record id="([0-9]+)"', target.read_text("utf-8"))
        assert found is not None
        numbers.add(found[1])
    assert len(numbers) == len(ids)
    assert numbers.isdisjoint(map(str, ids))


def test_a_closed_listing_does_not_change_what_another_day_can_be_narrowed_by(
    tmp_path: Path,
) -> None:
    day = date(2030, 1, 1)
    with Archive.create(tmp_path / "Open.oralhistory", name="Open") as archive:
        with archive.write("Fill") as writer:
            for number in range(3):
                writer.insert("interview", accession=f"O-{number}", titles={"en": "Snow"})
        searching.catch_up(archive)
        close(archive, "O-2")
        searching.catch_up(archive)
        closed = searching.search(archive, "snow", audience=Audience.PUBLIC, on=day)
        with archive.write("Delete") as writer:
            writer.delete("interview", id_of(archive, "O-2"))
        searching.catch_up(archive)
        absent = searching.search(archive, "snow", audience=Audience.PUBLIC, on=day)
        assert closed == absent
        searching.close_index(archive)


@pytest.mark.parametrize(
    ("part", "place"),
    [
        ("docProps/core.xml", "</dc:title>"),
        ("word/document.xml", "</w:t>"),
        ("word/footnotes.xml", "</w:p>"),
        ("word/footer1.xml", "</w:t>"),
        ("word/_rels/document.xml.rels", "footer1.xml"),
        ("docProps/Волков.xml", ""),
    ],
)
def test_a_name_in_any_part_of_a_packed_file_is_found_before_it_goes_out(
    archive: Archive, tmp_path: Path, part: str, place: str
) -> None:
    target = tmp_path / "x.docx"
    exporting.export_interview(archive, id_of(archive, "MRB-001"), format="docx", target=target,
                               audience=Audience.PUBLIC, on=TODAY)  # fmt: skip
    forms = {1: (NameForm("Волков", "Орест"),)}
    check_for_leaks(formats.words_of("docx", target.read_bytes()), forms)
    with zipfile.ZipFile(target) as package:
        parts = {name: package.read(name).decode() for name in package.namelist()}
    named = "Волков/" if place == "footer1.xml" else " Волков "
    if place == "</w:p>":
        named = "<w:r><w:t>Вол</w:t></w:r><w:r><w:t>ков</w:t></w:r>"
    old = parts.get(part, "<a/>")
    parts[part] = old.replace(place, named + place, 1) if place else old
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    with pytest.raises(LeakPrevented):
        check_for_leaks(formats.words_of("docx", data.getvalue()), forms)
