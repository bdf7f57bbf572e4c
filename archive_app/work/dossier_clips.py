"""The audio clips that lie beside a dossier: one for each passage whose sound may be heard.

What may be cut is told by the released copies: they name no recording that the audience
may not hear, and where a passage of an interview is closed they name none of it. Where
another name stands for a protected one in the text, the voice still says that one: of what
is said in those minutes no clip is cut.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from archive_app.domain.progress import NO_PROGRESS, Progress
from archive_app.domain.released import (
    ReleasedInterview,
    ReleasedRecording,
    ReleasedTranscript,
    ReleasedTurn,
)
from archive_app.domain.timecode import format_timecode
from archive_app.errors import BadInput, Environment
from archive_app.store.archive import Archive
from archive_app.store.lock import is_alive
from archive_app.translation import tr, trn
from archive_app.work.citing import begins_at, ends_at

if TYPE_CHECKING:
    from archive_app.dossier.contents import DossierPart, Passage

_OURS = re.compile(
    r"[^/\\]+_\d+-\d\d-\d\d_\d+-\d\d-\d\d(?:-\d+)?\.(?:wav|aiff|flac|opus|ogg|mp3|m4a)"
)
"""How clips are called; nothing else is ever removed from their folder."""
_WAITING = ".oral-history-clips-"
"""How folders are called in which clips wait, before the number of the program's process."""


@dataclass(frozen=True, slots=True)
class PlannedClip:
    """A passage's stretch of one recording, times counted in that recording."""

    transcript: str
    """The transcript's uuid."""
    turn: int
    """The number of the passage's first turn."""
    sha256: str
    start_ms: int
    end_ms: int
    name: str
    """Of the file, without its ending: accession number and times, no other name."""


