"""Contents, list of interviews, rights, method note and colophon, read off the pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pikepdf
import pytest
from apparatus_pages import Printed, entries, letters, letters_on, pages_of
from dossier_samples import (
    contents,
    interview,
    sample_contents,
    sample_interview,
    serbian_interview,
    transcript,
    turn,
)
from pdf_reading import TIME, text_of
from tag_checker import elements, problems

from archive_app.domain.citation_styles import CitationStyle
from archive_app.domain.records import Audience, Layer, Role
from archive_app.domain.released import ReleasedInterview, ReleasedPerson, Withholding
from archive_app.domain.rich_text import BlockKind, RichBlock, RichRun
from archive_app.dossier.build import build_dossier, released_strings
from archive_app.dossier.contents import (
    DossierContents,
    Excerpts,
    Heading,
    Passage,
    Prose,
    Segment,
    WholeInterview,
)
from archive_app.dossier.design import Design, Layout, Marks, Paper, Speakers, Times

_MANY = 24


def prose(*titles: str) -> Prose:
    blocks: list[RichBlock] = []
    for title in titles:
        blocks.append(RichBlock((RichRun(title),), BlockKind.HEADING))
        blocks.append(RichBlock((RichRun("Words of the scholar's own. " * 40),)))
    return Prose(tuple(blocks))


def rich_sample(layout: Layout, paper: Paper) -> DossierContents:
    first, second = sample_interview(12), serbian_interview()
    passages = (
        Passage("t-1", 2, 4, "How they came"),
        Passage("t-1", 12, 14, "A queue from the night before until the evening"),
    )
    return contents(
        Heading("Those who came", "Voices of families.", 1),
        prose("Why these voices", "Whom I did not ask"),
        Heading("The first winter of all winters that were to come in that city", level=2),
        WholeInterview(first),
        Heading("Remembered later", level=3),
        Excerpts(first, passages),
        Segment(first, 1),
        Heading("Those who were there", level=1),
        WholeInterview(second),
        *(WholeInterview(_short(n)) for n in range(_MANY)),
        design=Design(layout=layout, paper=paper, has_line_numbers=True),
        contact="readers@example.org",
    )


def _short(n: int) -> ReleasedInterview:
    words = f"Number {n} tells a short story of which there is not much to be said here. " * 8
    title = f"Interview number {n} with a title that is long enough for a second line in it"
    held = transcript(turn(1, "A", words, 1_000), turn(2, "B", words, 61_000), uuid=f"s-{n}")
    return interview(held, accession=f"S-{n}", titles={"en": title}, uuid=f"s-{n}")


Pages = dict[str, list[Printed]]


@pytest.fixture(scope="module")
def rich_pages(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Layout, Paper], Pages]:
    """What reads the rich sample off its pages, each of them set and read once."""

    @cache
    def read(layout: Layout, paper: Paper) -> Pages:
        target = tmp_path_factory.mktemp("rich") / "d.pdf"
        build_dossier(target, rich_sample(layout, paper))
        return pages_of(target)

    return read


@pytest.mark.parametrize(
    "paper",
    [Paper.A4, *(pytest.param(each, marks=pytest.mark.long) for each in (Paper.LETTER, Paper.A5))],
)
@pytest.mark.parametrize("layout", list(Layout))
def test_every_line_of_the_contents_stands_on_the_page_it_names(
    rich_pages: Callable[[Layout, Paper], Pages], layout: Layout, paper: Paper
) -> None:
    pages = rich_pages(layout, paper)
    found = entries(pages, "Contents")
    assert len(found) > 10
    for words, number in found:
        title = _without_time(words)
        # A passage is listed by its narrator and the words it begins with.
        pieces = _own_words(title).removesuffix("…").split(": ")
        is_there = all(letters(piece) in letters_on(pages[number]) for piece in pieces)
        # A segment of a whole interview begins at a turn: its time stands there, not its title.
        assert is_there or _holds_time(pages[number], words), (words, number)
    told = letters(" ".join(words for words, _ in found))
    for wanted in (
        "Those who came",
        "Why these voices",
        "Whom I did not ask",
        "The first winter of all winters that were to come in that city",
        "Remembered later",
        "Those who were there",
        "Index",
    ):
        assert letters(wanted) in told
    if layout in (Layout.VOLUME, Layout.FINDING_AID):
        assert sum("Interview number" in words for words, _ in found) == _MANY
    numbers = [int(number) for _, number in found]
    if layout is not Layout.READER:
        assert numbers == sorted(numbers)


def _holds_time(words: list[Printed], entry: str) -> bool:
    """Return whether a turn that begins less than a turn away from a time is on the page."""
    wanted = entry.split(maxsplit=1)[0]
    if TIME.fullmatch(wanted) is None:
        return False
    times = [word.text for word in words if TIME.fullmatch(word.text)]
    return any(abs(_seconds(time) - _seconds(wanted)) < 48 for time in times)


def _seconds(time: str) -> int:
    hours, minutes, seconds = map(int, time.strip("~").split(":"))
    return hours * 3600 + minutes * 60 + seconds


def _without_time(words: str) -> str:
    first, _, rest = words.partition(" ")
    return rest if first.replace(":", "").isdigit() and ":" in first else words


def _own_words(title: str) -> str:
    """Return a title without the narrators that the contents name beside it."""
    for teller in ("Анна Соколова", "Ђорђе Његош Љубић", "Анна Петровна Соколова"):
        title = title.removesuffix(teller)
    return title


def test_the_list_of_interviews_names_their_pages(tmp_path: Path) -> None:
    target = tmp_path / "d.pdf"
    held = [WholeInterview(_short(n)) for n in range(30)]
    build_dossier(target, contents(*held))
    pages = pages_of(target)
    found = entries(pages, "The interviews")
    titles = [(words, number) for words, number in found if "Interview number" in words]
    assert len(titles) == 30
    for n, (_, number) in enumerate(titles):
        assert letters(f"Interview number {n} with") in letters_on(pages[number])


@pytest.mark.parametrize("style", list(CitationStyle))
def test_the_interviews_are_cited_in_the_chosen_style(tmp_path: Path, style: CitationStyle) -> None:
    target = tmp_path / "d.pdf"
    build_dossier(target, sample_contents(design=Design(citation_style=style)))
    text = " ".join(text_of(target).split())
    wanted = {
        CitationStyle.CHICAGO: "Соколова, Анна. Interview by Марко Иванович",
        CitationStyle.MLA: "Interview conducted by Марко Иванович",
        CitationStyle.APA: "Соколова, А. (2022, November 14)",
        CitationStyle.ORAL_HISTORY_SOCIETY: "interviewed by Марко Иванович",
        CitationStyle.GOST: "Соколова А. Интервью с Анной Соколовой [Интервью]",
    }
    assert wanted[style] in text
    assert "The First Winter" in text.split("Recommended citation")[1]
    assert "0:00:04" in text.split("as in this example:")[1][:400]


def test_what_is_true_of_many_interviews_is_said_once(tmp_path: Path) -> None:
    target = tmp_path / "d.pdf"
    held = [
        interview(accession=f"OH-{n}", rights_holder="City Archive" if n < 4 else "The family")
        for n in range(6)
    ]
    build_dossier(target, contents(*held))
    text = " ".join(text_of(target, [1]).split())
    assert text.count("© City Archive") == 1
    assert "OH-0, OH-1, OH-2, OH-3" in text
    assert "4 interviews" in text
    assert "OH-4, OH-5" in text


def test_what_is_withheld_is_told_without_its_reason(tmp_path: Path) -> None:
    target = tmp_path / "d.pdf"
    held = (Withholding(Layer.TRANSCRIPT, 2, date(2040, 5, 6)),)
    build_dossier(target, contents(interview(withheld=held), interview(accession="OH-2")))
    text = " ".join(text_of(target, [1]).split())
    assert "OH-1 The transcript: 2 passages, until 6 May 2040" in text
    assert "Nothing of these interviews is withheld" not in text


def test_the_legend_follows_the_design(tmp_path: Path) -> None:
    target = tmp_path / "d.pdf"
    shown = Design(
        times=Times.STEP, time_step_s=300, has_line_numbers=True, speakers=Speakers.SHORT,
        has_qr=True, marks=Marks.SMOOTHED,
    )  # fmt: skip
    build_dossier(target, sample_contents(design=shown))
    text = _method(target)
    for wanted in ("once in 5 minutes", "Lines, counted", "QR code", "short form", "left out"):
        assert wanted in text
    plain = Design(times=Times.NONE, has_links=False)
    build_dossier(target, sample_contents(design=plain))
    text = _method(target)
    for unwanted in ("0:12:05", "Lines, counted", "oralhistory:", "short form"):
        assert unwanted not in text


def _method(target: Path) -> str:
    return " ".join(text_of(target).split()).split("How this dossier was made", 1)[1][:1500]


def test_the_method_note_says_what_the_program_knows(tmp_path: Path) -> None:
    target = tmp_path / "d.pdf"
    checked = replace(sample_interview(2), status="audited")
    people = (*checked.people, ReleasedPerson("Olga Simić", "Simić, Olga", Role.TRANSCRIBER))
    checked = replace(checked, people=people)
    guessed = replace(
        serbian_interview(),
        transcripts=(replace(serbian_interview().transcripts[0], is_language_guessed=True),),
    )
    part = Excerpts(guessed, (Passage("t-3", 1, 2), Passage("t-3", 4, 5)))
    build_dossier(target, contents(checked, part, method="Led freely.\nHeard twice."))
    text = _method(target)
    for wanted in (
        "Led freely. Heard twice.",
        "1 interview stands here whole.",
        "2 passages of 1 interview were chosen",
        "Transcribed by Olga Simić.",
        "Translated by Jelena Đurić.",
        "Checked against the recordings: OH-2022-014.",
        "told by its words, not by a person: OH-2023-002.",
    ):
        assert wanted in text


def test_the_colophon_says_what_the_file_is(tmp_path: Path) -> None:
    target = tmp_path / "d.pdf"
    build_dossier(target, sample_contents(design=Design(paper=Paper.A5, has_data=True)))
    *_, last = pages_of(target).values()
    text = " ".join(word.text for word in last)
    for wanted in ("Charis SIL", "A5", "1 March 2026", "the public", "PDF/A-3a", "PDF/UA-1"):
        assert wanted in text


@pytest.mark.parametrize("layout", list(Layout))
def test_every_string_of_the_apparatus_is_proved(
    rich_pages: Callable[[Layout, Paper], Pages], layout: Layout
) -> None:
    proved = letters("".join(released_strings(rich_sample(layout, Paper.A4))))
    for label, words in rich_pages(layout, Paper.A4).items():
        if label.isdigit():
            continue
        for word in words:
            if not word.text.strip("0123456789ivxl"):
                continue
            assert letters(word.text) in proved, (label, word.text)


def test_nothing_is_said_of_what_staff_alone_may_see(tmp_path: Path) -> None:
    held = replace(sample_interview(1), audience=Audience.STAFF)
    people = (replace(held.people[0], protected_name="Мария Тайная"), *held.people[1:])
    target = tmp_path / "d.pdf"
    build_dossier(target, contents(replace(held, people=people), audience=Audience.STAFF))
    assert "Тайная" not in text_of(target)


def test_the_apparatus_is_tagged_for_who_reads_by_ear(tmp_path: Path) -> None:
    target = tmp_path / "d.pdf"
    style = CitationStyle.ORAL_HISTORY_SOCIETY
    build_dossier(target, sample_contents(design=Design(citation_style=style)))
    assert problems(target) == []
    with pikepdf.open(target) as pdf:
        found = list(elements(pdf))
        tags = Counter(each.tag for each in found)
        languages = Counter(str(each.node.get("/Lang", "")) for each in found)
    # Two parts, two interviews, three segments, the index.
    assert tags["TOCI"] == 8
    assert tags["TOC"] == 1
    assert tags["Table"] >= 3
    assert tags["L"] >= 3
    # The dossier, an example and two interviews are cited in British English.
    assert languages["en-GB"] == 4
    assert languages["ru"] > 0
