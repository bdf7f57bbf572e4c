"""A historian comes home with a recorder."""

from __future__ import annotations

import wave
from datetime import date
from pathlib import Path
from typing import Any

from hands import CTRL, SHIFT, OpenWindow
from PySide6.QtCore import QDate, Qt

from archive_app.domain.records import Audience
from archive_app.work.archives import create_archive

TURNS = (
    "Когда вы приехали в Белград?",
    "В сентябре, сразу после объявления.",
    "Кто вам помог?",
    "Один человек, имени я не назову.",
    "Где вы жили сначала?",
    "У знакомых, на Дорчоле, три недели.",
    "А работа?",
    "Сначала никакой, потом ремонт.",
    "Вы говорили по-сербски?",
    "Ни слова; Његоша сам читао касније.",
)


def recorder(folder: Path) -> Path:
    folder.mkdir()
    for name in ("mira", "petar", "zoran"):
        with wave.open(str(folder / f"{name}.wav"), "wb") as sound:
            sound.setnchannels(1)
            sound.setsampwidth(2)
            sound.setframerate(8_000)
            # Bytes that differ: the same recording twice would come in once.
            sound.writeframes((name.encode() * 8_000)[: 8_000 * 4])
    (folder / "notes.txt").write_text(
        "ANA: Notes of the day.\n\nZORAN: The neighbour came in twice.\n", "utf-8"
    )
    return folder


def test_the_historian_brings_a_recorder_home(open_window: OpenWindow, tmp_path: Path) -> None:
    archive = create_archive(tmp_path / "Fieldwork", who="Ana")
    hands = open_window(archive)
    window = hands.window
    hands.drop([recorder(tmp_path / "recorder")])
    dialog: Any = window._dialog
    assert dialog is not None
    assert dialog.isVisible()
    assert "4 files" in dialog.words.text()
    with archive.read() as reader:
        assert reader.counts().interviews == 0
    hands.click(dialog.go)
    with archive.read() as reader:
        assert reader.counts().interviews == 4
        assert reader.counts().recordings == 3
    hands.click(dialog.go)

    library = window.page_named("library")
    with archive.read() as reader:
        recordings = {one.original_name: one.interview_id for one in reader.all_recordings()}
    mira = recordings["mira.wav"]
    row = list(library.model.ids).index(mira)
    hands.click_item(library.table, library.model.index(row, 1))
    fields = library.inspector.fields
    hands.click(fields["title"].editor)
    hands.key(Qt.Key.Key_A, CTRL)
    hands.type("Interview with Mira, 3 May 2024")
    for name, text in (
        ("interviewee", "Мира"),
        ("interviewer", "Ana"),
        ("date", "2024-05-03"),
        ("place", "Belgrade"),
        ("languages", "ru"),
    ):
        hands.click(fields[name].editor)
        hands.type(text)
    hands.key(Qt.Key.Key_Return)
    with archive.read() as reader:
        interview = reader.interview(mira)
    assert interview.title == "Interview with Mira, 3 May 2024"
    assert (interview.date, interview.languages) == ("2024-05-03", ("ru",))

    hands.click(library.inspector.open_button)
    page: Any = window.page
    assert page.interview_id == mira
    view = page.pane.view
    hands.click(page.pane._begin.begin)
    assert view.hasFocus()
    heard: list[bool] = []
    page.player.playing_changed.connect(heard.append)
    hands.key(Qt.Key.Key_F4)
    for number, text in enumerate(TURNS):
        if number:
            hands.key(Qt.Key.Key_Return)
        hands.type(text)
        hands.key(Qt.Key.Key_B, CTRL | SHIFT)
    hands.key(Qt.Key.Key_F4)
    assert heard or page.player.sound.problem

    hands.key(Qt.Key.Key_Home, SHIFT)
    hands.key(Qt.Key.Key_L, CTRL | SHIFT)
    closing = page.dialog
    closing.has_end.setFocus()
    hands.key(Qt.Key.Key_Space)
    assert closing.has_end.isChecked()
    closing.until.setDate(QDate(2040, 1, 1))
    hands.actions += 1
    hands.click(closing.reason)
    hands.type("She asked for it.")
    hands.key(Qt.Key.Key_Return)

    with archive.read() as reader:
        transcript = reader.transcripts(mira)[0]
        turns = reader.turns(transcript.id)
        restrictions = reader.restrictions(mira)
    assert [turn.text for turn in turns] == list(TURNS)
    assert all(turn.start_ms is not None for turn in turns)
    assert [(one.quote, one.until, one.shut_out) for one in restrictions] == [
        (TURNS[-1], date(2040, 1, 1), Audience.READING_ROOM)
    ]
    hands.told("The historian: four files, one record, ten turns, one passage closed")
