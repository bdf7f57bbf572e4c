"""SubRip captions (``.srt``) — reader and writer.

The format has no comments and no standard; what programs agree on is number,
times, lines of text, blank line, and that the number's value is theirs to
choose. A file of our own marks with zeros before that number where a turn
begins: "001" (two zeros) begins a turn, "2" goes on with it. More zeros tell
what is known of the turn's times: two and the position in ``STATES``.
"""

from __future__ import annotations

import re

from archive_app.domain.parsed import Loss, ParsedInterview, ParsedTranscript
from archive_app.domain.released import ReleasedInterview
from archive_app.errors import BadInput
from archive_app.exchange.caption_turns import turns_of
from archive_app.exchange.caption_writing import (
    STATES,
    OwnCue,
    cues_of,
    turns_from_own,
)
from archive_app.exchange.captions import read_cues
from archive_app.exchange.cleaning import lines_of
from archive_app.exchange.clock import CLOCK, read_clock, write_clock
from archive_app.exchange.labels import read_labelled, write_labelled
from archive_app.exchange.losses import chosen_transcript, left_out
from archive_app.exchange.written import Written
from archive_app.translation import tr

FORMAT = "srt"

_OWN_NUMBER = re.compile(r"(0*)([1-9][0-9]{0,8})")
_OWN_TIMES = re.compile(rf"({CLOCK}) --> ({CLOCK})")


def read_srt(text: str) -> ParsedInterview:
    """Return the transcript of a SubRip file, its cues joined to turns.

    Raises:
        BadInput: it has no captions, or none whose times can be read.
    """
    if own := _read_own(text):
        return ParsedInterview(FORMAT, transcripts=(own,))
    if "-->" not in text:
        raise BadInput(tr("This is no SubRip file: it has no captions. Nothing was imported."))
    turns, losses = turns_of(read_cues(text, is_vtt=False))
    if not turns:
        losses.append(Loss(tr("The file has no captions.")))
    return ParsedInterview(
        FORMAT,
        transcripts=(ParsedTranscript(turns),) if turns else (),
        losses=tuple(losses),
    )


def _read_own(text: str) -> ParsedTranscript | None:
    """Return a file of our own exactly as it was written; None if it is not, or was changed."""
    if not text.startswith("00"):
        return None
    lines = lines_of(text)
    cues: list[OwnCue] = []
    turn, part, state, expected = 0, 0, "", 1
    i = 0
    while i + 2 < len(lines):
        number = _OWN_NUMBER.fullmatch(lines[i])
        times = _OWN_TIMES.fullmatch(lines[i + 1])
        after = lines[i + 3] if i + 3 < len(lines) else ""
        if number is None or times is None or after or int(number[2]) != expected:
            return None
        zeros = len(number[1])
        if zeros:
            if not 2 <= zeros < 2 + len(STATES):
                return None
            turn, part, state = turn + 1, 0, STATES[zeros - 2]
        part += 1
        start, end = read_clock(times[1]), read_clock(times[2])
        if start is None or end is None:
            return None
        speaker, words = read_labelled(lines[i + 2]) if part == 1 else ("", lines[i + 2])
        cues.append(OwnCue(turn, part, state, start, end, speaker, words))
        expected += 1
        i += 4
    if any(line.strip() for line in lines[i:]) or not cues:
        return None
    turns = turns_from_own(cues)
    return None if turns is None else ParsedTranscript(turns)


def write_srt(released: ReleasedInterview, *, transcript: int | None = None) -> Written:
    """Return one transcript (by id; else the first) as SubRip, and what it could not say.

    Raises:
        NotFound: nothing to write for this audience.
    """
    chosen = chosen_transcript(released, transcript)
    cues, losses = cues_of(chosen.turns)
    blocks: list[str] = []
    for number, cue in enumerate(cues, start=1):
        begins = cue.part <= 1
        zeros = "0" * (2 + STATES.index(cue.state)) if begins else ""
        times = f"{write_clock(cue.start_ms, ',')} --> {write_clock(cue.end_ms, ',')}"
        words = write_labelled(cue.speaker, cue.text) if begins else cue.text
        blocks.append(f"{zeros}{number}\n{times}\n{words}\n")
    data = "\n".join(blocks).encode("utf-8")
    return Written(data, (*left_out(released, chosen, keeps=frozenset({"cues"})), *losses))
