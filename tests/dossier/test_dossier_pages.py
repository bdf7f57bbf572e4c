"""How the pages are made up: numbers, heads, contents, index, links, footnotes, fonts."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from dossier_samples import contents, interview, sample_contents, sample_interview, transcript, turn
from pdf_reading import (
    characters,
    characters_of,
    drawn_pages,
    links,
    outline,
    page_labels,
    page_number,
    page_texts,
    text_of,
    words,
)

from archive_app.domain.records import Footnote, Layer, Role
from archive_app.domain.released import (
    ReleasedIndexPoint,
    ReleasedPerson,
    ReleasedTagging,
    Withholding,
)
from archive_app.dossier.build import build_dossier
from archive_app.dossier.contents import (
    Excerpts,
    Heading,
    Passage,
    Wanted,
    WholeInterview,
)
from archive_app.dossier.design import Design, Paper


def many_turns(count: int, length: int = 60) -> list[Any]:
    text = " ".join(["слово"] * length)
    return [turn(n, "Анна", f"T{n} {text}", n * 10_000) for n in range(1, count + 1)]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("sample") / "d.pdf"
    build_dossier(target, sample_contents())
    return target


def test_every_font_is_embedded_and_a_part_only(sample: Path) -> None:
    seen: set[str] = set()
    with pikepdf.open(sample) as pdf:
        for page in pdf.pages:
            for font in page.resources["/Font"].values():  # pyright: ignore[reportAttributeAccessIssue]
                seen.add(str(font["/BaseFont"]))
                assert "/FontFile2" in font["/FontDescriptor"]
                assert "/ToUnicode" in font
    assert seen
    assert all(name[7] == "+" for name in seen)
    assert b"Helvetica" not in sample.read_bytes()


def test_the_file_says_what_it_is(sample: Path) -> None:
    with pikepdf.open(sample) as pdf:
        assert str(pdf.docinfo["/Title"]) == "The First Winter"
        assert str(pdf.docinfo["/Author"]) == "Selected by M. Ivanović"
        assert "selection" in str(pdf.docinfo["/Subject"])
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20260301")
        assert str(pdf.Root["/Lang"]) == "en"


def test_front_pages_have_roman_numbers_and_the_body_begins_with_one(sample: Path) -> None:
    with pikepdf.open(sample) as pdf:
        labels = page_labels(pdf)
    front = labels.index("1")
    assert front % 2 == 0
    assert labels[:3] == ["i", "ii", "iii"]
    assert labels[front:] == [str(n) for n in range(1, len(labels) - front + 1)]
    texts = page_texts(sample)
    assert "Contents" in texts[2]
    assert "iii" in texts[2].split()
    assert texts[front + 2].split()[-1] == "3" or "3" in texts[front + 2].split()


def test_cover_and_front_pages_have_no_running_head(sample: Path) -> None:
    texts = page_texts(sample)
    assert "The First Winter" in texts[0]
    assert "i" not in texts[0].split()
    assert "OH-2022-014" not in texts[0]
    assert "Interview with Anna Sokolova" in texts[6]
    assert "OH-2022-014" in texts[6]


def test_contents_lead_to_the_pages_they_name(sample: Path) -> None:
    with pikepdf.open(sample) as pdf:
        labels = page_labels(pdf)
        targets = {labels[page_number(pdf, link["/Dest"])] for link in links(pdf, 2)}
        texts = page_texts(sample)
        numbers = {word for word in texts[2].split() if word.isdigit()}
        assert targets == numbers
        for link in links(pdf, 2)[:2]:
            assert "Those who came" in texts[page_number(pdf, link["/Dest"])]


def test_bookmarks_follow_parts_interviews_and_transcripts(sample: Path) -> None:
    with pikepdf.open(sample) as pdf:
        found = outline(pdf)
    assert [(level, title) for level, title, _ in found] == [
        (0, "The First Winter"),
        (0, "About this dossier"),
        (0, "Contents"),
        (0, "The interviews"),
        (0, "How this dossier was made"),
        (0, "Those who came"),
        (1, "Interview with Anna Sokolova"),
        (2, "Transcript, Russian"),
        (2, "Translation, English"),
        (0, "Those who were there"),
        (1, "Interview with Đorđe Ljubić"),
        (2, "Transcript, Serbian (Cyrillic)"),
        (0, "Index"),
    ]
    texts = page_texts(sample)
    assert all(title in texts[page] for _, title, page in found)


def test_the_index_names_the_pages_a_tag_reaches_over(tmp_path: Path) -> None:
    turns = many_turns(40, 120)
    names = {"en": "Bread"}
    tagging = ReleasedTagging("g", names, ("Bread",), "", 5, 0, 30, 10, "")
    lone = ReleasedTagging("h", {"en": "Salt"}, ("Salt",), "", 20, 3, 20, 9, "")
    target = tmp_path / "d.pdf"
    build_dossier(target, contents(interview(transcript(*turns, taggings=(tagging, lone)))))
    texts = page_texts(target)

    def page_of(mark: str) -> str:
        (held,) = [number for number, text in enumerate(texts) if mark in text.split()]
        return str(held - 3)

    index = texts[-2]
    assert f"Bread, {page_of('T5')}–{page_of('T30')}" in index
    assert f"Salt, {page_of('T20')}" in index


def test_the_index_is_in_the_alphabets_order(tmp_path: Path) -> None:
    people = tuple(
        ReleasedPerson(name, name, Role.INTERVIEWEE) for name in ("Žarko", "Ćira", "Zora", "Cane")
    )
    target = tmp_path / "d.pdf"
    held = interview(transcript(turn(1, "A", "x", 0)), people=people)
    build_dossier(target, contents(held, language="sr-Latn"))
    index = page_texts(target)[-2]
    found = [word for word in index.replace(",", " ").split() if word in {p.name for p in people}]
    assert found == ["Cane", "Ćira", "Zora", "Žarko"]


def test_every_turn_has_its_timecode_in_the_outer_margin(tmp_path: Path) -> None:
    target = tmp_path / "d.pdf"
    build_dossier(
        target, contents(interview(transcript(*many_turns(30))), design=Design(has_index=False))
    )
    with pikepdf.open(target) as pdf:
        labels = page_labels(pdf)
    texts = page_texts(target)
    for n in range(1, 31):
        assert f"0:{n * 10 // 60:02d}:{n * 10 % 60:02d}" in "\n".join(texts)
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LTTextContainer

    for label, page in zip(labels, extract_pages(str(target)), strict=True):
        times = [
            box
            for box in page
            if isinstance(box, LTTextContainer) and box.get_text().strip().startswith("0:0")
        ]
        if label.isdigit():
            for box in times:
                assert (box.x0 > 470) if int(label) % 2 else (box.x1 < 125)


def test_footnotes_stand_at_the_foot_of_the_page_that_calls_them(tmp_path: Path) -> None:
    turns = many_turns(40)
    noted = [
        turn(t.n, "Анна", t.text, t.start_ms, footnotes=(Footnote(len(t.text), f"note{t.n}"),))
        for t in turns
    ]
    target = tmp_path / "d.pdf"
    build_dossier(target, contents(interview(transcript(*noted)), design=Design(has_index=False)))
    texts = page_texts(target)
    for n in range(1, 41):
        (note_page,) = [at for at, text in enumerate(texts) if f"note{n}" in text.split()]
        pages = [at for at, text in enumerate(texts) if str(n) in text.split()]
        assert note_page in pages


def test_a_footnote_longer_than_a_page_goes_on_below(tmp_path: Path) -> None:
    long = " ".join(f"n{k}" for k in range(3_000))
    noted = turn(1, "A", "one two", 0, footnotes=(Footnote(3, long), Footnote(3, "second")))
    target = tmp_path / "d.pdf"
    build_dossier(target, contents(interview(transcript(noted, *many_turns(20)))))
    found = words(text_of(target))
    assert set(long.split()) <= set(found)
    assert "second" in found
    lowest = min(c.y0 for c in characters(target))
    assert lowest > 40


def test_footnotes_and_their_calls_lead_to_each_other(tmp_path: Path) -> None:
    noted = turn(1, "A", "one two", 0, footnotes=(Footnote(3, "see"),))
    target = tmp_path / "d.pdf"
    build_dossier(target, contents(interview(transcript(noted)), design=Design(has_index=False)))
    with pikepdf.open(target) as pdf:
        page = len(pdf.pages) - 2
        call, back = (link for link in links(pdf, page) if "/Dest" in link)
        assert float(call["/Dest"][3]) < float(call["/Rect"][1])
        assert float(back["/Dest"][3]) > float(back["/Rect"][3])


def test_no_line_is_left_alone_at_the_foot_or_the_head_of_a_page(tmp_path: Path) -> None:
    for extra in range(12):
        filler = [turn(n, "A", "x", n) for n in range(1, 15 + extra)]
        text = " ".join(f"w{k}" for k in range(70))
        target = tmp_path / f"{extra}.pdf"
        held = transcript(*filler, turn(99, "B", text, 5))
        build_dossier(target, contents(interview(held), design=Design(has_index=False)))
        lines = _lines_with(target, "w")
        assert all(count != 1 for count in lines), lines


def _lines_with(target: Path, mark: str) -> list[int]:
    counts: list[int] = []
    for page in drawn_pages(target):
        lines: dict[float, str] = defaultdict(str)
        for each in characters_of(page):
            lines[round(each.matrix[5], 1)] += each.get_text()
        held = [
            line
            for line in lines.values()
            if sum(w.startswith(mark) and w[1:].isdigit() for w in line.split()) > 1
        ]
        if held:
            counts.append(len(held))
    return counts


@pytest.mark.parametrize(
    ("paper", "size"),
    [(Paper.A4, (595.276, 841.89)), (Paper.LETTER, (612, 792)), (Paper.A5, (419.528, 595.276))],
)
def test_every_paper_holds_all_its_text(
    tmp_path: Path, paper: Paper, size: tuple[float, float]
) -> None:
    target = tmp_path / "d.pdf"
    build_dossier(target, sample_contents(design=Design(paper=paper)))
    with pikepdf.open(target) as pdf:
        box = [float(side) for side in pdf.pages[0].mediabox]
    assert box[2:] == pytest.approx(size, abs=0.01)
    for found in characters(target):
        assert found.x0 >= 8
        assert found.x1 <= size[0] - 8
        assert 16 <= found.y0 <= found.y1 <= size[1] - 16


def test_what_is_withheld_is_said_and_no_more(tmp_path: Path) -> None:
    held = interview(withheld=(Withholding(Layer.TRANSCRIPT, until=date(2050, 1, 2)),))
    target = tmp_path / "d.pdf"
    build_dossier(target, contents(held))
    text = text_of(target)
    assert "until 2 January 2050" in text
    assert "[END OF INTERVIEW]" in text


def test_segments_without_a_transcript_lead_to_their_own_line(tmp_path: Path) -> None:
    points = (ReleasedIndexPoint(5_000, None, "Zagreb years", "What happened there."),)
    target = tmp_path / "d.pdf"
    build_dossier(target, contents(interview(index_points=points)))
    with pikepdf.open(target) as pdf:
        texts = page_texts(target)
        led_to = [texts[page_number(pdf, link["/Dest"])] for link in links(pdf, 2)]
        assert sum("Zagreb years" in text for text in led_to) == 4


def test_a_choice_of_transcripts_is_kept(tmp_path: Path) -> None:
    held = sample_interview(rounds=1)
    target = tmp_path / "d.pdf"
    build_dossier(target, contents(WholeInterview(held, Wanted.TRANSLATION)))
    text = text_of(target)
    assert "Nobody knew" in text
    assert "надолго" not in text
    build_dossier(target, contents(WholeInterview(held, transcripts=("t-1",))))
    text = text_of(target)
    assert "Nobody knew" not in text
    assert "надолго" in text


def test_excerpts_show_their_turns_and_no_others(tmp_path: Path) -> None:
    held = interview(transcript(*many_turns(20)))
    target = tmp_path / "d.pdf"
    passages = (Passage("t-1", 3, 4, "First", "My comment."), Passage("t-1", 9, 9))
    build_dossier(target, contents(Heading("Part"), Excerpts(held, passages)))
    found = words(text_of(target))
    shown = [word for word in found if word[0] == "T" and word[1:].isdigit()]
    assert shown == ["T3", "T4", "T9"]
    assert "comment." in found
    assert "[END OF EXCERPTS]" in text_of(target)


def test_a_dossier_of_nothing_is_still_a_dossier(tmp_path: Path) -> None:
    target = tmp_path / "d.pdf"
    built = build_dossier(target, contents())
    with pikepdf.open(target) as pdf:
        assert len(pdf.pages) == built.pages


def test_hundreds_of_interviews_have_contents_of_several_pages(tmp_path: Path) -> None:
    held = [interview(transcript(turn(1, "A", "x", 0)), accession=f"OH-{n}") for n in range(150)]
    target = tmp_path / "d.pdf"
    built = build_dossier(target, contents(*held))
    assert built.front_pages > 6
    with pikepdf.open(target) as pdf:
        labels = page_labels(pdf)
        for page in range(2, built.front_pages):
            for link in links(pdf, page):
                if "/Dest" in link:
                    assert labels[page_number(pdf, link["/Dest"])].isdigit()
