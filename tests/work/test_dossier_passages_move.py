"""A passage chosen for a dossier stays on its words when the transcript is edited."""

from __future__ import annotations

from pathlib import Path

from archive_app.domain.records import DossierItem, Span
from archive_app.domain.spans import TextEdit
from archive_app.domain.transcript import quote_of
from archive_app.store.archive import Archive
from archive_app.work.history import undo
from archive_app.work.transcripts import edit_text, split_turn


def passage_of(archive: Archive, transcript_id: int) -> tuple[DossierItem, str]:
    with archive.read() as reader:
        (item,) = reader.passages_of(transcript_id)
        assert item.span is not None
        return item, quote_of(reader.turns(transcript_id), item.span)


def test_a_passage_of_a_dossier_moves_with_its_words_and_back(tmp_path: Path) -> None:
    with Archive.create(tmp_path / "A.oralhistory", name="A") as archive:
        with archive.write("Set up") as writer:
            interview = writer.insert("interview", accession="A-1")
            transcript = writer.insert("transcript", interview_id=interview)
            turn = writer.insert(
                "turn", transcript_id=transcript, position=1024, text="We left at night."
            )
            dossier = writer.insert("dossier", title="D")
            writer.insert(
                "dossier_item",
                dossier_id=dossier,
                kind="passage",
                interview_id=interview,
                transcript_id=transcript,
                span=Span(turn, 3, turn, 7),
            )
        before, quote = passage_of(archive, transcript)
        assert quote == "left"
        edit_text(archive, transcript, [TextEdit(turn, 0, 2, "All of us")])
        assert passage_of(archive, transcript)[1] == "left"
        split_turn(archive, transcript, turn, 10)
        assert passage_of(archive, transcript)[1] == "left"
        undo(archive)
        undo(archive)
        assert passage_of(archive, transcript) == (before, "left")
