"""Recording from a real input, played into by a real output."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from archive_app.domain.records import Status
from archive_app.work import recording
from archive_app.work.archives import create_archive, open_archive
from tests.pulse import RATE, RecordingProcess, SoundServer, sound_server

SPEECH = Path(__file__).parents[2] / "resources" / "sample" / "ljiljana.flac"
Samples = NDArray[np.int32]


@pytest.fixture(scope="module")
def server() -> Iterator[SoundServer]:
    with sound_server() as running:
        yield running


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    with create_archive(tmp_path / "Voices") as made:
        with made.write("Make interview") as writer:
            writer.insert("interview", accession="OH-1", status=Status.PLANNED)
        return made.folder


@pytest.fixture
def recorder(server: SoundServer, archive: Path) -> Iterator[RecordingProcess]:
    running = RecordingProcess.start(server, archive)
    running.wait_for("listening")
    yield running
    running.kill()


def counter(seconds: float) -> Samples:
    """Frames that each differ by one from the one before, in the upper 24 bits of 32."""
    count = np.arange(1, int(seconds * RATE) + 1, dtype=np.int64)
    return np.stack([(count % (1 << 23)) << 8, (count // (1 << 23) + 1) << 8], axis=1).astype("<i4")


def samples_of(path: object) -> Samples:
    """Return a file's frames, 32 bits a sample."""
    return np.asarray(soundfile.read(str(path), dtype="int32")[0], np.int32)


def lost_frames(recorded: Samples) -> int:
    """Return how many of the counter's frames are missing between its first and last."""
    values = recorded[:, 0].astype(np.int64) >> 8, recorded[:, 1].astype(np.int64) >> 8
    count = np.where(values[1] > 0, (values[1] - 1) * (1 << 23) + values[0], 0)
    # The output plays silence where its player comes late: nothing of the counter is lost by it.
    if not (count > 0).any():
        return 0
    count = count[count > 0]
    assert len(count), "nothing of what was played was recorded"
    return int(np.abs(np.diff(count) - 1).sum())


def record(recorder: RecordingProcess, server: SoundServer, frames: Samples, raw: Path) -> Path:
    """Play frames while recording and return the finished file."""
    frames.tofile(raw)
    recorder.say("record")
    recorder.wait_for("time")
    assert server.play(raw).wait(len(frames) / RATE + 60) == 0
    recorder.say("stop")
    return Path(recorder.wait_for("stopped")["path"])


def test_what_was_spoken_is_what_was_recorded(
    recorder: RecordingProcess, server: SoundServer, tmp_path: Path
) -> None:
    played, rate = soundfile.read(
        SPEECH, dtype="float64", frames=10 * soundfile.info(SPEECH).samplerate
    )
    mono = played if played.ndim == 1 else played[:, 0]
    times = np.arange(int(len(mono) / rate * RATE)) / RATE
    speech = np.interp(times, np.arange(len(mono)) / rate, mono)
    frames = np.repeat(np.rint(speech * 0.9 * (1 << 31)).astype("<i4")[:, None], 2, axis=1)
    path = record(recorder, server, frames, tmp_path / "speech.raw")
    recorded, found_rate = soundfile.read(path, dtype="float64")
    assert found_rate == RATE
    assert soundfile.info(path).subtype == "PCM_24"
    assert aligned_correlation(speech, np.asarray(recorded[:, 0], np.float64)) > 0.99


def aligned_correlation(played: NDArray[np.float64], recorded: NDArray[np.float64]) -> float:
    size = 1 << (len(played) + len(recorded)).bit_length()
    product = np.fft.rfft(recorded, size) * np.conj(np.fft.rfft(played, size))
    shift = int(np.argmax(np.fft.irfft(product, size)[: len(recorded)]))
    heard = recorded[shift : shift + len(played)]
    return float(np.corrcoef(played[: len(heard)], heard)[0, 1])


def test_no_sample_is_lost(recorder: RecordingProcess, server: SoundServer, tmp_path: Path) -> None:
    path = record(recorder, server, counter(8), tmp_path / "counter.raw")
    recorded = samples_of(path)
    assert lost_frames(recorded) == 0
    assert np.count_nonzero(recorded[:, 0]) == 8 * RATE


@pytest.mark.long
@pytest.mark.timeout(900)
def test_no_sample_is_lost_in_ten_minutes(
    recorder: RecordingProcess, server: SoundServer, tmp_path: Path
) -> None:
    path = record(recorder, server, counter(600), tmp_path / "counter.raw")
    recorded = samples_of(path)
    print(f"{len(recorded)} frames, {lost_frames(recorded)} lost")
    assert lost_frames(recorded) == 0
    assert np.count_nonzero(recorded[:, 1]) == 600 * RATE


