"""Opening an interview of 27,000 words from its archive, against the same text in a document.

2,500 turns with 5,000 taggings: read from the database, laid out and painted once,
against a plain QTextDocument that the same text is set in and laid out.
"""

from __future__ import annotations

import gc
import os
import random
import resource
import statistics
import tempfile
import time
from pathlib import Path

WORDS = [
    "люди",
    "уехали",
    "из",
    "города",
    "в",
    "сентябре",
    "когда",
    "началась",
    "мобилизация",
    "и",
    "остались",
    "в",
    "Белграде",
    "потому",
    "что",
    "здесь",
]
TURNS, WORDS_A_TURN, TAGGINGS, RUNS = 2_500, 11, 5_000, 7


def fill(archive: object) -> tuple[int, list[str]]:
    from archive_app.domain.records import Span
    from archive_app.store.archive import Archive

    assert isinstance(archive, Archive)
    chance = random.Random(1)
    texts = [" ".join(chance.choices(WORDS, k=WORDS_A_TURN)) for _ in range(TURNS)]
    with archive.write("Fill") as writer:
        interview = writer.insert("interview", accession="A-1")
        transcript = writer.insert("transcript", interview_id=interview, language="ru")
        turns = writer.insert_many(
            "turn",
            [
                {
                    "transcript_id": transcript,
                    "position": (n + 1) * 1024,
                    "text": text,
                    "speaker_label": "AB"[n % 2],
                    "start_ms": n * 4_000,
                    "end_ms": n * 4_000 + 3_900,
                }
                for n, text in enumerate(texts)
            ],
        )
        vocabulary = writer.insert("vocabulary", names={"en": "Tags"})
        tags = [
            writer.insert("tag", vocabulary_id=vocabulary, names={"en": f"tag {n}"})
            for n in range(20)
        ]
        rows: list[dict[str, object]] = []
        for _ in range(TAGGINGS):
            n, start = chance.randrange(TURNS), chance.randrange(20)
            end = min(start + chance.randrange(5, 30), len(texts[n]))
            rows.append(
                {
                    "tag_id": chance.choice(tags),
                    "transcript_id": transcript,
                    "span": Span(turns[n], start, turns[n], end),
                    "quote": texts[n][start:end],
                }
            )
        writer.insert_many("tagging", rows)
    return transcript, texts


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QTextDocument
    from PySide6.QtWidgets import QApplication

    from archive_app.gui.transcript_view import TranscriptView
    from archive_app.store.archive import Archive

    application = QApplication([])
    # As in the window, where garbage is collected by a timer only (gui/garbage.py).
    gc.disable()
    plain: list[float] = []
    opened: list[float] = []
    with (
        tempfile.TemporaryDirectory() as folder,
        Archive.create(Path(folder) / "A.oralhistory", name="A") as archive,
    ):
        transcript, texts = fill(archive)
        for _ in range(RUNS):
            start = time.perf_counter()
            document = QTextDocument()
            document.setPlainText("\n".join(texts))
            document.setTextWidth(600)
            document.documentLayout().documentSize()
            plain.append(time.perf_counter() - start)
            start = time.perf_counter()
            with archive.read() as reader:
                full = reader.full_transcript(transcript)
                tags = {tag.id: tag for tag in reader.tags()}
            view = TranscriptView()
            view.resize(900, 800)
            view.show_transcript(full, speakers={}, tags=tags, language="ru")
            view.show()
            view.grab()
            opened.append(time.perf_counter() - start)
            view.close()
    one, other = statistics.median(opened), statistics.median(plain)
    print(f"plain document, laid out  {other * 1000:.0f} ms")
    print(f"interview, read and shown {one * 1000:.0f} ms")
    print(f"ratio opening from the archive to plain document {one / other:.2f} (at most 3.0)")
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB")
    application.quit()


if __name__ == "__main__":
    main()
