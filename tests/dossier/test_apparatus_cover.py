"""The cover is one page on every paper, whatever it has to say, and the pages after it fit."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from apparatus_pages import pages_of
from dossier_samples import contents, interview, sample_contents
from pdf_reading import characters, text_of
from PIL import Image

from archive_app.domain.records import Role
from archive_app.domain.released import ReleasedInterview, ReleasedPerson
from archive_app.dossier.blocks import Block
from archive_app.dossier.build import build_dossier
from archive_app.dossier.contents import Picture
from archive_app.dossier.cover import cover_items
from archive_app.dossier.design import Design, Family, Paper
from archive_app.dossier.sheets import sheet_for
from archive_app.dossier.styles import Styles

LONG = "Воспоминания о первой зиме в Белграде и о том, что было потом, "
SIZES = {Paper.A4: (595.3, 841.9), Paper.LETTER: (612, 792), Paper.A5: (419.5, 595.3)}


def picture(width: int = 900, height: int = 600) -> Picture:
    kept = io.BytesIO()
    Image.new("RGB", (width, height), (90, 120, 160)).save(kept, "JPEG")
    return Picture(kept.getvalue(), "A street in winter. " * 4, "A street")


def crowd(count: int) -> list[ReleasedInterview]:
    return [
        interview(
            accession=f"OH-{n}",
            people=(
                ReleasedPerson(f"Александра Константиновна {n}", "", Role.INTERVIEWEE),
                ReleasedPerson(f"Interviewer Number {n}", "", Role.INTERVIEWER),
            ),
            place=f"Small town number {n}",
            rights_holder=f"The heirs of somebody, {n}",
            collections=("Memory Archive", f"Series {n}"),
        )
        for n in range(count)
    ]


def _only_cover(target: Path) -> tuple[str, str]:
    texts = [" ".join(word.text for word in words) for words in pages_of(target).values()]
    return texts[0], texts[1]


@pytest.mark.parametrize("has_picture", [False, True])
@pytest.mark.parametrize("paper", list(Paper))
def test_a_title_of_three_hundred_characters_keeps_to_its_page(
    tmp_path: Path, paper: Paper, has_picture: bool
) -> None:
    target = tmp_path / "d.pdf"
    held = contents(
        *crowd(40),
        title=(LONG * 6)[:300],
        subtitle=(LONG * 4)[:200],
        author="Selected and introduced by somebody with a long name, with others",
        cover=picture() if has_picture else None,
        design=Design(paper=paper),
    )
    build_dossier(target, held)
    cover, second = _only_cover(target)
    assert held.title.split()[-1] in cover
    assert "© 2026" in cover
    assert "About this dossier" in second
    width, height = SIZES[paper]
    for found in characters(target):
        assert 8 <= found.x0 <= found.x1 <= width - 8
        assert 16 <= found.y0 <= found.y1 <= height - 16


@pytest.mark.parametrize("family", list(Family))
@pytest.mark.parametrize("paper", list(Paper))
def test_the_cover_of_the_sample_is_one_page_in_every_family(
    tmp_path: Path, paper: Paper, family: Family
) -> None:
    target = tmp_path / "d.pdf"
    build_dossier(
        target,
        sample_contents(cover=picture(600, 900), design=Design(paper=paper, family=family)),
    )
    cover, second = _only_cover(target)
    assert "1 March 2026" in cover
    assert "About this dossier" in second


def test_narrators_beyond_the_first_are_counted(tmp_path: Path) -> None:
    target = tmp_path / "d.pdf"
    build_dossier(target, contents(*crowd(40)))
    cover, _ = _only_cover(target)
    assert "and 32 others" in cover


def test_a_single_interviews_cover_bears_its_number(tmp_path: Path) -> None:
    target = tmp_path / "d.pdf"
    build_dossier(target, contents(interview(accession="OH-77")))
    assert "Accession number OH-77" in _only_cover(target)[0]


def test_the_picture_keeps_its_proportions_and_says_what_it_shows() -> None:
    held = sample_contents(cover=picture(900, 300), design=Design(paper=Paper.A5))
    sheet = sheet_for(Paper.A5)
    blocks = [b for b in cover_items(held, Styles(sheet.text)) if isinstance(b, Block)]
    (image,) = [block.image for block in blocks if block.image is not None]
    assert image.width / image.height == pytest.approx(3, rel=0.01)
    assert image.width <= sheet.measure
    assert image.alt == "A street"


def test_a_picture_that_cannot_be_read_is_left_out(tmp_path: Path) -> None:
    target = tmp_path / "d.pdf"
    build_dossier(target, sample_contents(cover=Picture(b"no picture", "Caption")))
    assert "The First Winter" in text_of(target, [0])
