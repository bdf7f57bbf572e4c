"""The four layouts: every turn that should be there is there once, in order, and no other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from dossier_samples import (
    contents,
    interview,
    sample_contents,
    sample_interview,
    transcript,
    turn,
)
from layout_samples import (
    RICH,
    blocks,
    everything,
    expected,
    items,
    picture,
    texts,
    whole,
    words_of,
)
from pdf_reading import is_subsequence, text_of, words

from archive_app.domain.released import ReleasedIndexPoint, ReleasedRecording
from archive_app.domain.rich_text import RichBlock, RichRun
from archive_app.dossier.blocks import Block, Close, NewPage, Open, Step
from archive_app.dossier.build import build_dossier, released_strings
from archive_app.dossier.contents import (
    DossierContents,
    Excerpts,
    Heading,
    Passage,
    Picture,
    Prose,
    Segment,
    WholeInterview,
)
from archive_app.dossier.design import Design, Grouping, Layout, Paper
from archive_app.dossier.told import told_turns

DESIGNS: list[dict[str, Any]] = [
    {},
    {"layout": Layout.READER},
    {"layout": Layout.READER, "grouping": Grouping.TAG},
    {"layout": Layout.READER, "grouping": Grouping.PERSON},
    {"layout": Layout.READER, "grouping": Grouping.TIME},
    {"layout": Layout.READER, "is_facing": True, "has_qr": True},
    {"layout": Layout.CARDS, "has_qr": True},
    {"layout": Layout.CARDS, "paper": Paper.A5, "grouping": Grouping.TAG},
    {"layout": Layout.CARDS, "is_facing": True},
    {"is_facing": True, "has_line_numbers": True},
    {"layout": Layout.FINDING_AID},
]


def spoken_words(dossier: DossierContents) -> list[str]:
    return [word for told in told_turns(dossier) for word in told.shown.text.split()]


@pytest.mark.parametrize("design", DESIGNS, ids=str)
@pytest.mark.parametrize("make", [everything, whole])
def test_each_turn_stands_there_as_often_and_in_the_order_that_is_told(
    design: dict[str, Any], make: Any
) -> None:
    dossier = make(**design)
    wanted, rest = expected(dossier), iter(texts(dossier))
    assert all(one in rest for one in wanted)
    every = texts(dossier)
    for one in set(wanted):
        assert every.count(one) == wanted.count(one)


@pytest.mark.parametrize("design", DESIGNS, ids=str)
def test_the_words_come_out_of_the_file_in_that_order(
    tmp_path: Path, design: dict[str, Any]
) -> None:
    dossier = everything(**design)
    target = tmp_path / "d.pdf"
    build_dossier(target, dossier)
    text = text_of(target).replace("\u00ad\n", "").replace("\u00ad ", "")
    wanted = [word.replace("\u00a0", " ") for word in spoken_words(dossier)]
    if not design.get("is_facing"):
        assert is_subsequence(wanted, words(text))


@pytest.mark.parametrize("design", DESIGNS, ids=str)
def test_the_proof_reads_every_string_of_every_layout(design: dict[str, Any]) -> None:
    dossier = everything(**design)
    proved = list(released_strings(dossier))
    for block in blocks(items(dossier)):
        assert "".join(fragment.text for fragment in block.fragments) in proved
    assert any("A grey house" in one for one in proved)


@pytest.mark.parametrize("design", DESIGNS, ids=str)
def test_groups_are_closed_and_a_page_is_begun_first(design: dict[str, Any]) -> None:
    for dossier in (everything(**design), whole(**design)):
        told = items(dossier)
        assert isinstance(told[0], NewPage)
        depth = 0
        for item in told:
            depth += isinstance(item, Open) - isinstance(item, Close)
            assert depth >= 0
        assert depth == 0


@pytest.mark.parametrize("design", DESIGNS, ids=str)
def test_bookmarks_and_headings_skip_no_level(design: dict[str, Any]) -> None:
    for dossier in (everything(**design), whole(**design)):
        bookmark = heading = 0
        for block in blocks(items(dossier)):
            if block.outline:
                assert block.outline[0] <= bookmark + 1
                bookmark = block.outline[0]
                assert block.fragments[0].anchors
            if block.tag == "H":
                assert 1 <= block.level <= heading + 1
                heading = block.level


@pytest.mark.parametrize("design", DESIGNS, ids=str)
def test_an_anchor_stands_at_one_place_only(design: dict[str, Any]) -> None:
    for dossier in (everything(**design), whole(**design)):
        seen: list[str] = []
        for block in blocks(items(dossier)):
            for fragment in block.fragments:
                seen += fragment.anchors
        assert len(seen) == len(set(seen))


@pytest.mark.parametrize("layout", Layout)
def test_progress_tells_of_all_turns(layout: Layout) -> None:
    dossier = whole(layout=layout)
    steps = sum(item.turns for item in items(dossier) if isinstance(item, Step))
    assert steps == len(list(told_turns(dossier)))


@pytest.mark.parametrize("layout", Layout)
def test_an_empty_dossier_and_empty_transcripts_are_told(tmp_path: Path, layout: Layout) -> None:
    design = Design(layout=layout, has_qr=True, is_facing=True)
    build_dossier(tmp_path / "a.pdf", contents(design=design))
    held = interview(transcript(), accession="OH-0", titles={})
    more = Excerpts(held, (Passage("gone", 1, 2), Passage("t-1", 5, 9)))
    dossier = contents(held, more, Segment(held, 3), Prose(()), design=design)
    build_dossier(tmp_path / "b.pdf", dossier)
    assert list(told_turns(dossier)) == []


# The finding aid


def test_a_finding_aid_holds_not_a_turn_s_words(tmp_path: Path) -> None:
    turns = [turn(n, "Anna", f"zq{n}x zq{n}y.", n * 1000) for n in range(1, 9)]
    point = ReleasedIndexPoint(1_000, None, "Arrival", "How it began.", "zq1x partial")
    held = interview(transcript(*turns), index_points=(point,), abstract="The abstract.")
    passage = Excerpts(held, (Passage("t-1", 2, 3),))
    dossier = contents(
        WholeInterview(held), passage, Segment(held, 0), design=Design(layout=Layout.FINDING_AID)
    )
    assert not [text for text in released_strings(dossier) if "zq" in text]
    build_dossier(tmp_path / "d.pdf", dossier)
    text = text_of(tmp_path / "d.pdf")
    assert "zq" not in text
    assert "The abstract." in text
    assert "How it began." in text


def test_a_finding_aid_tells_an_interview_once_and_leads_there_from_other_headings() -> None:
    held = sample_interview(1)
    dossier = contents(
        Heading("First"), held, Excerpts(held, (Passage("t-1", 1, 2),)),
        Heading("Second"), Segment(held, 0), Segment(held, 1),
        design=Design(layout=Layout.FINDING_AID),
    )  # fmt: skip
    every = texts(dossier)
    assert every.count("Interview with Anna Sokolova") == 1
    assert every.count("See Interview with Anna Sokolova, OH-2022-014") == 1


def test_a_finding_aid_says_what_the_recordings_are() -> None:
    recording = ReleasedRecording(1, 0, "secret.wav", "", 9, 65_000, "WAV", "PCM", 48_000, 2, 24)
    held = interview(recordings=(recording,))
    every = texts(contents(held, design=Design(layout=Layout.FINDING_AID)))
    assert "1 min, WAV PCM, 48 kHz, 24 bits, stereo" in every
    assert not [text for text in every if "secret" in text]


# Cards


def card_texts(dossier: DossierContents) -> list[list[str]]:
    cards: list[list[str]] = []
    is_open = False
    for item in items(dossier):
        if isinstance(item, Open) and item.frame == "box":
            cards.append([])
            is_open = True
        elif isinstance(item, Close):
            is_open = False
        elif isinstance(item, Block) and is_open:
            cards[-1].append(words_of(item))
    return cards


def test_a_card_bears_heading_words_source_tags_and_link() -> None:
    held = sample_interview(1)
    passage = Passage("t-1", 5, 5, "Queues")
    dossier = contents(Excerpts(held, (passage,)), design=Design(layout=Layout.CARDS))
    (card,) = card_texts(dossier)
    text = "\n".join(card)
    assert card[0] == "1\u2002Queues"
    assert "Документы? Это отдельная история." in text
    assert "Анна Соколова · Interview with Anna Sokolova · 14\u00a0November\u00a02022" in text
    assert "OH-2022-014 · 0:03:14–0:03:34" in text
    assert "oralhistory:OH-2022-014@0:03:14" in card
    assert "Tags: Papers and queues" in card


def test_a_long_passage_runs_over_several_cards_that_say_so(tmp_path: Path) -> None:
    text = " ".join(f"w{n} и ещё несколько слов о том же." for n in range(400))
    held = interview(transcript(turn(1, "Анна", text, 0), turn(2, "Анна", "end", 9_000)))
    dossier = contents(Excerpts(held, (Passage("t-1", 1, 2),)), design=Design(layout=Layout.CARDS))
    cards = card_texts(dossier)
    assert len(cards) > 4
    assert [card[0].endswith(f" ({n}/{len(cards)})") for n, card in enumerate(cards, 1)]
    assert "".join(t.shown.text for t in told_turns(dossier) if t.shown.turn.n == 1) == text
    built = build_dossier(tmp_path / "d.pdf", dossier)
    # Two to a page, the index and the colophon.
    assert built.pages - built.front_pages <= len(cards) / 2 + 3
    assert is_subsequence(text.split(), words(text_of(tmp_path / "d.pdf")))


def test_tags_and_marks_of_a_parted_turn_stand_on_the_card_that_holds_them() -> None:
    held = sample_interview(1)
    long = " ".join("Слово за словом, и так далее." for _ in range(300))
    original = held.transcripts[0]
    closed = "[отрывок закрыт]"
    text = f"{long} {closed} {long}"
    changed = replace(
        original.turns[4], text=text, withheld=((len(long) + 1, len(long) + 1 + len(closed)),)
    )
    turns = (*original.turns[:4], changed)
    tagging = replace(original.taggings[0], start=len(text) - 10, end=len(text))
    held = replace(held, transcripts=(replace(original, turns=turns, taggings=(tagging,)),))
    dossier = contents(Excerpts(held, (Passage("t-1", 5, 5),)), design=Design(layout=Layout.CARDS))
    told = [each.shown for each in told_turns(dossier)]
    assert "".join(shown.text for shown in told) == text
    for shown in told:
        assert [shown.text[a:b] for a, b in shown.turn.withheld] == [closed] * (
            closed in shown.text
        )
    tagged = [n for n, card in enumerate(card_texts(dossier)) if "Tags: Papers and queues" in card]
    assert tagged == [len(told) - 1]


# The scholar's own


@pytest.mark.parametrize("layout", Layout)
def test_the_scholar_s_text_is_told_in_every_layout(layout: Layout) -> None:
    told = items(contents(Heading("A"), Prose(RICH), design=Design(layout=layout)))
    held = [block for block in blocks(told) if words_of(block).strip()]
    by_text = {words_of(block): block for block in held}
    assert by_text["Why these voices"].tag == "H"
    assert by_text["Nobody knew for how long."].tag == "BlockQuote"
    assert [
        (block.lead.text, words_of(block)) for block in held if block.tag == "LI" and block.lead
    ] == [("•", "the flat"), ("•", "the school"), ("1.", "winter"), ("2.", "spring")]
    rich = by_text["Chosen for what they say alone."]
    assert len({fragment.ink for fragment in rich.fragments}) == 4
    (note,) = [note for fragment in rich.fragments for note in fragment.notes]
    assert words_of(note) == "Of forty."
    assert [item.tag for item in told if isinstance(item, Open)] == ["L", "L"]


@pytest.mark.parametrize("layout", Layout)
def test_a_picture_keeps_its_shape_caption_and_what_it_shows(layout: Layout) -> None:
    dossier = contents(
        Picture(picture(), "Caption.", "Alternative"), Picture(picture(), "Said."),
        design=Design(layout=layout),
    )  # fmt: skip
    first, second = [block for block in blocks(items(dossier)) if block.image]
    assert first.image is not None
    assert second.image is not None
    assert first.image.width / first.image.height == pytest.approx(1.5, rel=0.01)
    assert (words_of(first), first.image.alt) == ("Caption.", "Alternative")
    assert second.image.alt == "Said."


@pytest.mark.parametrize("layout", [Layout.VOLUME, Layout.READER, Layout.CARDS])
def test_a_segment_of_its_own_has_title_source_synopsis_and_link(layout: Layout) -> None:
    dossier = contents(Segment(sample_interview(1), 1, "See there."), design=Design(layout=layout))
    text = "\n".join(texts(dossier))
    for wanted in (
        "School and work", "Анна Соколова", "OH-2022-014 · 0:03:10", "See there.",
        "oralhistory:OH-2022-014@0:03:10", "How the son went to school; the warehouse.",
        "Keywords: schools",
    ):  # fmt: skip
        assert wanted in text


def test_lesser_headings_stand_above_the_interview_they_precede() -> None:
    dossier = contents(Heading("I"), Heading("a", level=2), sample_interview(1))
    told = items(dossier)
    at = next(n for n, item in enumerate(told) if isinstance(item, Block) and words_of(item) == "a")
    assert isinstance(told[at - 1], NewPage)
    assert words_of(next(b for b in blocks(told[at + 1 :]))) == "Interview with Anna Sokolova"


def test_text_behind_an_interview_begins_a_page_of_its_own() -> None:
    note = Prose((RichBlock((RichRun("After all."),)),))
    told = items(contents(sample_interview(1), note, title="The Title"))
    at = next(
        n
        for n, item in enumerate(told)
        if isinstance(item, Block) and words_of(item) == "After all."
    )
    assert told[at - 1] == NewPage("", "The Title")


def test_titles_and_turns_say_which_language_they_are_in() -> None:
    dossier = sample_contents(language="ru")
    every = list(blocks(items(dossier)))
    by_text = {words_of(block): block.lang for block in every}
    assert by_text["Интервью с Анной Соколовой"] == "ru"
    assert by_text["Interview with Anna Sokolova"] == "en"
    assert by_text["Марко Иванович: А что было потом?"] == "ru"
    assert by_text["Marko Ivanović: And what happened then?"] == "en"
    serbian = {block.lang for block in every if words_of(block).startswith("Ђорђе Његош Љубић:")}
    assert serbian == {"sr-Cyrl", "sr-Latn"}
