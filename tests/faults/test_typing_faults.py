"""The program is killed while somebody types: what was said to be saved is there."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from typist import ENTER, keys, states

from archive_app.domain.records import TranscriptKind
from archive_app.store.archive import Archive
from archive_app.work import interviews, transcripts

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kills a program by a signal")
TYPIST = Path(__file__).parent / "typist.py"
AT_MOST_LOST_S = 1.0
"""How much typing a kill may take away."""


@dataclass(frozen=True, slots=True)
class Killed:
    """What was typed, when, and what the page said, up to the moment it was killed."""

    typed_at: tuple[float, ...]
    saved: int
    """How many keys had been pressed when "saved" was last shown."""
    at: float


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A closed archive with an interview whose transcript is one empty turn."""
    path = tmp_path / "Test.oralhistory"
    with Archive.create(path, name="Test", who="Ana") as archive:
        one = interviews.create_interview(archive, title="Typed").value
        transcripts.add_transcript(archive, one, language="ru", kind=TranscriptKind.VERBATIM)
    return path


def type_and_kill(folder: Path, transcript_id: int, *, seed: int, after_s: float) -> Killed:
    """Let the typist type for a time, and kill it."""
    with subprocess.Popen(
        [sys.executable, str(TYPIST), str(folder), str(transcript_id), str(seed)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "begun"
        time.sleep(after_s)
        at = time.monotonic()
        process.send_signal(signal.SIGKILL)
        told = process.stdout.read().splitlines()
    typed = [line.split() for line in told if line.startswith("typed ")]
    times = tuple(float(line[2]) for line in typed if len(line) == 3)
    saved = [int(line.split()[1]) for line in told if line.startswith("saved ")]
    return Killed(times, saved[-1] if saved else 0, at)


def kept(folder: Path, transcript_id: int, before: int, seed: int, count: int) -> int:
    """Return how many of the keys are in the archive, whose text must be that of some moment."""
    with Archive.open(folder) as archive:
        assert archive.check() == ()
        with archive.read() as reader:
            texts = tuple(turn.text for turn in reader.turns(transcript_id)[before:])
    known = states(keys(seed, count + 1))
    found = [number for number, state in enumerate(known) if state == texts]
    assert found, f"{texts} never stood on the page"
    return found[-1]


def kill_while_typing(folder: Path, *, kills: int, seed: int) -> float:
    """Kill the typist again and again; return how many seconds of typing were lost at most."""
    chance = random.Random(seed)
    worst = 0.0
    for _ in range(kills):
        place = folder.parent / "copy.oralhistory"
        shutil.copytree(folder, place)
        one = chance.randrange(1 << 30)
        killed = type_and_kill(place, 1, seed=one, after_s=chance.uniform(0.2, 5))
        there = kept(place, 1, 0, one, len(killed.typed_at))
        assert there >= killed.saved, (
            f"seed {one}: “saved” was shown after {killed.saved} keys, {there} are there"
        )
        if there < len(killed.typed_at):
            # Of the keys that are gone the first was pressed the longest ago.
            worst = max(worst, killed.at - killed.typed_at[there])
        assert worst <= AT_MOST_LOST_S, f"seed {one}: {worst:.2f} s of typing are gone"
        shutil.rmtree(place)
    return worst


def test_the_typist_types_turns_and_words() -> None:
    typed = keys(1, 400)
    assert ENTER in typed
    assert len(states(typed)) == 401
    assert len(states(typed)[-1]) == 1 + typed.count(ENTER)


def test_a_kill_while_typing_takes_at_most_the_last_second(folder: Path) -> None:
    kill_while_typing(folder, kills=6, seed=int.from_bytes(os.urandom(4)))


@pytest.mark.long
@pytest.mark.timeout(1_800)
def test_a_hundred_kills_while_typing_take_at_most_the_last_second_each(folder: Path) -> None:
    worst = kill_while_typing(folder, kills=100, seed=int.from_bytes(os.urandom(4)))
    print(f"at most {worst:.2f} s of typing were lost in 100 kills")
