"""Where pages end: no line, heading, speaker or label stands alone, and lines keep to the grid."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from page_rules import faults, parted_words, shortness
from random_pages import Teller, Told, set_pages

from archive_app.dossier.blocks import (
    Block,
    Close,
    Fragment,
    Image,
    Item,
    NewPage,
    Open,
    Pair,
)
from archive_app.dossier.design import Paper
from archive_app.dossier.page_model import Stand


def pages_of(block: Block, told: Told) -> list[int]:
    return [s.page for p in told.model.pages for s in p.text if s.source is block]


def stands_of(block: Block, told: Told) -> list[Stand]:
    return [s for page in told.model.pages for s in page.text if s.source is block]


def filler(teller: Teller, told_lines: int) -> list[Block]:
    """One-line paragraphs that leave a page with so many lines less."""
    return [Block((Fragment("word", teller.styles.testimony),), bare(teller))] * told_lines


def bare(teller: Teller):
    return replace(teller.styles.turn, before=0.0, after=0.0, align="left")


def lines_of_a_page(paper: Paper = Paper.A4) -> int:
    told = set_pages([NewPage(), *filler(Teller(1, paper), 100)], paper)
    return len(told.model.pages[0].text)


@pytest.mark.parametrize("paper", list(Paper))
def test_random_pages_keep_every_rule(paper: Paper) -> None:
    told = set_pages(Teller(11, paper, has_counts=True).items(30), paper)
    assert len(told.model.pages) >= 15
    assert faults(told) == []


@pytest.mark.long
@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("paper", list(Paper))
def test_hundreds_of_random_pages_keep_every_rule(paper: Paper, seed: int) -> None:
    told = set_pages(Teller(100 + seed, paper, has_counts=seed % 2 == 0).items(60), paper)
    assert len(told.model.pages) >= 28
    assert faults(told) == []
    assert parted_words(told) <= 2


@pytest.mark.long
def test_most_pages_that_a_turn_runs_over_are_full_or_one_line_short() -> None:
    full: list[float] = []
    for seed in range(6):
        full += shortness(set_pages(Teller(seed).items(50)))
    assert len(full) > 30
    assert sum(short <= 1 for short in full) >= 0.8 * len(full)


@pytest.mark.parametrize("left", range(5))
@pytest.mark.parametrize("count", range(1, 7))
def test_no_line_of_a_paragraph_stands_alone_at_any_place(count: int, left: int) -> None:
    teller = Teller(3)
    depth = lines_of_a_page()
    words = " ".join(["8" * 45] * count)  # Two of these go on no line.
    text = Block((Fragment(words, teller.styles.testimony),), bare(teller))
    told = set_pages([NewPage(), *filler(teller, depth - left), text, *filler(teller, 3)])
    assert faults(told) == []
    assert len(pages_of(text, told)) == count


@pytest.mark.parametrize("left", range(6))
def test_headings_stand_with_two_lines_of_what_follows(left: int) -> None:
    teller = Teller(3)
    headings = [replace(h, image=None) for h in teller.headings()]
    turn = teller.turn(80)
    told = set_pages(
        [NewPage(), *filler(teller, lines_of_a_page() - left), *headings, turn, *filler(teller, 3)]
    )
    assert faults(told) == []
    last = pages_of(headings[-1], told)[-1]
    assert pages_of(turn, told).count(last) >= 2


@pytest.mark.parametrize("left", range(6))
def test_a_heading_and_a_short_question_stand_with_the_answer(left: int) -> None:
    teller = Teller(3)
    heading = Block((Fragment("Papers", teller.styles.label),), teller.styles.section(2))
    question = Block((Fragment("And then?", teller.styles.testimony),), teller.styles.turn)
    answer = teller.turn(80)
    top = [NewPage(), *filler(teller, lines_of_a_page() - left)]
    told = set_pages([*top, heading, question, answer, *filler(teller, 3)])
    assert faults(told) == []
    assert pages_of(heading, told) == pages_of(question, told)
    assert pages_of(answer, told).count(pages_of(heading, told)[0]) >= 2


def test_headings_without_end_are_parted_rather_than_lost() -> None:
    teller = Teller(3)
    heading = teller.styles.heading(1, before=1, after=1)
    blocks = [Block((Fragment(f"H{n}", teller.styles.label),), heading) for n in range(300)]
    told = set_pages([NewPage(), *blocks])
    assert len([s for p in told.model.pages for s in p.text]) == 300
    assert all(page.used <= page.depth + 0.01 for page in told.model.pages)


def test_both_columns_begin_level_and_go_on_side_by_side() -> None:
    teller = Teller(5, Paper.A5)
    style = teller.styles.facing
    pairs = [
        Pair((teller.turn(left, style),), (teller.turn(right, style),))
        for left, right in ((30, 60), (600, 500), (4, 9), (20, 300), (300, 20))
    ]
    told = set_pages([NewPage(), *pairs], Paper.A5)
    assert faults(told) == []
    left, right = pairs[1].left[0], pairs[1].right[0]
    both = set(pages_of(left, told)) & set(pages_of(right, told))
    assert len(both) >= 2
    for page in both:
        tops = [min(s.depth for s in stands_of(b, told) if s.page == page) for b in (left, right)]
        assert tops[0] == pytest.approx(tops[1])


def test_a_page_of_two_columns_is_not_left_empty_for_the_sake_of_a_hyphen() -> None:
    teller = Teller(5, Paper.A5)
    style = teller.styles.facing
    # Six lines, of which all but the first and the last two end in a hyphen.
    text = (
        "Сначала ли — Сын искали девочкой, помню жили месяц, квартиры. школу сербский — на Мы"
        " «хвала», понимал, двери, учительница, или знакомых"
    )
    words = Fragment(text, teller.styles.testimony)
    pair = Pair(*((Block((words,), style, lang="ru"),) for _ in range(2)))
    above = filler(teller, lines_of_a_page(Paper.A5) - 6)
    told = set_pages([NewPage(), *above, pair], Paper.A5)
    assert faults(told) == []
    assert {1, 2} == set(pages_of(pair.left[0], told))


def test_several_blocks_of_a_side_stand_below_each_other() -> None:
    teller = Teller(5)
    style = teller.styles.facing
    left, right = [teller.turn(12, style) for _ in range(3)], [teller.turn(40, style)]
    told = set_pages([NewPage(), Pair(tuple(left), tuple(right)), teller.turn(9)])
    assert faults(told) == []
    tops = [stands_of(block, told)[0].depth for block in left]
    assert tops == sorted(tops)
    assert len(told.model.pages) == 1


def test_a_pair_of_nothing_or_of_one_side_is_set() -> None:
    teller = Teller(5)
    lone = teller.turn(30, teller.styles.facing)
    told = set_pages([NewPage(), Pair((), ()), Pair((lone,), ()), Pair((), ()), Pair((), (lone,))])
    assert len(stands_of(lone, told)) > 2


@pytest.mark.parametrize("words", [12, 45, 140])
def test_all_gaps_of_a_page_are_alike(words: int) -> None:
    teller = Teller(8)
    turns = [Block(teller.words(words), teller.styles.turn) for _ in range(150)]
    told = set_pages([NewPage(), *turns])
    assert faults(told) == []
    for page in told.model.pages:
        steps = {
            round(below.depth - above.depth, 2)
            for above, below in pairwise(page.text)
            if above.block != below.block
        }
        assert len(steps) <= 1, page.number


def test_a_page_ends_two_lines_and_a_gap_early_at_most() -> None:
    teller = Teller(8)
    turns = [Block(teller.words(45), teller.styles.turn) for _ in range(150)]
    told = set_pages([NewPage(), *turns])
    full = [page for page in told.model.pages[:-1] if not page.foot]
    assert len(full) > 5
    grid = teller.styles.grid
    # A paragraph of three lines is not parted: with its gap it may leave two and a half.
    assert all(page.depth - page.used < 2.6 * grid for page in full)


@pytest.mark.parametrize("left", range(1, 12))
def test_an_end_mark_stands_on_the_page_of_the_columns_above_it(left: int) -> None:
    teller = Teller(5)
    style = replace(teller.styles.facing, keeps_last=True)
    words = (Fragment(" ".join(["слово"] * 20), teller.styles.testimony),)
    pair = Pair((Block(words, style),), (Block(words, style),))
    mark = Block((Fragment("[END]", teller.styles.apparatus),), teller.styles.centred(1, before=1))
    told = set_pages([NewPage(), *filler(teller, lines_of_a_page() - left), pair, mark])
    assert faults(told) == []
    assert pages_of(mark, told)[0] == pages_of(pair.left[0], told)[-1]


@pytest.mark.parametrize("frame", ["box", "rules", "kept"])
def test_a_frame_stands_whole_on_one_page(frame: str) -> None:
    teller = Teller(9)
    cards = [[teller.turn(25), teller.turn(25)] for _ in range(25)]
    items: list[Item] = [NewPage()]
    for card in cards:
        items += [Open("Div", frame=frame), *card, Close()]
    told = set_pages(items)
    assert faults(told) == []
    assert 3 <= len(told.model.pages) < 15
    for card in cards:
        assert len({page for block in card for page in pages_of(block, told)}) == 1
    rules = [rule for page in told.model.pages for rule in page.placed.rules]
    each = {"box": 4, "rules": 2, "kept": 0}[frame]
    notes = sum(bool(page.foot) for page in told.model.pages)
    heads = 0
    assert len(rules) == each * len(cards) + notes + heads


def test_a_frame_longer_than_a_page_goes_on_with_its_sides_drawn() -> None:
    teller = Teller(9)
    turns = [teller.turn(60) for _ in range(30)]
    told = set_pages([NewPage(), Open("Div", frame="box"), *turns, Close(), teller.turn(5)])
    assert [f for f in faults(told) if "torn" not in f] == []
    middle = told.model.pages[1]
    upright = [rule for rule in middle.placed.rules if rule.height]
    assert len(upright) == 2


def test_a_picture_keeps_its_caption_and_its_proportions() -> None:
    teller = Teller(4)
    words = (Fragment("The house on the hill.", teller.styles.note),)
    big = Block(words, teller.styles.prose, image=Image(2000, 3000, qr="p"), tag="Caption")
    told = set_pages([NewPage(), *filler(teller, 20), big, *filler(teller, 3)])
    assert faults(told) == []
    picture = next(p for page in told.model.pages for p in page.placed.text if p.line.image)
    assert picture.line.width / picture.line.leading == pytest.approx(2 / 3)
    assert pages_of(big, told) == [2]


def test_a_code_beside_headings_that_are_high_enough_costs_no_line() -> None:
    teller = Teller(4)
    code = Image(30, 30, qr="oralhistory:MRB-001@0:12:05", is_beside=True)
    style = teller.styles.heading(0.86, before=1.4, after=0.2)
    heads = [Block((Fragment(f"Heading {n}", teller.styles.label),), style) for n in range(3)]
    turn = teller.turn(60)
    with_code = [replace(heads[0], image=code), *heads[1:], turn]
    plain = set_pages([NewPage(), *heads, turn])
    coded = set_pages([NewPage(), *with_code])
    assert faults(coded) == []
    assert coded.model.pages[0].used == pytest.approx(plain.model.pages[0].used)


def test_every_fifth_numbered_line_of_a_page_is_counted() -> None:
    teller = Teller(4, has_counts=True)
    turns = [replace(teller.turn(30), fragments=(Fragment("a", teller.styles.testimony),))]
    told = set_pages([NewPage(), *turns * 90])
    for page in told.model.pages:
        count = sum(stand.line.is_numbered for stand in page.text)
        assert len(page.placed.margin) == count // 5
    left = told.sheet.left(is_recto=True)
    assert all(p.x + p.line.width < left for p in told.model.pages[0].placed.margin)
    right = told.sheet.left(is_recto=False) + told.sheet.measure
    assert all(p.x > right for p in told.model.pages[1].placed.margin)
