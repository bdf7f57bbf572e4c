"""Everything the interview page shows of one interview, read in one go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from archive_app.domain.records import (
    Audience,
    FullTranscript,
    IndexPoint,
    InterviewFile,
    Recording,
    Tag,
    Tagging,
)
from archive_app.domain.released import ReleasedIndexPoint, ReleasedInterview, ReleasedTranscript
from archive_app.gui.timeline import Stretch, Timeline
from archive_app.store.archive import Archive
from archive_app.work import tagging, vocabulary
from archive_app.work.access import released
from archive_app.work.tagging import Orphan
from archive_app.work.vocabulary import CountedTag


@dataclass(frozen=True, slots=True)
class Loaded:
    """An interview as one audience's page shows it, and how far the history had come by then.

    ``file`` is set for staff, ``copy`` for everybody else; both are None if the
    audience may not know of the interview.
    """

    interview_id: int
    operation_id: int
    file: InterviewFile | None = None
    copy: ReleasedInterview | None = None
    tree: Sequence[CountedTag] = ()
    orphans: Sequence[Orphan] = ()
    recordings: Sequence[Recording] = ()
    """Those this audience may hear."""
    tags: Mapping[int, Tag] = field(default_factory=dict[int, Tag])

    @property
    def is_there(self) -> bool:
        """Whether there is anything to show."""
        return self.file is not None or self.copy is not None

    @property
    def title(self) -> str:
        """The interview's title, as this audience may read it."""
        if self.file is not None:
            return self.file.interview.title
        return self.copy.title if self.copy is not None else ""

    @property
    def accession(self) -> str:
        """Its accession number."""
        if self.file is not None:
            return self.file.interview.accession
        return self.copy.accession if self.copy is not None else ""

    @property
    def points(self) -> Sequence[IndexPoint | ReleasedIndexPoint]:
        """The table of contents."""
        if self.file is not None:
            return self.file.index_points
        return self.copy.index_points if self.copy is not None else ()

    def transcript(self, transcript_id: int) -> FullTranscript | None:
        """Return one of the transcripts, unreleased, for staff."""
        transcripts = self.file.transcripts if self.file is not None else ()
        return next((one for one in transcripts if one.transcript.id == transcript_id), None)

    def released_transcript(self, transcript_id: int) -> ReleasedTranscript | None:
        """Return one of the transcripts as another audience may see it."""
        transcripts = self.copy.transcripts if self.copy is not None else ()
        return next((one for one in transcripts if one.transcript_id == transcript_id), None)

    def tagging(self, tagging_id: int) -> Tagging | None:
        """Return a tagging by its id."""
        transcripts = self.file.transcripts if self.file is not None else ()
        for transcript in transcripts:
            for one in transcript.taggings:
                if one.id == tagging_id:
                    return one
        return None

    def speakers(self) -> Mapping[int, str]:
        """Return public names by person id."""
        if self.file is None:
            return {}
        return {person.id: person.public_name for person in self.file.people}

    def speaker_names(self) -> Sequence[str]:
        """Return who may be set as a turn's speaker: those who took part, then labels in use."""
        if self.file is None:
            return ()
        names = [one.person.public_name for one in self.file.contributions]
        for transcript in self.file.transcripts:
            names += [turn.speaker_label for turn in transcript.turns]
        return [name for name in dict.fromkeys(names) if name]


def load(archive: Archive, interview_id: int, audience: Audience, on: date) -> Loaded:
    """Return what the page shows; an interview that is gone or hidden has neither file nor copy."""
    with archive.read() as reader:
        last = reader.operations(1)
        operation_id = last[0].id if last else 0
        if not reader.interviews([interview_id]):
            return Loaded(interview_id, operation_id)
        file = reader.interview_file(interview_id)
        if audience is Audience.STAFF:
            tree = vocabulary.tag_tree(reader)
            found = tagging.orphans(archive, interview_id)
            return Loaded(
                interview_id,
                operation_id,
                file=file,
                tree=tree,
                orphans=found,
                recordings=file.recordings,
                tags={one.tag.id: one.tag for one in tree},
            )
        copy = released(reader, interview_id, audience=audience, on=on)
        heard = {one.sha256 for one in copy.recordings if one.sha256} if copy else set[str]()
        recordings = [one for one in file.recordings if one.sha256 in heard]
        return Loaded(interview_id, operation_id, copy=copy, recordings=recordings)


def timeline_of(folder: Path, recordings: Sequence[Recording]) -> Timeline:
    """Return an interview's recordings as one timeline of files in the vault."""
    return Timeline(
        Stretch(folder / one.vault_path, one.offset_ms, one.duration_ms or 0) for one in recordings
    )
