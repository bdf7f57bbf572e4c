"""The sample archive, *Mini Russia in Belgrade*, built from ``resources/sample``.

Four interviews with synthetic voices: scripts (a turn a line), their recordings
and times, and ``archive.json`` with everything an archivist would add.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from archive_app.domain.progress import NO_PROGRESS, Progress
from archive_app.domain.records import (
    Audience,
    ConsentUse,
    Layer,
    NameKind,
    Role,
    Span,
    Status,
    TranscriptKind,
    Turn,
)
from archive_app.domain.transcript import POSITION_STEP
from archive_app.errors import Environment
from archive_app.media.probe import probe
from archive_app.media.vault import RecordingVault, VaultFile
from archive_app.paths import resource_path
from archive_app.store.archive import Archive
from archive_app.store.writing import Writer
from archive_app.translation import mark, tr
from archive_app.work.backups import archive_folder, expect_nothing_at
from archive_app.work.interviews import collection_at
from archive_app.work.sample_dossiers import add_dossier, take_in_pictures
from archive_app.work.spans import laid_columns, laid_on, span_columns
from archive_app.work.vocabulary import tag_at

Description = Mapping[str, Any]

TIME_ZONE = "Europe/Belgrade"


def make_sample(path: Path, *, progress: Progress = NO_PROGRESS) -> Path:
    """Make the sample archive at a path and return its folder; it is complete or absent.

    Raises:
        Conflict: something stands there already.
        Environment: the folder cannot be written.
        Cancelled: the person stopped it.
    """
    folder = archive_folder(path)
    expect_nothing_at(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(prefix=".sample-", dir=folder.parent))
    except OSError as error:
        raise Environment(
            tr("The sample archive could not be made: {reason}. Nothing was left half done. Choose "
               "another folder.", reason=os.strerror(error.errno or 0))
        ) from error  # fmt: skip
    try:
        draft = scratch / folder.name
        description = json.loads(resource_path("sample", "archive.json").read_text("utf-8"))
        with Archive.create(draft, name=description["name"], who=tr("Sample")) as archive:
            _fill(archive, description, progress)
        draft.replace(folder)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return folder


def _fill(archive: Archive, description: Description, progress: Progress) -> None:
    vault = RecordingVault(archive.media_folder)
    interviews: Sequence[Description] = description["interviews"]
    copies: list[VaultFile] = []
    for number, one in enumerate(interviews):
        progress.report(number, len(interviews) + 1, tr("Copying the recordings"))
        copies.append(vault.take_in(resource_path("sample", one["recording"])))
    pictures = take_in_pictures(archive, description["dossiers"])
    with archive.write(mark("Make sample archive")) as writer:
        writer.set_setting("time_zone", TIME_ZONE)
        writer.set_setting("history_begins_after", str(writer.operation_id))
        builder = _Builder(writer, description)
        for one, copy in zip(interviews, copies, strict=True):
            builder.add_interview(one, copy)
        for one in description["dossiers"]:
            add_dossier(writer, one, builder.transcripts, pictures)
        writer.insert("saved_search", name=tr("Leaving"), query="tag:departure")
        writer.insert("saved_search", name=tr("Mobilization"), query="мобилизация OR mobilizacija")
    progress.report(len(interviews) + 1, len(interviews) + 1, tr("Done"))


class _Builder:
    """Writes the sample's rows; remembers what has which id."""

    def __init__(self, writer: Writer, description: Description) -> None:
        self.writer = writer
        self.collections = {
            entry["path"][-1]: self._collection(entry) for entry in description["collections"]
        }
        self.places = {
            key: writer.insert(
                "place",
                names=entry["names"],
                latitude=entry["at"][0],
                longitude=entry["at"][1],
                exactness=entry["exactness"],
            )
            for key, entry in description["places"].items()
        }
        self.people = {key: self._person(entry) for key, entry in description["people"].items()}
        self.names = {key: entry["public_name"] for key, entry in description["people"].items()}
        for path, russian, serbian, colour, definition in description["tags"]:
            parts = path.split("/")
            names = {"en": parts[-1], "ru": russian, "sr-Latn": serbian}
            tag_id = tag_at(writer, parts, names=names, colour=colour)
            if definition:
                writer.update("tag", tag_id, definition=definition)
        self.transcripts: dict[str, tuple[int, int, list[Turn]]] = {}

    def _collection(self, entry: Description) -> int:
        path = [("collection", title) for title in entry["path"]]
        collection_id = collection_at(self.writer, path)
        assert collection_id is not None
        self.writer.update(
            "collection", collection_id, kind=entry["kind"], description=entry["description"]
        )
        return collection_id

    def _person(self, entry: Description) -> int:
        person_id = self.writer.insert(
            "person",
            public_name=entry["public_name"],
            sort_name=entry["public_name"],
            biography=entry["biography"],
        )
        names = [(name, NameKind.REAL, "") for name in entry.get("real", ())]
        names += [(n, NameKind.VARIANT, language) for language, n in entry["variants"].items()]
        for position, (name, kind, language) in enumerate(names):
            self.writer.insert(
                "person_name",
                person_id=person_id,
                name=name,
                kind=kind,
                language=language,
                position=position,
            )
        return person_id

    def add_interview(self, one: Description, copy: VaultFile) -> None:
        writer = self.writer
        interview_id = writer.insert(
            "interview",
            accession=one["accession"],
            collection_id=self.collections[one["series"]],
            titles=one["titles"],
            abstract=one["abstract"],
            date=one["date"],
            place_id=self.places[one["place"]],
            languages=["ru", "sr-Latn"] if one["script"] == "alexandra" else [one["language"]],
            status=Status.INDEXED,
            circumstances=tr(
                "Composed for demonstration; the voices are synthetic. Not an interview with any "
                "real person."
            ),
            subjects=one["subjects"],
            keywords=one["keywords"],
            rights_holder="Demonstration archive",
            licence="CC BY-SA 4.0",
            usage_note="Free to copy and to change, as long as it is called a demonstration.",
        )
        for position, (role, key) in enumerate(
            (
                (Role.INTERVIEWEE, one["speakers"][one["interviewee"]]),
                (Role.INTERVIEWER, "milica"),
                (Role.TRANSCRIBER, "ana"),
                (Role.TRANSLATOR, "ana"),
            )
        ):
            writer.insert(
                "contribution", interview_id=interview_id, person_id=self.people[key],
                role=role, position=position,
            )  # fmt: skip
        recording_id = self._recording(interview_id, one, copy)
        script = _script(one["script"])
        times = json.loads(
            resource_path("sample", f"{one['script']}.times.json").read_text("utf-8")
        )
        original = self._transcript(
            interview_id, recording_id, one, script, times, is_translation=False
        )
        translation = self._transcript(
            interview_id, recording_id, one, script, times, is_translation=True
        )
        self._taggings(one, original)
        self._index_points(interview_id, one, times)
        self._access(interview_id, one, (original, translation))
        self.transcripts[one["accession"]] = (interview_id, *original)

    def _recording(self, interview_id: int, one: Description, copy: VaultFile) -> int:
        facts = probe(resource_path("sample", one["recording"]))
        return self.writer.insert(
            "recording",
            interview_id=interview_id,
            position=1,
            offset_ms=0,
            original_name=one["recording"],
            vault_path=copy.path,
            sha256=copy.sha256,
            size_bytes=copy.size_bytes,
            duration_ms=facts.duration_ms,
            container=facts.container,
            codec=facts.codec,
            sample_rate_hz=facts.sample_rate_hz,
            channels=facts.channels,
            bit_depth=facts.bit_depth,
            recorded_at=one["date"],
            device="espeak-ng",
            embedded_tags=facts.embedded_tags,
        )

    def _transcript(
        self,
        interview_id: int,
        recording_id: int,
        one: Description,
        script: Sequence[Sequence[str]],
        times: Sequence[Sequence[int]],
        *,
        is_translation: bool,
    ) -> tuple[int, list[Turn]]:
        writer = self.writer
        transcript_id = writer.insert(
            "transcript",
            interview_id=interview_id,
            language="en" if is_translation else one["language"],
            kind=TranscriptKind.TRANSLATION if is_translation else TranscriptKind.VERBATIM,
            narrator_reviewed=not is_translation,
        )
        rows: list[dict[str, Any]] = []
        for n, ((speaker, _, text, english), (start, end)) in enumerate(
            zip(script, times, strict=True)
        ):
            key = one["speakers"][speaker]
            rows.append(
                {
                    "transcript_id": transcript_id,
                    "position": (n + 1) * POSITION_STEP,
                    "speaker_id": self.people[key],
                    "speaker_label": self.names[key],
                    "recording_id": recording_id,
                    "start_ms": start,
                    "end_ms": end,
                    "text": english if is_translation else text,
                }
            )
        writer.insert_many("turn", rows)
        return transcript_id, writer.turns(transcript_id)

    def _taggings(self, one: Description, original: tuple[int, list[Turn]]) -> None:
        transcript_id, turns = original
        spans: list[tuple[Span, str]] = []
        for n, quote, path in one["taggings"]:
            turn = turns[n - 1]
            start = 0 if quote is None else turn.text.lower().index(quote.lower())
            end = len(turn.text) if quote is None else start + len(quote)
            spans.append((Span(turn.id, start, turn.id, end), path))
        for first, last, path in one["ranges"]:
            end = len(turns[last - 1].text)
            spans.append((Span(turns[first - 1].id, 0, turns[last - 1].id, end), path))
        for span, path in spans:
            self.writer.insert(
                "tagging",
                tag_id=tag_at(self.writer, path.split("/")),
                transcript_id=transcript_id,
                **laid_columns(laid_on(turns, transcript_id, span)),
            )

    def _index_points(
        self, interview_id: int, one: Description, times: Sequence[Sequence[int]]
    ) -> None:
        for first, last, title, synopsis, place, keywords in one["points"]:
            self.writer.insert(
                "index_point",
                interview_id=interview_id,
                start_ms=times[first - 1][0],
                end_ms=times[last - 1][1],
                title=title,
                synopsis=synopsis,
                keywords=keywords.split(";"),
                place_id=self.places[place],
            )

    def _access(
        self,
        interview_id: int,
        one: Description,
        transcripts: Sequence[tuple[int, list[Turn]]],
    ) -> None:
        writer, consent = self.writer, one["consent"]
        writer.insert(
            "consent",
            interview_id=interview_id,
            person_id=self.people[one["speakers"][one["interviewee"]]],
            form="Deed of gift, demonstration form",
            signed_on=date.fromisoformat(consent["signed_on"]),
            uses=frozenset(ConsentUse(use) for use in consent["uses"]),
            risk=consent.get("risk", ""),
        )
        if closed := one.get("close_recording"):
            writer.insert(
                "restriction",
                interview_id=interview_id,
                layer=Layer.RECORDING,
                shut_out=Audience.READING_ROOM,
                until=date.fromisoformat(closed["until"]),
                reason=closed["reason"],
            )
        if passage := one.get("close_turns"):
            first, last, why = passage
            for transcript_id, turns in transcripts:
                span = Span(turns[first - 1].id, 0, turns[last - 1].id, len(turns[last - 1].text))
                laid = laid_on(turns, transcript_id, span)
                writer.insert(
                    "restriction",
                    interview_id=interview_id,
                    transcript_id=transcript_id,
                    **span_columns(laid.span),
                    quote=laid.quote,
                    shut_out=Audience.READING_ROOM,
                    reason=why["reason"],
                )


def _script(name: str) -> list[list[str]]:
    """Return a script's turns: speaker, language, text, English translation."""
    lines = resource_path("sample", f"{name}.txt").read_text("utf-8").splitlines()
    return [line.split("|") for line in lines if line and not line.startswith("#")]
