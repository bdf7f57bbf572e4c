"""How long a dossier takes against bare ReportLab paragraphs of the same text, and its memory.

Run it from the project's root: ``python tests/bench/bench_dossier.py [turns]``.
Each side runs in a process of its own, so that peaks of memory do not mix, and
the better of three runs counts. It fails if the dossier takes more than 1.8
times as long.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

BAR = 1.8
SPOKEN = """
мы приехали в Белград осенью и первое время жили у знакомых на Врачаре никто не понимал
надолго ли это потом стало легче сын пошёл школу учительница посадила его рядом с девочкой
људи су долазили одлазили причали о свему našoj zgradi živelo pet porodica đaci šuma
nobody knew whether it was for month year good papers that story its own people queued
"""
WORDS = SPOKEN.split()


def texts(turns: int) -> list[str]:
    """Return turns of 20 to 220 words in three languages, always the same."""
    chance = random.Random(7)
    made: list[str] = []
    for _ in range(turns):
        words = [
            chance.choice(WORDS) + chance.choice(("", "", "", "", "ми", "ом", ",", "."))
            for _ in range(chance.randint(20, 220))
        ]
        made.append(" ".join(words) + ".")
    return made


def bare(target: Path, turns: int) -> int:
    """Write the text as plain ReportLab paragraphs; return the pages."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate

    font = ROOT / "resources" / "fonts" / "CharisSIL-Regular.ttf"
    pdfmetrics.registerFont(TTFont("Bare", str(font)))
    style = ParagraphStyle("turn", fontName="Bare", fontSize=10.8, leading=15.3, spaceAfter=5)
    story: list[Flowable] = [
        Paragraph(f"Анна Соколова: {escape(text)}", style) for text in texts(turns)
    ]
    document = SimpleDocTemplate(
        str(target), pagesize=A4, leftMargin=92, rightMargin=116, topMargin=86, bottomMargin=86
    )
    document.build(story)
    return document.page


def dossier(target: Path, turns: int) -> int:
    """Write the text as a dossier of one interview; return the pages."""
    from archive_app.domain.records import Audience, Role, TranscriptKind
    from archive_app.domain.released import (
        ReleasedInterview,
        ReleasedPerson,
        ReleasedTranscript,
        ReleasedTurn,
    )
    from archive_app.dossier.build import build_dossier
    from archive_app.dossier.contents import DossierContents, WholeInterview

    made = tuple(
        ReleasedTurn(n, n, "Анна Соколова", n * 30_000, n * 30_000 + 29_000, text)
        for n, text in enumerate(texts(turns), start=1)
    )
    interview = ReleasedInterview(
        audience=Audience.PUBLIC, on=date(2026, 3, 1), interview_id=1, uuid="u", accession="OH-1",
        titles={"en": "Bench"}, collections=("Archive",), languages=("ru",), date="2022",
        people=(ReleasedPerson("Анна Соколова", "Соколова, Анна", Role.INTERVIEWEE),),
        transcripts=(ReleasedTranscript(1, "t", "ru", TranscriptKind.VERBATIM, made),),
    )  # fmt: skip
    contents = DossierContents(
        "Bench", Audience.PUBLIC, date(2026, 3, 1), (WholeInterview(interview),)
    )
    return build_dossier(target, contents).pages


def one(which: str, turns: int) -> None:
    """Run one side and print seconds, pages and peak memory."""
    import resource

    with TemporaryDirectory() as folder:
        start = time.perf_counter()
        pages = {"bare": bare, "dossier": dossier}[which](Path(folder) / "out.pdf", turns)
        seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(seconds, pages, peak)


def measure(which: str, turns: int) -> tuple[float, int, float]:
    """Return seconds, pages and megabytes of one side in a process of its own."""
    command = [sys.executable, __file__, "--one", which, str(turns)]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return float(printed[0]), int(printed[1]), float(printed[2])


def main() -> int:
    """Measure both sides and print the ratio."""
    turns = int(sys.argv[1]) if len(sys.argv) > 1 else 1_500
    runs = {which: [measure(which, turns) for _ in range(3)] for which in ("bare", "dossier")}
    best = {which: min(each) for which, each in runs.items()}
    for which, (seconds, pages, peak) in best.items():
        rate = pages / seconds
        print(
            f"{which:8} {seconds:6.2f} s  {pages:5} pages  {rate:4.0f} pages/s  {peak:5.0f} MB peak"
        )
    ratio = best["dossier"][0] / best["bare"][0]
    print(f"ratio {ratio:.2f} (bar: {BAR})")
    return 0 if ratio <= BAR else 1


if __name__ == "__main__":
    if len(sys.argv) == 4 and sys.argv[1] == "--one":
        one(sys.argv[2], int(sys.argv[3]))
    else:
        sys.exit(main())
