"""The proof raises no false alarm on the sample archive."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from proof_material import pdf_of

from archive_app.domain.records import Audience
from archive_app.dossier.contents import (
    DossierContents,
    DossierPart,
    Excerpts,
    Heading,
    Passage,
    WholeInterview,
)
from archive_app.dossier.design import Design, Layout
from archive_app.store.archive import Archive
from archive_app.translation import use_language
from archive_app.work import access, proving
from archive_app.work.archives import open_archive

ON = date(2026, 6, 1)


@pytest.fixture
def archive(sample_archive: Path) -> Iterator[Archive]:
    with open_archive(sample_archive) as opened:
        yield opened
    use_language("en")


@pytest.mark.parametrize(
    ("language", "audience", "design"),
    [
        ("en", Audience.PUBLIC, Design()),
        ("ru", Audience.READING_ROOM, Design(layout=Layout.READER, has_qr=True)),
        ("sr_Latn", Audience.PUBLIC, Design(is_facing=True, has_data=True)),
        ("sr_Cyrl", Audience.STAFF, Design(layout=Layout.FINDING_AID)),
        ("ru", Audience.PUBLIC, Design(layout=Layout.CARDS, is_facing=True)),
    ],
)
def test_the_samples_interviews_are_clean(
    archive: Archive, language: str, audience: Audience, design: Design
) -> None:
    use_language(language)
    with archive.read() as reader:
        hidden = access.hidden_names(reader)
        copies = access.released_all(reader, reader.interview_ids(), audience=audience, on=ON)
    assert any(hidden.values())
    parts: list[DossierPart] = [Heading("Часть первая"), *map(WholeInterview, copies)]
    if design.layout in {Layout.READER, Layout.CARDS}:
        parts = [
            Excerpts(copy, tuple(Passage(copy.transcripts[0].uuid, n, n + 2) for n in (1, 7, 12)))
            for copy in copies
        ]
    contents = DossierContents(
        "Voices", audience, ON, parts, language=language.replace("_", "-"),
        made_by="Oral History Archive", design=design,
    )  # fmt: skip
    before = proving.check_before(archive, contents)
    proof = proving.prove(
        archive, pdf_of(contents), contents, hidden, file_name="voices.pdf", before=before
    )
    assert proof.findings == ()
    assert proof.claims[1:] == ("PDF/UA-1",)
