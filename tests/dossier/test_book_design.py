"""What a reader of the printed page would find fault with: words twice, type too small or grey."""

from __future__ import annotations

from dataclasses import replace

import pytest
from dossier_samples import contents, sample_interview
from layout_samples import blocks, items, texts, words_of
from set_lines import Setting

from archive_app.domain.records import Role
from archive_app.domain.released import ReleasedIndexPoint, ReleasedPerson, ReleasedRecording
from archive_app.dossier.blocks import Block
from archive_app.dossier.design import Design, Family, Layout, Paper
from archive_app.dossier.finding_aid import recording_facts, recording_name
from archive_app.dossier.inks import LEAST_TYPE, Inks
from archive_app.dossier.shaping import Ink
from archive_app.dossier.sheets import sheet_for
from archive_app.dossier.wording import pick, say_date_beside
from archive_app.translation import use_language


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Interview with Vadim, 5 November 2022"),
        ("en", "Vadim (November 5, 2022)"),
        ("ru", "Интервью с Вадимом, 5 ноября 2022 года"),
        ("sr_Latn", "Razgovor sa Vadimom, 5. novembar 2022."),
        ("sr_Cyrl", "Разговор са Вадимом, 5. новембар 2022."),
    ],
)
def test_a_date_that_the_title_says_is_not_said_again(language: str, title: str) -> None:
    use_language(language)
    try:
        assert not say_date_beside(title, "2022-11-05")
        assert say_date_beside(title, "2022-11-06")
        assert say_date_beside(title, "2022-10-05")
        assert say_date_beside("Вадим / Vadim", "2022-11-05")
        assert not say_date_beside("Interview with Ljiljana, 5 November 2022", "2022-11-05")
    finally:
        use_language("en")


def test_a_doubtful_date_is_said_beside_a_certain_one() -> None:
    assert say_date_beside("Interview of 2022", "2022~") == "about 2022"


def test_a_text_in_the_other_script_goes_before_one_in_english() -> None:
    titles = {"en": "The river", "sr-Latn": "Reka"}
    assert pick(titles, "sr-Cyrl") == "Reka"
    assert pick(titles, "ru") == "The river"


def test_the_contents_of_a_recording_do_not_part_after_one_entry() -> None:
    points = tuple(ReleasedIndexPoint(n * 1000, None, f"Point {n}") for n in range(5))
    held = replace(sample_interview(1), index_points=points)
    entries = [
        item.style.keeps_next
        for item in items(contents(held))
        if isinstance(item, Block) and item.tag == "LI"
    ]
    assert entries == [True, False, False, True, False]


def test_the_last_turn_of_a_transcript_stands_on_no_page_alone() -> None:
    told = items(contents(sample_interview(4)))
    turns = [
        item.style.keeps_last
        for item in told
        if isinstance(item, Block) and ": " in words_of(item) and item.style.align == "justify"
    ]
    assert turns[-4:] == [False, True, True, True]


def test_a_format_is_said_once() -> None:
    flac = ReleasedRecording(1, 0, "a.flac", "", 9, 60_000, "FLAC", "FLAC")
    assert recording_facts(flac) == "1 min, FLAC"
    opus = ReleasedRecording(1, 0, "a.opus", "", 9, 60_000, "Ogg Opus", "Opus")
    assert recording_facts(opus) == "1 min, Ogg Opus"


def test_recordings_are_numbered_only_where_there_are_several() -> None:
    second = ReleasedRecording(2, 0, "a.flac", "", 9, 60_000, "FLAC", "FLAC")
    assert recording_name(second, has_number=False) == "Audio"
    assert recording_name(second, has_number=True) == "Audio 2"


def test_a_biography_begins_with_the_name_in_its_line() -> None:
    milica = ReleasedPerson("Milica", "Milica", Role.INTERVIEWER, "Interviewer of the project.")
    held = replace(sample_interview(1), people=(milica,))
    every = texts(contents(held))
    assert "Milica. Interviewer of the project." in every
    assert every.count("People") == 1


def test_the_record_of_a_finding_aid_is_not_parted_from_its_title() -> None:
    told = items(contents(sample_interview(1), design=Design(layout=Layout.FINDING_AID)))
    rows = [item for item in told if isinstance(item, Block) and item.tag == "TR"]
    first = next(n for n, row in enumerate(rows) if not row.style.keeps_next)
    assert first >= 4
    assert all(row.style.keeps_next for row in rows[:first])


def contrast(grey: float) -> float:
    """Return the contrast with white paper (WCAG 2.1, relative luminance)."""
    light = grey / 12.92 if grey <= 0.04045 else ((grey + 0.055) / 1.055) ** 2.4
    return 1.05 / (light + 0.05)


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("family", Family)
def test_no_type_is_too_small_or_too_pale_to_print(paper: Paper, family: Family) -> None:
    inks = Inks(sheet_for(paper).text, family)
    every = [
        held
        for name, kind in vars(Inks).items()
        if isinstance(kind, property) and isinstance(held := getattr(inks, name), Ink)
    ]
    assert len(every) > 15
    for ink in every:
        assert ink.size >= LEAST_TYPE
        assert contrast(ink.grey) >= 4.5


@pytest.mark.parametrize("layout", Layout)
def test_every_fragment_of_a_small_page_is_large_enough_to_read(layout: Layout) -> None:
    design = Design(layout=layout, paper=Paper.A5)
    for block in blocks(items(contents(sample_interview(2), design=design))):
        for fragment in block.fragments:
            assert fragment.ink.size >= 6.9, words_of(block)


def test_a_title_of_two_lines_is_parted_near_its_middle() -> None:
    setting = Setting()
    title = "Interview with Alexandra, 19 November 2022"
    plain = setting.lines(title, 360, size=19, align="left", hyphens=0)
    even = setting.lines(title, 360, size=19, align="left", hyphens=0, is_balanced=True)
    assert setting.texts(plain)[-1] == "2022"
    assert [text.strip() for text in setting.texts(even)] == [
        "Interview with Alexandra,",
        "19 November 2022",
    ]


def test_a_range_of_pages_is_not_parted() -> None:
    setting = Setting()
    for measure in range(60, 160, 3):
        lines = setting.lines("Belgrade, 2–3, 5–7, 9–11, 14–15, 17–18", measure, align="left")
        assert not any(text.strip(" \u200b").endswith("–") for text in setting.texts(lines))


def test_a_paragraph_avoids_a_last_line_of_one_short_word() -> None:
    setting = Setting()
    words = (
        "People queued from the night before and wrote their names in a notebook; somebody"
        " brought tea, somebody folding chairs, and nobody spoke of"
    )
    stubs = 0
    for measure in range(230, 330):
        lines = setting.lines(f"{words} it.", measure)
        stubs += setting.text(lines[-1]).strip() == "it."
    assert stubs <= 2
