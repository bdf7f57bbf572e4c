"""A sound server of the tests' own: an output nobody hears, and a microphone that hears it.

Recording runs in processes of its own (``RecordingProcess``), as Qt asks for the
sound server once in a process's life, and as killing is part of what is tested.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
SINK = "line"
RATE = 48_000


@dataclass(slots=True)
class SoundServer:
    """A running PulseAudio, 48 kHz, 32 bits, two channels."""

    folder: Path
    process: subprocess.Popen[bytes]

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs to reach it, and nothing but it."""
        return os.environ | _private(self.folder) | {"PULSE_SERVER": f"unix:{self.folder}/socket"}

    def control(self, *words: str) -> str:
        """Say something to it by pactl."""
        done = subprocess.run(
            ["pactl", *words], env=self.environment, capture_output=True, text=True, check=True
        )
        return done.stdout

    def plug_in(self, name: str) -> str:
        """Make a microphone that hears the output; return what ``unplug`` wants."""
        return self.control(
            "load-module", "module-remap-source", f"source_name={name}", f"master={SINK}.monitor",
            f"source_properties=device.description={name}",
        ).strip()  # fmt: skip

    def unplug(self, module: str) -> None:
        """Pull a microphone."""
        self.control("unload-module", module)

    def play(self, raw: Path) -> subprocess.Popen[bytes]:
        """Begin to play a file of raw frames, 32 bits, two channels."""
        return subprocess.Popen(
            ["pacat", "--playback", f"--device={SINK}", "--raw", "--format=s32le",
             f"--rate={RATE}", "--channels=2", "--latency-msec=2000", str(raw)],
            env=self.environment,
        )  # fmt: skip


def _private(folder: Path) -> dict[str, str]:
    return {"HOME": str(folder), "XDG_RUNTIME_DIR": str(folder), "PULSE_RUNTIME_PATH": str(folder)}


@contextmanager
def sound_server() -> Iterator[SoundServer]:
    """Run a sound server with one microphone, called "mic"."""
    for tool in ("pulseaudio", "pactl", "pacat"):
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} is not installed")
    # Not below tmp_path: a socket's path must be short.
    folder = Path(tempfile.mkdtemp(prefix="pulse-"))
    process = subprocess.Popen(
        ["pulseaudio", "-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1",
         f"--log-target=file:{folder}/log",
         "-L", f"module-native-protocol-unix socket={folder}/socket auth-anonymous=1",
         "-L", f"module-null-sink sink_name={SINK} rate={RATE} channels=2 format=s32le"],
        env=os.environ | _private(folder),
    )  # fmt: skip
    server = SoundServer(folder, process)
    try:
        deadline = time.monotonic() + 30
        while not _answers(server):
            assert process.poll() is None, (folder / "log").read_text()
            assert time.monotonic() < deadline, "the sound server does not answer"
            time.sleep(0.05)
        server.plug_in("mic")
        yield server
    finally:
        process.terminate()
        process.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def _answers(server: SoundServer) -> bool:
    asked = subprocess.run(["pactl", "info"], env=server.environment, capture_output=True)
    return asked.returncode == 0


@dataclass(slots=True)
class RecordingProcess:
    """``tests/recording_process.py``: a recorder without a window, told what to do by lines."""

    process: subprocess.Popen[str]
    events: list[dict[str, Any]] = field(default_factory=list)
    _queue: SimpleQueue[dict[str, Any]] = field(default_factory=SimpleQueue)

    @classmethod
    def start(
        cls, server: SoundServer, archive: Path, *words: str, **environment: str
    ) -> RecordingProcess:
        """Start one that opens the archive and records its first interview."""
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.recording_process", str(archive), *words],
            env=server.environment | environment, cwd=ROOT, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        self = cls(process)
        Thread(target=self._listen, daemon=True).start()
        return self

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._queue.put(json.loads(line))
        self._queue.put({"event": "end"})

    def say(self, *words: object) -> None:
        """Tell it to do something."""
        assert self.process.stdin is not None
        print(*words, file=self.process.stdin, flush=True)

    def wait_for(self, name: str, *, timeout: float = 60) -> dict[str, Any]:
        """Return the next event of a name; keep all that came before it."""
        deadline = time.monotonic() + timeout
        while True:
            try:
                event = self._queue.get(timeout=max(0.0, deadline - time.monotonic()))
            except Empty:
                raise AssertionError(f"no “{name}” came, but {self.events[-20:]}") from None
            self.events.append(event)
            if event["event"] == name:
                return event
            assert event["event"] != "end", f"it ended before “{name}”: {self.events[-20:]}"

    def kill(self) -> None:
        """Kill it, as a power cut would."""
        self.process.kill()
        self._let_go()

    def _let_go(self) -> int:
        status = self.process.wait(60)
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            with suppress(BrokenPipeError):
                pipe.close()
        return status

    def end(self) -> None:
        """Let it close the archive and end."""
        self.say("quit")
        assert self._let_go() == 0
