"""Text that means to break the pages: it is set, ends, and stays on the sheet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from dossier_samples import contents, interview, transcript, turn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from page_rules import faults
from pdf_reading import characters, characters_of, drawn_pages
from random_pages import Teller, set_pages

from archive_app.domain.records import Footnote
from archive_app.domain.released import ReleasedIndexPoint
from archive_app.dossier.blocks import Block, Fragment, Item, NewPage, Pair
from archive_app.dossier.build import build_dossier
from archive_app.dossier.contents import BuiltDossier, DossierContents, Heading
from archive_app.dossier.design import Design, Paper

LONG = " ".join(["слово"] * 5_000)
HOSTILE = {
    "markup": "<b>не</b> <font color=red>&amp; </para> {\\rtf1} %PDF-1.4 endstream ) Tj ET " * 40,
    "bidi": "\u202eслово\u202c \u2066abc\u2069 שלום عالم \u061c" * 200,
    "zero-width": "сло\u200bво\u200d\u2060\ufeff" * 2_000,
    "joined": "\u2060".join("слово" for _ in range(3_000)),
    "no-break": "\u00a0".join("слово" for _ in range(3_000)),
    "one word": "щ" * 100_000,
    "one word of signs": "-/" * 20_000,
    "soft hyphens": "сло\u00adво" * 3_000,
    "combining": "а" + "\u0301" * 5_000,
    "stacked": " ".join("о" + "\u0301\u0323\u0308" * 30 for _ in range(200)),
    "only marks": "\u0301\u0308" * 2_000,
    "surrogates": "\ud800\udfff слово \ud800" * 200,
    "controls": "".join(chr(code) for code in range(32)) * 40 + "слово",
    "emoji": "😀👨\u200d👩\u200d👧🏳\ufe0f\u200d🌈 " * 300,
    "unknown": "".join(chr(code) for code in range(0x12000, 0x12200)),
    "spaces": " \t\u2003" * 30_000,
    "line breaks": "слово\n\u2028\u2029\r\n" * 2_000,
    "nothing": "",
    "one turn": LONG,
}


def build(target: Path, held: DossierContents) -> BuiltDossier:
    """Build a dossier and look whether all its characters stand on their pages."""
    built = build_dossier(target, held)
    for page in drawn_pages(target):
        for each in characters_of(page):
            assert 0 < each.x0 < each.x1 + 0.01 < page.width
            assert 0 < each.y0 < each.y1 + 0.01 < page.height
    return built


def one_turn(text: str, speaker: str = "Анна", **more: Any) -> Any:
    return interview(transcript(turn(1, speaker, text, 1_000, **more)))


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_text_is_set_within_the_sheet(name: str, tmp_path: Path) -> None:
    built = build(tmp_path / "d.pdf", contents(one_turn(HOSTILE[name])))
    assert built.pages >= 2


@pytest.mark.parametrize("name", ["bidi", "one word", "combining", "emoji", "surrogates"])
def test_hostile_text_stands_in_headings_and_on_narrow_paper_too(name: str, tmp_path: Path) -> None:
    text = HOSTILE[name][:2_000]
    held = contents(
        Heading(text, text),
        interview(
            transcript(turn(1, text, "Да.", 0, footnotes=(Footnote(1, text, ""),))),
            titles={"en": text}, abstract=text, place=text,
        ),
        title=text, subtitle=text, design=Design(paper=Paper.A5),
    )  # fmt: skip
    build(tmp_path / "d.pdf", held)


def test_titles_of_two_thousand_characters_are_set_whole(tmp_path: Path) -> None:
    title = "Очень длинное заглавие " * 90
    build(
        tmp_path / "d.pdf",
        contents(interview(transcript(turn(1, "А", "Да.")), titles={"en": title}), title=title),
    )


def test_turns_that_are_empty_are_set(tmp_path: Path) -> None:
    turns = [turn(n, "", "") for n in range(1, 120)] + [turn(120, "Анна", "")]
    assert build(tmp_path / "d.pdf", contents(interview(transcript(*turns)))).pages > 2


@pytest.mark.parametrize("step", [0, 90])
def test_three_hundred_footnotes_of_a_turn_are_all_set(step: int, tmp_path: Path) -> None:
    notes = tuple(Footnote(10 + n * step, f"Note Z{n}Z " * 6, "") for n in range(300))
    built = build(tmp_path / "d.pdf", contents(one_turn(LONG, footnotes=notes)))
    assert built.pages > 10
    text = "".join(each.get_text() for each in characters(built.path))
    assert all(f"Z{n}Z" in text for n in range(300))


def test_notes_longer_than_pages_go_on_over_pages() -> None:
    teller = Teller(1)
    items: list[Item] = [NewPage()]
    for n in range(12):
        ((text),) = teller.words(900, "note")
        key = f"k{n}"
        note = Block((Fragment(text.text, text.ink, anchors=(key,)),), teller.styles.foot)
        call = Fragment("\u00a01", teller.styles.call, link=key, notes=(note,))
        items.append(Block((*teller.words(30), call, *teller.words(30)), teller.styles.turn))
    told = set_pages(items)
    assert faults(told) == []


@pytest.mark.parametrize("count", [300, pytest.param(5_000, marks=pytest.mark.long)])
def test_contents_of_thousands_of_entries_are_set(count: int, tmp_path: Path) -> None:
    points = tuple(
        ReleasedIndexPoint(n * 100, None, f"Point {n} " + "x" * (n % 60), "Synopsis")
        for n in range(count)
    )
    turns = [turn(n, "Анна", "Слово", n * 1_000) for n in range(1, 60)]
    built = build_dossier(
        tmp_path / "d.pdf", contents(interview(transcript(*turns), index_points=points))
    )
    assert built.front_pages > count / 60


def test_glyphs_that_no_face_has_are_reported_and_others_fall_back(tmp_path: Path) -> None:
    held = contents(one_turn("Слово 漢 \U00012000 ∀ ⁂ слово"))
    built = build(tmp_path / "d.pdf", held)
    assert "\U00012000" in built.missing_glyphs
    assert "∀" not in built.missing_glyphs
    text = "".join(each.get_text() for each in characters(built.path))
    assert "\U00012000" in text


hostile_text = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(list(" \n\t\u00a0\u00ad\u200b\u202e\u0301\u0308-–—.,«»щЩwW")),
    ),
    max_size=200,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    texts=st.lists(hostile_text, min_size=1, max_size=5),
    repeat=st.integers(1, 12),
    paper=st.sampled_from(list(Paper)),
)
def test_whatever_is_typed_keeps_the_rules_of_the_page(
    texts: list[str], repeat: int, paper: Paper
) -> None:
    teller = Teller(1, paper)
    styles = teller.styles
    items: list[Item] = [NewPage("".join(texts)[:50], texts[0][:50])]
    for text in texts:
        words = (Fragment(text * repeat, styles.testimony),)
        items.append(Block((Fragment(text, styles.label),), styles.section(1)))
        items.append(Block(words, styles.turn))
        items.append(Pair((Block(words, styles.facing),), (Block(words, styles.facing),)))
    items.append(teller.turn(20))
    told = set_pages(items, paper)
    known = [fault for fault in faults(told) if "off the grid" not in fault]
    assert known == []
