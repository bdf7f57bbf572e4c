"""The first pages for looking at: soon there, the same as in the file, and stopped when asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from dossier_samples import (
    contents,
    interview,
    sample_contents,
    sample_interview,
    transcript,
    turn,
)
from pdf_reading import page_texts

from archive_app.domain.records import Audience
from archive_app.dossier import story
from archive_app.dossier.blocks import Item
from archive_app.dossier.build import build_dossier
from archive_app.dossier.contents import DossierContents
from archive_app.dossier.preview import build_preview
from archive_app.errors import Cancelled, LeakPrevented


def long_contents(interviews: int = 6) -> DossierContents:
    text = " ".join(["слово за словом"] * 40)
    return contents(
        *[
            interview(
                transcript(*[turn(n, "Анна", text, n * 30_000) for n in range(1, 25)]),
                accession=f"OH-{number}",
            )
            for number in range(interviews)
        ]
    )


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[Item]:
    """Every item that the story was asked for."""
    items: list[Item] = []
    tell = story.Story.items

    def watched(self: story.Story) -> Iterator[Item]:
        for item in tell(self):
            items.append(item)
            yield item

    monkeypatch.setattr(story.Story, "items", watched)
    return items


def test_the_first_pages_are_told_and_no_more(tmp_path: Path, told: list[Item]) -> None:
    built = build_preview(tmp_path / "p.pdf", long_contents(), first_pages=3)
    assert not built.is_whole
    texts = page_texts(tmp_path / "p.pdf")
    assert len(texts) == built.pages == 3 + 2
    assert len(told) < 60


def test_the_pages_are_those_of_the_file(tmp_path: Path) -> None:
    build_dossier(tmp_path / "d.pdf", long_contents(3))
    build_preview(tmp_path / "p.pdf", long_contents(3), first_pages=4)
    whole, begun = page_texts(tmp_path / "d.pdf"), page_texts(tmp_path / "p.pdf")
    assert begun[0] == whole[0]
    first = next(at for at, text in enumerate(whole) if text in begun[2:])
    assert begun[2:] == whole[first : first + 4]


def test_the_contents_say_that_a_page_is_not_known_yet(tmp_path: Path) -> None:
    late = tuple(replace(p, start_ms=1_700_000) for p in sample_interview().index_points)
    text = " ".join(["слово"] * 80)
    turns = [turn(n, "Анна", text, n * 30_000) for n in range(1, 60)]
    held = contents(interview(transcript(*turns), index_points=late))
    build_preview(tmp_path / "p.pdf", held, first_pages=1)
    assert "…" in page_texts(tmp_path / "p.pdf")[1]


def test_all_pages_are_those_of_the_file_byte_for_byte(tmp_path: Path) -> None:
    built = build_preview(tmp_path / "p.pdf", sample_contents(), first_pages=None)
    build_dossier(tmp_path / "d.pdf", sample_contents())
    assert built.is_whole
    assert (tmp_path / "p.pdf").read_bytes() == (tmp_path / "d.pdf").read_bytes()


def test_a_body_shorter_than_was_asked_for_is_whole(tmp_path: Path) -> None:
    built = build_preview(tmp_path / "p.pdf", sample_contents(), first_pages=500)
    assert built.is_whole
    assert len(page_texts(tmp_path / "p.pdf")) == built.pages


def test_nothing_leads_out_of_the_pages_that_are_there(tmp_path: Path) -> None:
    import pikepdf

    build_preview(tmp_path / "p.pdf", long_contents(), first_pages=2)
    with pikepdf.open(tmp_path / "p.pdf") as pdf:
        assert not any(len(page.get("/Annots", [])) for page in pdf.pages)  # pyright: ignore


def test_a_preview_stops_when_asked_and_leaves_what_was_there(tmp_path: Path) -> None:
    class Impatient:
        def report(self, done: int, total: int, what: str = "") -> None:
            raise Cancelled("Stopped.")

    target = tmp_path / "p.pdf"
    target.write_bytes(b"older")
    with pytest.raises(Cancelled):
        build_preview(target, long_contents(), first_pages=3, progress=Impatient())
    assert target.read_bytes() == b"older"


@pytest.mark.parametrize("after", [1, 2, 5, 9])
def test_building_can_be_stopped_at_every_stage(tmp_path: Path, after: int) -> None:
    class Patient:
        left = after

        def report(self, done: int, total: int, what: str = "") -> None:
            self.left -= 1
            if not self.left:
                raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        build_dossier(tmp_path / "d.pdf", long_contents(1), progress=Patient())
    assert list(tmp_path.iterdir()) == []


def test_what_was_released_for_others_is_not_shown(tmp_path: Path) -> None:
    held = long_contents(1)
    closed = interview(transcript(turn(1, "Анна", "Слово")), audience=Audience.STAFF)
    with pytest.raises(LeakPrevented):
        build_preview(tmp_path / "p.pdf", replace(held, interviews=contents(closed).interviews))
