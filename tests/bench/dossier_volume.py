"""One volume of testimony, set by four programs: ours, and those it is measured against.

Each way takes the same turns, the same type, paper and margins, gives justified and
hyphenated paragraphs with a speaker, a page number and a running head, and where it can
tagged PDF/A. It is run as ``python tests/bench/dossier_volume.py WAY TURNS``, prints
seconds, pages and peak memory in MB, and leaves nothing behind.
"""

from __future__ import annotations

import random
import sys
import time
from datetime import date
from html import escape
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape as escape_xml

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

FONTS = ROOT / "resources" / "fonts"
SPEAKER = "Анна Соколова"
LEFT, RIGHT, TOP, SIZE, LEADING = 92.0, 122.0, 92.0, 10.8, 15.3
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

    pdfmetrics.registerFont(TTFont("Bare", str(FONTS / "CharisSIL-Regular.ttf")))
    style = ParagraphStyle(
        "turn", fontName="Bare", fontSize=SIZE, leading=LEADING, spaceAfter=SIZE / 2
    )
    story: list[Flowable] = [
        Paragraph(f"{SPEAKER}: {escape_xml(text)}", style) for text in texts(turns)
    ]
    document = SimpleDocTemplate(
        str(target), pagesize=A4, leftMargin=LEFT, rightMargin=RIGHT, topMargin=TOP,
        bottomMargin=TOP,
    )  # fmt: skip
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
        ReleasedTurn(n, n, SPEAKER, n * 30_000, n * 30_000 + 29_000, text)
        for n, text in enumerate(texts(turns), start=1)
    )
    interview = ReleasedInterview(
        audience=Audience.PUBLIC, on=date(2026, 3, 1), interview_id=1, uuid="u", accession="OH-1",
        titles={"en": "Bench"}, collections=("Archive",), languages=("ru",), date="2022",
        people=(ReleasedPerson(SPEAKER, "Соколова, Анна", Role.INTERVIEWEE),),
        transcripts=(ReleasedTranscript(1, "t", "ru", TranscriptKind.VERBATIM, made),),
    )  # fmt: skip
    contents = DossierContents(
        "Bench", Audience.PUBLIC, date(2026, 3, 1), (WholeInterview(interview),)
    )
    return build_dossier(target, contents).pages


def typst(target: Path, turns: int) -> int:
    """Set the text with Typst; return the pages."""
    import pikepdf

    def spoken(text: str) -> str:
        return text.replace("\\", "\\\\").replace('"', '\\"')

    lines = [
        (
            f'#set page(paper: "a4", margin: (inside: {LEFT}pt, outside: {RIGHT}pt, y: {TOP}pt),'
            ' numbering: "1", header: [Bench #h(1fr) OH-1])'
        ),
        f'#set text(font: "Charis SIL", size: {SIZE}pt, lang: "ru", hyphenate: true)',
        # Typst counts the leading from one line's baseline to the next one's capitals.
        "#set par(justify: true, leading: 8pt, spacing: 13.4pt, hanging-indent: 1.5em)",
        '#set document(title: "Bench", date: datetime(year: 2026, month: 3, day: 1))',
        "= Bench",
    ]
    lines += [f'#par[#smallcaps[{SPEAKER}]: #"{spoken(text)}"]' for text in texts(turns)]
    # Fetched by name: these two are no packages of the program, nor of its checks.
    data = import_module("typst").compile(
        "\n\n".join(lines).encode(), font_paths=[str(FONTS)], ignore_system_fonts=True,
        format="pdf", pdf_standards=["a-2a"],
    )  # fmt: skip
    assert isinstance(data, bytes)
    target.write_bytes(data)
    with pikepdf.open(target) as pdf:
        return len(pdf.pages)


def weasyprint(target: Path, turns: int) -> int:
    """Set the text with WeasyPrint; return the pages."""
    style = (
        f"@page {{size: A4; margin: {TOP}pt {RIGHT}pt {TOP}pt {LEFT}pt;"
        " @bottom-center {content: counter(page)} @top-left {content: 'Bench'}}"
        f"@font-face {{font-family: C; src: url('file://{FONTS / 'CharisSIL-Regular.ttf'}')}}"
        f"p {{font: {SIZE}pt/{LEADING}pt C; text-align: justify; hyphens: auto; widows: 2;"
        f" orphans: 2; margin: 0 0 {SIZE / 2}pt 0; padding-left: 1.5em; text-indent: -1.5em}}"
    )
    body = "".join(f"<p>{SPEAKER}: {escape(text)}</p>" for text in texts(turns))
    page = (
        f"<html lang=ru><head><title>Bench</title><style>{style}</style></head>"
        f"<body><h1>Bench</h1>{body}</body></html>"
    )
    document = import_module("weasyprint").HTML(string=page).render()
    document.write_pdf(target, pdf_variant="pdf/ua-1")
    return len(document.pages)


WAYS = {
    "bare": bare,
    "dossier": dossier,
    "typst": typst,
    "weasyprint": weasyprint,
}


def main(way: str, turns: int) -> None:
    """Set the volume one way and print seconds, pages and peak memory."""
    import resource

    with TemporaryDirectory() as folder:
        start = time.perf_counter()
        pages = WAYS[way](Path(folder) / "out.pdf", turns)
        seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(seconds, pages, peak)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
