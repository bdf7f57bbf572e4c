"""Speaks the sample interviews with espeak-ng and writes their recordings and times.

Needs espeak-ng and ffmpeg. For each script in resources/sample it writes the
recording (Opus, one as FLAC) and ``<name>.times.json``: start and end of each
turn in milliseconds.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tempfile
import wave
from pathlib import Path

SAMPLE = Path(__file__).resolve().parent.parent / "resources" / "sample"
VOICES = {"ru": "ru", "sr-Latn": "sr"}
VARIANTS = {"I": "f2", "V": "m3", "A": "f4", "L": "f5"}
SPEED = {"I": 170, "V": 160, "A": 165, "L": 150}
GAP_MS = 450
NOTE = "Synthetic speech (espeak-ng), composed for demonstration; not a recording of any person"
FLAC = {"ljiljana"}


def spoken(speaker: str, language: str, text: str) -> tuple[bytes, int]:
    """Return 16-bit mono samples and their rate."""
    voice = f"{VOICES[language]}+{VARIANTS[speaker]}"
    command = ["espeak-ng", "-v", voice, "-s", str(SPEED[speaker]), "--stdout", text]
    data = subprocess.run(command, capture_output=True, check=True).stdout
    with wave.open(io.BytesIO(data)) as sound:
        return sound.readframes(sound.getnframes()), sound.getframerate()


def make(script: Path) -> None:
    name = script.stem
    samples = bytearray()
    times: list[list[int]] = []
    rate = 22050
    for line in script.read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        speaker, language, text, _ = line.split("|")
        frames, rate = spoken(speaker, language, text)
        start = len(samples) * 500 // rate
        samples += frames
        times.append([start, len(samples) * 500 // rate])
        samples += bytes(2 * (rate * GAP_MS // 1000))
    with tempfile.TemporaryDirectory() as folder:
        sound = Path(folder) / "sound.wav"
        with wave.open(str(sound), "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(rate)
            out.writeframes(bytes(samples))
        target = SAMPLE / (f"{name}.flac" if name in FLAC else f"{name}.opus")
        codec = (
            ["-ar", "16000", "-c:a", "flac", "-compression_level", "12"]
            if name in FLAC
            else ["-c:a", "libopus", "-b:a", "20k", "-application", "voip"]
        )
        subprocess.run(
            [
                "ffmpeg", "-y", "-loglevel", "error", "-i", str(sound), "-map_metadata", "-1",
                *codec, "-metadata", f"title=Interview with {name.title()}",
                "-metadata", "artist=espeak-ng", "-metadata", f"comment={NOTE}",
                "-fflags", "+bitexact", str(target),
            ],
            check=True,
        )  # fmt: skip
    (SAMPLE / f"{name}.times.json").write_text(json.dumps(times) + "\n", "utf-8")
    print(name, len(times), "turns", times[-1][1] // 1000, "s", target.stat().st_size, "bytes")


if __name__ == "__main__":
    for path in sorted(SAMPLE.glob("*.txt")):
        make(path)
    sys.exit(0)
