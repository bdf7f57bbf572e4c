"""The vault: originals come in whole or not at all, and never change (law 21)."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

import pytest

from archive_app.domain.progress import Progress
from archive_app.errors import (
    ArchiveDamaged,
    BadInput,
    BadValue,
    Cancelled,
    Environment,
    NotFound,
)
from archive_app.media.relinking import MissingFile, relink
from archive_app.media.vault import Fixity, RecordingVault


class StopAt:
    """A person who cancels at a fraction of the way; before that, whatever ``do`` does."""

    def __init__(self, fraction: float) -> None:
        self.fraction = fraction
        self.seen: list[tuple[int, int]] = []

    def report(self, done: int, total: int, what: str = "") -> None:
        self.seen.append((done, total))
        if total and done / total >= self.fraction:
            raise Cancelled("stopped")


@pytest.fixture
def vault(tmp_path: Path) -> RecordingVault:
    return RecordingVault(tmp_path / "Archive.oralhistory" / "media")


def a_file(path: Path, data: bytes = b"sound" * 1000) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def everything(vault: RecordingVault) -> list[str]:
    return sorted(
        p.relative_to(vault.folder).as_posix() for p in vault.folder.rglob("*") if p.is_file()
    )


def test_what_comes_in_is_named_by_its_hash_and_equals_the_original(
    vault: RecordingVault, tmp_path: Path
) -> None:
    source = a_file(tmp_path / "Interview.WAV")
    taken = vault.take_in(source)
    sha256 = hashlib.sha256(source.read_bytes()).hexdigest()
    assert taken.sha256 == sha256
    assert taken.path == f"media/{sha256[:2]}/{sha256}.wav"
    assert taken.size_bytes == 5000
    assert not taken.was_known
    assert vault.path(taken.path).read_bytes() == source.read_bytes()


def test_what_is_in_the_vault_is_read_only(vault: RecordingVault, tmp_path: Path) -> None:
    taken = vault.take_in(a_file(tmp_path / "a.wav"))
    assert stat.S_IMODE(vault.path(taken.path).stat().st_mode) == 0o444


def test_the_original_is_not_touched(vault: RecordingVault, tmp_path: Path) -> None:
    source = a_file(tmp_path / "a.wav")
    source.chmod(0o640)
    before = source.stat()
    vault.take_in(source)
    after = source.stat()
    assert (before.st_mtime_ns, before.st_mode, before.st_ino, before.st_size) == (
        after.st_mtime_ns,
        after.st_mode,
        after.st_ino,
        after.st_size,
    )


def test_the_same_content_is_known_whatever_it_is_called(
    vault: RecordingVault, tmp_path: Path
) -> None:
    first = vault.take_in(a_file(tmp_path / "a.wav"))
    again = vault.take_in(a_file(tmp_path / "other name.mp3"))
    assert again.was_known
    assert (again.sha256, again.path) == (first.sha256, first.path)
    assert len(everything(vault)) == 1


def test_what_is_known_is_recognised_by_a_vault_opened_anew(
    vault: RecordingVault, tmp_path: Path
) -> None:
    source = a_file(tmp_path / "a.wav")
    vault.take_in(source)
    assert RecordingVault(vault.folder).take_in(source).was_known


def test_another_file_of_the_same_size_is_not_taken_for_known(
    vault: RecordingVault, tmp_path: Path
) -> None:
    vault.take_in(a_file(tmp_path / "a.wav", b"a" * 100))
    assert not vault.take_in(a_file(tmp_path / "b.wav", b"b" * 100)).was_known
    assert len(everything(vault)) == 2


def test_a_damaged_copy_in_the_vault_is_mended_by_taking_the_original_in_again(
    vault: RecordingVault, tmp_path: Path
) -> None:
    source = a_file(tmp_path / "a.wav")
    taken = vault.take_in(source)
    inside = vault.path(taken.path)
    inside.chmod(0o644)
    inside.write_bytes(b"x" * 5000)
    again = vault.take_in(source)
    assert again.was_mended
    assert vault.verify(taken.path, taken.sha256) is Fixity.OK


@pytest.mark.parametrize("fraction", [0.0, 0.3, 0.6, 1.0])
def test_cancelling_leaves_nothing(vault: RecordingVault, tmp_path: Path, fraction: float) -> None:
    source = a_file(tmp_path / "a.wav", os.urandom(5 << 20))
    with pytest.raises(Cancelled):
        vault.take_in(source, StopAt(fraction))
    assert everything(vault) == []


def test_progress_never_goes_back_and_ends_at_its_total(
    vault: RecordingVault, tmp_path: Path
) -> None:
    watcher = StopAt(2.0)
    vault.take_in(a_file(tmp_path / "a.wav", os.urandom(5 << 20)), watcher)
    steps = [done for done, _ in watcher.seen]
    assert steps == sorted(steps)
    assert watcher.seen[-1] == (10 << 20, 10 << 20)


class WriteWhileReading:
    """Somebody who goes on writing to the source while it is copied."""

    def __init__(self, change: object) -> None:
        self.change = change

    def report(self, done: int, total: int, what: str = "") -> None:
        if self.change is not None:
            change, self.change = self.change, None
            change()  # type: ignore[operator]


def test_a_source_that_grows_while_it_is_copied_is_refused(
    vault: RecordingVault, tmp_path: Path
) -> None:
    source = a_file(tmp_path / "a.wav", os.urandom(3 << 20))

    def grow() -> None:
        with source.open("ab") as file:
            file.write(b"more")

    watcher: Progress = WriteWhileReading(grow)
    with pytest.raises(BadInput, match="changed while"):
        vault.take_in(source, watcher)
    assert everything(vault) == []


def test_a_source_that_is_replaced_while_it_is_copied_is_refused(
    vault: RecordingVault, tmp_path: Path
) -> None:
    source = a_file(tmp_path / "a.wav", os.urandom(3 << 20))
    other = a_file(tmp_path / "b.wav", os.urandom(3 << 20))
    with pytest.raises(BadInput, match="changed while"):
        vault.take_in(source, WriteWhileReading(lambda: other.replace(source)))
    assert everything(vault) == []


@pytest.mark.parametrize(
    ("name", "extension"),
    [
        ("Живка Петровић — разговор.MP3", ".mp3"),
        ("без расширения", ""),
        ("a.wav ", ""),
        ("a.ВАВ", ""),
        ("a." + "x" * 40, ""),
        ("а" * 120 + ".flac", ".flac"),
        ("x" * 250 + ".ogg", ".ogg"),
        (".wav", ""),
        ("a.tar.7z", ".7z"),
    ],
)
def test_extensions_are_kept_only_if_they_are_sane(
    vault: RecordingVault, tmp_path: Path, name: str, extension: str
) -> None:
    taken = vault.take_in(a_file(tmp_path / name))
    assert taken.path == f"media/{taken.sha256[:2]}/{taken.sha256}{extension}"


def test_a_name_that_is_no_unicode_can_come_in(vault: RecordingVault, tmp_path: Path) -> None:
    source = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xc6\xe8\xe2\xea\xe0.wav"))
    assert vault.take_in(a_file(source)).path.endswith(".wav")


def test_a_symbolic_link_brings_in_what_it_points_to(vault: RecordingVault, tmp_path: Path) -> None:
    source = a_file(tmp_path / "a.wav")
    link = tmp_path / "link.wav"
    link.symlink_to(source)
    taken = vault.take_in(link)
    assert not vault.path(taken.path).is_symlink()
    assert link.is_symlink()


def test_what_is_in_the_vault_already_is_known_and_stays(
    vault: RecordingVault, tmp_path: Path
) -> None:
    taken = vault.take_in(a_file(tmp_path / "a.wav"))
    again = vault.take_in(vault.path(taken.path))
    assert again.was_known
    assert again.path == taken.path


def test_a_damaged_file_of_the_vault_is_not_taken_in_under_a_new_hash(
    vault: RecordingVault, tmp_path: Path
) -> None:
    taken = vault.take_in(a_file(tmp_path / "a.wav"))
    inside = vault.path(taken.path)
    inside.chmod(0o644)
    inside.write_bytes(b"damaged")
    with pytest.raises(ArchiveDamaged):
        vault.take_in(inside)
    assert inside.read_bytes() == b"damaged"


def test_what_cannot_come_in_is_told_with_its_reason(vault: RecordingVault, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.wav")
    (tmp_path / "dangling.wav").symlink_to(tmp_path / "nowhere")
    (tmp_path / "loop.wav").symlink_to(tmp_path / "loop.wav")
    for source, kind, message in [
        (a_file(tmp_path / "empty.wav", b""), BadInput, "is empty"),
        (tmp_path, BadInput, "folder"),
        (tmp_path / "pipe.wav", BadInput, "pipe"),
        (Path("/dev/null"), BadInput, "device"),
        (tmp_path / "gone.wav", Environment, "not there any more"),
        (tmp_path / "dangling.wav", Environment, "not there any more"),
        (tmp_path / "loop.wav", Environment, "could not be read"),
        (tmp_path / "a\0b.wav", BadInput, "characters"),
    ]:
        with pytest.raises(kind, match=message):
            vault.take_in(source)
    assert not vault.folder.exists() or everything(vault) == []


# -- fixity -------------------------------------------------------------------


def test_fixity_tells_ok_missing_and_changed(vault: RecordingVault, tmp_path: Path) -> None:
    ok, lost, bad = (
        vault.take_in(a_file(tmp_path / f"{n}.wav", bytes([n]) * 999)) for n in range(3)
    )
    vault.path(lost.path).unlink()
    inside = vault.path(bad.path)
    inside.chmod(0o644)
    data = bytearray(inside.read_bytes())
    data[500] ^= 1
    inside.write_bytes(data)
    kinds = [Fixity.OK, Fixity.MISSING, Fixity.CHANGED]
    files = [ok, lost, bad]
    assert [vault.verify(f.path, f.sha256) for f in files] == kinds
    assert [r.fixity for r in vault.verify_all({f.path: f.sha256 for f in files})] == kinds


def test_verify_all_reports_a_path_that_leads_out_as_missing(vault: RecordingVault) -> None:
    reports = vault.verify_all({"media/../../etc/passwd": "0" * 64})
    assert [r.fixity for r in reports] == [Fixity.MISSING]


@pytest.mark.parametrize(
    "relative",
    [
        "",
        "media",
        "media/ab",
        "../x",
        "/etc/passwd",
        "media/../archive.db",
        "media/ab/../../archive.db",
        f"media/ab/{'c' * 64}.wav",
        f"media/cc/{'c' * 64}.wav/",
        f"media//cc/{'c' * 64}.wav",
        f"./media/cc/{'c' * 64}.wav",
        f"media/cc/{'c' * 64}.WAV",
        f"media/cc/{'c' * 64}.wav:stream",
        f"media\\cc\\{'c' * 64}.wav",
        f"media/cc/{'c' * 64}.wav\n",
        f"media/cc/{'c' * 64}.wav\0",
        f"elsewhere/cc/{'c' * 64}.wav",
    ],
)
def test_paths_that_are_not_the_vaults_own_are_refused(
    vault: RecordingVault, relative: str
) -> None:
    with pytest.raises(BadValue):
        vault.path(relative)


def test_strays_are_what_no_record_knows(vault: RecordingVault, tmp_path: Path) -> None:
    known = vault.take_in(a_file(tmp_path / "a.wav", b"a"))
    stray = vault.take_in(a_file(tmp_path / "b.wav", b"b"))
    assert vault.strays([known.path]) == [stray.path]


def test_sweeping_removes_half_copied_files_and_nothing_else(
    vault: RecordingVault, tmp_path: Path
) -> None:
    taken = vault.take_in(a_file(tmp_path / "a.wav"))
    a_file(vault.folder / ".incoming-123-dead", b"half")
    a_file(vault.folder / "notes.txt", b"somebody's own")
    assert vault.sweep() == 1
    assert everything(vault) == sorted([taken.path.removeprefix("media/"), "notes.txt"])


def test_sweeping_a_vault_that_is_not_there_yet_does_nothing(vault: RecordingVault) -> None:
    assert vault.sweep() == 0


def test_sweeping_spares_what_is_just_coming_in(vault: RecordingVault, tmp_path: Path) -> None:
    source = a_file(tmp_path / "a.wav", os.urandom(3 << 20))
    taken = vault.take_in(source, WriteWhileReading(vault.sweep))
    assert vault.verify(taken.path, taken.sha256) is Fixity.OK


def test_a_removed_file_is_gone_and_can_come_in_again(
    vault: RecordingVault, tmp_path: Path
) -> None:
    source = a_file(tmp_path / "a.wav")
    taken = vault.take_in(source)
    vault.remove(taken.path)
    vault.remove(taken.path)
    assert everything(vault) == []
    assert not vault.take_in(source).was_known


# -- relinking ----------------------------------------------------------------


def test_lost_files_are_found_by_content_wherever_they_are(
    vault: RecordingVault, tmp_path: Path
) -> None:
    a, b = (vault.take_in(a_file(tmp_path / f"{n}.wav", bytes([n]) * 777)) for n in (1, 2))
    vault.path(a.path).unlink()
    vault.path(b.path).unlink()
    moved = tmp_path / "moved" / "deep"
    a_file(moved / "renamed.bin", b"\1" * 777)
    a_file(moved / "also.renamed", b"\2" * 777)
    a_file(moved / "same size.wav", b"\3" * 777)
    a_file(moved / "other.wav", b"\1" * 778)
    (moved / "broken").symlink_to("nowhere")
    missing = {f.sha256: MissingFile(f.path, f.size_bytes) for f in (a, b)}
    found = relink(vault, missing, tmp_path / "moved")
    assert {f.sha256 for f in found} == {a.sha256, b.sha256}
    assert {f.file.path for f in found} == {a.path, b.path}
    assert vault.verify(a.path, a.sha256) is Fixity.OK
    assert vault.verify(b.path, b.sha256) is Fixity.OK


def test_a_changed_file_is_replaced_by_the_good_one_that_was_found(
    vault: RecordingVault, tmp_path: Path
) -> None:
    taken = vault.take_in(a_file(tmp_path / "x" / "a.wav"))
    inside = vault.path(taken.path)
    inside.chmod(0o644)
    inside.write_bytes(b"damaged")
    missing = {taken.sha256: MissingFile(taken.path, taken.size_bytes)}
    [found] = relink(vault, missing, tmp_path)
    assert found.file.path == taken.path
    assert vault.verify(taken.path, taken.sha256) is Fixity.OK


def test_relinking_from_nowhere_is_refused(vault: RecordingVault, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        relink(vault, {}, tmp_path / "nowhere")