def test_a_process_held_up_for_seconds_loses_no_sample(
    recorder: RecordingProcess, server: SoundServer, tmp_path: Path
) -> None:
    raw = tmp_path / "counter.raw"
    counter(8).tofile(raw)
    recorder.say("record")
    recorder.wait_for("time")
    player = server.play(raw)
    time.sleep(1)
    recorder.say("stall", 4)
    recorder.wait_for("stalled")
    assert player.wait(60) == 0
    recorder.say("stop")
    recorded = samples_of(recorder.wait_for("stopped")["path"])
    assert lost_frames(recorded) == 0
    assert np.count_nonzero(recorded[:, 0]) == 8 * RATE


def test_a_recording_ends_in_its_interview_with_its_marks_and_remarks(
    recorder: RecordingProcess, archive: Path
) -> None:
    recorder.say("record")
    recorder.wait_for("time")
    recorder.say("mark", "The", "move")
    mark_ms = recorder.wait_for("marked")["ms"]
    recorder.say("note", "door", "bangs")
    recorder.wait_for("noted")
    recorder.say("stop")
    recorder.wait_for("stopped")
    recorder.say("finish")
    recording_id = recorder.wait_for("finished")["id"]
    recorder.end()
    with open_archive(archive) as opened, opened.read() as reader:
        one = reader.recordings(1)[0]
        assert one.id == recording_id
        assert (one.sample_rate_hz, one.channels, one.bit_depth) == (RATE, 2, 24)
        assert one.device == "mic"
        assert [(p.start_ms, p.title) for p in reader.index_points(1)] == [(mark_ms, "The move")]
        assert [note.text for note in reader.notes("interview", 1)] == ["0:00:00 door bangs"]
        assert reader.interview(1).status is Status.RECORDED
        assert recording.unfinished(opened) == []


def test_while_paused_nothing_is_written_and_the_meter_goes_on(
    recorder: RecordingProcess, server: SoundServer, tmp_path: Path
) -> None:
    recorder.say("record")
    recorder.wait_for("time")
    recorder.say("pause")
    raw = tmp_path / "counter.raw"
    (counter(1) | (1 << 30)).tofile(raw)
    assert server.play(raw).wait(60) == 0
    recorder.say("resume")
    recorder.wait_for("time")
    recorder.say("levels")
    assert recorder.wait_for("levels")["peak"] >= 0.5
    recorder.say("stop")
    recorded = samples_of(recorder.wait_for("stopped")["path"])
    assert not recorded.any()


def test_a_pulled_input_ends_the_recording_and_keeps_it(server: SoundServer, archive: Path) -> None:
    with sound_server() as own:
        recorder = RecordingProcess.start(own, archive)
        recorder.wait_for("listening")
        recorder.say("record")
        recorder.wait_for("disk")
        modules = own.control("list", "short", "modules").splitlines()
        own.unplug(next(line.split()[0] for line in modules if "remap-source" in line))
        assert "unplugged" in recorder.wait_for("lost")["message"]
        ended = recorder.wait_for("stopped")
        recorder.end()
    assert ended["ms"] > 1_000
    assert soundfile.info(ended["path"]).frames * 1_000 // RATE == ended["ms"]


def test_a_sound_server_that_dies_ends_the_recording_and_keeps_it(archive: Path) -> None:
    with sound_server() as own:
        recorder = RecordingProcess.start(own, archive)
        recorder.wait_for("listening")
        recorder.say("record")
        recorder.wait_for("disk")
        own.process.kill()
        assert "sound server" in recorder.wait_for("lost")["message"]
        ended = recorder.wait_for("stopped")
        recorder.end()
    with open_archive(archive) as opened:
        left = recording.unfinished(opened)
        assert [one.uuid for one in left] == [ended["uuid"]]
        assert left[0].duration_ms == ended["ms"]


def test_an_input_says_what_it_can_do(server: SoundServer, archive: Path) -> None:
    recorder = RecordingProcess.start(server, archive)
    told = recorder.wait_for("input")
    recorder.kill()
    assert told["bits"] == [16, 24]
    assert told["rates"] == [44_100, 48_000, 96_000]
    assert told["own_rate_hz"] == RATE


@pytest.mark.parametrize(("rate", "channels", "bits"), [(96_000, 1, 24), (44_100, 2, 16)])
def test_other_qualities_are_written_as_they_were_asked_for(
    server: SoundServer, archive: Path, rate: int, channels: int, bits: int
) -> None:
    recorder = RecordingProcess.start(server, archive, str(rate), str(channels), str(bits))
    recorder.wait_for("listening")
    recorder.say("record")
    recorder.wait_for("disk")
    recorder.say("stop")
    told = soundfile.info(recorder.wait_for("stopped")["path"])
    recorder.end()
    assert (told.samplerate, told.channels, told.subtype) == (rate, channels, f"PCM_{bits}")
    assert told.duration > 0.5


def test_where_there_is_no_pulse_library_qt_reads_the_input(
    server: SoundServer, archive: Path, tmp_path: Path
) -> None:
    recorder = RecordingProcess.start(server, archive, ONLY_QT="1")
    recorder.wait_for("listening")
    path = record(recorder, server, counter(2), tmp_path / "counter.raw")
    recorder.end()
    # Not every sample: that is why it is not read so where it need not be.
    assert np.count_nonzero(samples_of(path)[:, 0]) > RATE