@dataclass(slots=True)
class Clips:
    """Clips that were cut and still wait in a folder of their own."""

    links: Mapping[tuple[str, int], str]
    """For ``DossierContents.clips``."""
    files: tuple[Path, ...]
    missing: tuple[str, ...]
    """A sentence where some could not be cut."""
    _folder: Path

    def prepare(self) -> None:
        """See that they will find their place, before anything of the dossier takes its own.

        Raises:
            Environment: they will not.
        """
        try:
            if self.files:
                self._folder.mkdir(exist_ok=True)
            if self._folder.is_dir() and not os.access(self._folder, os.W_OK | os.X_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        except OSError as error:
            raise _unwritable(error) from error

    def leave(self) -> None:
        """Take the folder away if nothing lies in it."""
        with suppress(OSError):
            self._folder.rmdir()

    def settle(self) -> tuple[Path, ...]:
        """Move them to their place and return the files; clips of an earlier export go.

        Call it when the dossier itself has been proven.

        Raises:
            Environment: they cannot be put there.
        """
        settled: list[Path] = []
        try:
            self.prepare()
            settled += [file.replace(self._folder / file.name) for file in self.files]
            if self._folder.is_dir():
                kept = {file.name for file in settled}
                for old in self._folder.iterdir():
                    if old.name not in kept and _OURS.fullmatch(old.name):
                        # One that was cut for another audience must not lie beside this dossier.
                        old.unlink()
        except OSError as error:
            raise _unwritable(error) from error
        return tuple(settled)


def clips_folder(target: Path) -> Path:
    """Return the folder beside a dossier that holds its clips."""
    return target.with_name(f"{target.stem}-clips")


def plan_clips(parts: Sequence[DossierPart]) -> tuple[PlannedClip, ...]:
    """Return a clip for each passage whose times are known and whose recording is released.

    None is planned where a protected name is said.
    """
    return tuple(clip for clip, is_naming in _planned_clips(parts) if not is_naming)


def _planned_clips(parts: Sequence[DossierPart]) -> list[tuple[PlannedClip, bool]]:
    """Return each passage's clip, and whether a protected name is said in it."""
    from archive_app.dossier.contents import Excerpts

    planned: dict[tuple[str, int], tuple[PlannedClip, bool]] = {}
    for part in parts:
        if isinstance(part, Excerpts):
            for passage in part.passages:
                found = _planned(part.interview, passage)
                if found is not None:
                    planned.setdefault((found[0].transcript, found[0].turn), found)
    return list(planned.values())


@contextmanager
def cut_clips(
    archive: Archive,
    parts: Sequence[DossierPart],
    target: Path,
    *,
    progress: Progress = NO_PROGRESS,
) -> Iterator[Clips]:
    """Cut the clips of a dossier's parts into a folder beside its place, gone on leaving.

    Raises:
        Environment: they cannot be written there.
        Cancelled: through ``progress``; none are left.
    """
    from archive_app.media.clips import cut_clip
    from archive_app.media.vault import RecordingVault

    vault = RecordingVault(archive.media_folder)
    found = _planned_clips(parts)
    planned = [clip for clip, is_naming in found if not is_naming]
    folder = clips_folder(target)
    links: dict[tuple[str, int], str] = {}
    files: dict[tuple[str, int, int], Path] = {}
    names: set[str] = set()
    failed = 0
    _remove_left_behind(target.parent)
    try:
        waiting = tempfile.TemporaryDirectory(dir=target.parent, prefix=f"{_WAITING}{os.getpid()}-")
    except OSError as error:
        raise _unwritable(error) from error
    with waiting as place:
        for number, clip in enumerate(planned):
            progress.report(number, len(planned), tr("Cutting clips"))
            sound = (clip.sha256, clip.start_ms, clip.end_ms)
            if sound not in files:
                source = vault.find(clip.sha256)
                if source is None:
                    failed += 1
                    continue
                name = _free_name(clip.name, names)
                try:
                    files[sound] = cut_clip(source, Path(place) / name, clip.start_ms, clip.end_ms)
                except BadInput:
                    failed += 1
                    continue
                names.add(name.casefold())
            link = f"{folder.name}/{files[sound].name}"
            links[clip.transcript, clip.turn] = quote(link)
        said = (*_said(failed), *_said_of_names(len(found) - len(planned)))
        clips = Clips(links, tuple(files.values()), said, folder)
        try:
            yield clips
        finally:
            clips.leave()


def _remove_left_behind(folder: Path) -> None:
    """Remove the clips of programs that were killed while they cut: they may be staff's."""
    with suppress(OSError):
        for old in folder.glob(f"{_WAITING}*-*"):
            pid = old.name.removeprefix(_WAITING).partition("-")[0]
            is_number = pid.isascii() and pid.isdecimal() and len(pid) < 10
            if is_number and not is_alive(int(pid)) and old.is_dir() and not old.is_symlink():
                shutil.rmtree(old, ignore_errors=True)


def _planned(interview: ReleasedInterview, passage: Passage) -> tuple[PlannedClip, bool] | None:
    """Return a passage's clip, and whether a protected name is said in it; None: there is none."""
    transcript = next((t for t in interview.transcripts if t.uuid == passage.transcript), None)
    if transcript is None:
        return None
    turns = [turn for turn in transcript.turns if passage.first <= turn.n <= passage.last]
    if not turns or any(turn.withheld for turn in turns):
        return None
    end = len(turns[-1].text) if passage.end is None else passage.end
    start_ms, end_ms = begins_at(turns[0], passage.start), ends_at(turns[-1], end)
    recording = _recording(interview, turns, start_ms)
    if recording is None or start_ms is None or end_ms is None:
        return None
    # A clip ends where its recording does.
    end_ms = min(end_ms, recording.offset_ms + (recording.duration_ms or end_ms))
    if end_ms <= start_ms:
        return None
    is_naming = _near_name(transcript, turns) or any(
        _names_within(one, start_ms, end_ms) for one in interview.transcripts
    )
    clip = PlannedClip(
        transcript.uuid,
        passage.first,
        recording.sha256,
        start_ms - recording.offset_ms,
        end_ms - recording.offset_ms,
        _name(interview, start_ms, end_ms),
    )
    return clip, is_naming


def _near_name(transcript: ReleasedTranscript, turns: Sequence[ReleasedTurn]) -> bool:
    """Tell whether a protected name is said in turns, or beside turns whose times are guessed."""
    first = turns[0].n - (1 if turns[0].is_time_estimated else 0)
    last = turns[-1].n + (1 if turns[-1].is_time_estimated else 0)
    return any(turn.has_new_names for turn in transcript.turns if first <= turn.n <= last)


def _names_within(transcript: ReleasedTranscript, start_ms: int, end_ms: int) -> bool:
    """Tell whether a transcript has a protected name said within a stretch.

    A turn whose end is unknown lasts until the next one that has a time.
    """
    until: float = inf
    for turn in reversed(transcript.turns):
        if turn.start_ms is None:
            continue
        ends = until if turn.end_ms is None else turn.end_ms
        if turn.has_new_names and turn.start_ms < end_ms and ends > start_ms:
            return True
        until = turn.start_ms
    return False


def _recording(
    interview: ReleasedInterview, turns: Sequence[ReleasedTurn], start_ms: int | None
) -> ReleasedRecording | None:
    """Return the recording a passage is heard on: the turns', else the one of that time."""
    heard = [one for one in interview.recordings if one.sha256]
    if start_ms is None:
        return None
    named = {turn.recording for turn in turns if turn.recording is not None}
    if named:
        return next((one for one in heard if {one.position} == named), None)
    return next(
        (
            one
            for one in heard
            if one.offset_ms <= start_ms < one.offset_ms + (one.duration_ms or 0)
        ),
        None,
    )


def _name(interview: ReleasedInterview, start_ms: int, end_ms: int) -> str:
    stem = re.sub(r"[^\w.-]+", "-", interview.accession).strip("-.") or "clip"
    times = (format_timecode(ms).replace(":", "-") for ms in (start_ms, end_ms))
    return "_".join((stem, *times))


def _free_name(name: str, taken: set[str]) -> str:
    """Return the name, or one with a number: two accession numbers may differ in signs alone."""
    stem, _, times = name.partition("_")
    number = 1
    while name.casefold() in taken:
        number += 1
        name = f"{stem}-{number}_{times}"
    return name


def _said_of_names(held: int) -> tuple[str, ...]:
    if not held:
        return ()
    return (
        trn(
            "{count} clip was not cut: a name is said there that this audience may not hear.",
            "{count} clips were not cut: names are said there that this audience may not hear.",
            held,
        ),
    )


def _said(failed: int) -> tuple[str, ...]:
    if not failed:
        return ()
    return (
        trn(
            "{count} clip could not be cut: its recording is missing or cannot be read.",
            "{count} clips could not be cut: their recordings are missing or cannot be read.",
            failed,
        ),
    )


def _unwritable(error: OSError) -> Environment:
    return Environment(
        tr("The clips could not be written beside the dossier. Choose another folder, or export "
           "without clips."),
        details=f"{type(error).__name__} {os.strerror(error.errno or 0)}",
    )  # fmt: skip
