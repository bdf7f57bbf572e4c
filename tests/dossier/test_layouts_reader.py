"""A thematic reader: how passages are ordered, grouped, numbered, headed and cited."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from dossier_samples import contents, interview, transcript, turn
from layout_samples import RICH, blocks, items, texts, words_of

from archive_app.domain.citation_styles import CitationStyle
from archive_app.domain.records import Audience, Role
from archive_app.domain.released import (
    ReleasedIndexPoint,
    ReleasedInterview,
    ReleasedPerson,
    ReleasedTagging,
)
from archive_app.dossier.blocks import NewPage
from archive_app.dossier.build import build_dossier
from archive_app.dossier.contents import (
    DossierContents,
    Excerpts,
    Heading,
    Passage,
    Prose,
    Segment,
    WholeInterview,
)
from archive_app.dossier.design import Design, Grouping, Layout
from archive_app.dossier.reader_plan import Numbered, SeeAlso, reader_plan
from archive_app.work.access import released_all
from archive_app.work.archives import open_archive


def held(
    number: int, *, name: str = "Ana Babić", sort: str = "Babić, Ana", date: str = "2022-01-01",
    tags: dict[int, tuple[str, ...]] | None = None,
) -> ReleasedInterview:  # fmt: skip
    """An interview of ten turns; ``tags`` are the paths of tags by the turn they lie on."""
    turns = [turn(n, name, f"i{number}t{n}", n * 10_000) for n in range(1, 11)]
    taggings = tuple(
        ReleasedTagging("/".join(path), {"en": path[-1]}, path, "", n, 0, n, 2, "")
        for n, paths in (tags or {}).items()
        for path in [tuple(one.split("/")) for one in paths]
    )
    people = (ReleasedPerson(name, sort, Role.INTERVIEWEE),) if name else ()
    return interview(
        transcript(*turns, taggings=taggings, uuid=f"t-{number}"), accession=f"OH-{number}",
        people=people, date=date, titles={"en": f"Talk {number}"},
    )  # fmt: skip


def passage(one: ReleasedInterview, *turns: int) -> Excerpts:
    uuid = one.transcripts[0].uuid
    return Excerpts(one, tuple(Passage(uuid, n, n) for n in turns))


def plan(*parts: Any, **design: Any) -> list[str]:
    """Return the plan as text: headings with their level, passages by number and first words."""
    made: list[str] = []
    dossier = contents(*parts, design=Design(layout=Layout.READER, **design))
    for item in reader_plan(dossier):
        if isinstance(item, Heading):
            made.append("#" * item.level + " " + item.title)
        elif isinstance(item, Numbered):
            made.append(f"{item.number} {item.spread.main.turns[0].text}")
        elif isinstance(item, SeeAlso):
            made.append("see " + ", ".join(map(str, item.numbers)))
        else:
            made.append(type(item).__name__)
    return made


def test_the_scholar_s_order_and_headings_stand_as_they_are() -> None:
    one, two = held(1), held(2)
    found = plan(Heading("A"), passage(two, 3), Heading("b", level=2), passage(one, 2, 1))
    assert found == ["# A", "1 i2t3", "## b", "2 i1t2", "3 i1t1"]


def test_a_whole_interview_is_one_passage_of_all_its_turns() -> None:
    dossier = contents(held(1), design=Design(layout=Layout.READER))
    (item,) = reader_plan(dossier)
    assert isinstance(item, Numbered)
    assert len(item.spread.main.turns) == 10


def test_by_tag_each_passage_stands_once_and_its_other_tags_name_it() -> None:
    one = held(1, tags={1: ("Food",), 2: ("Food/Bread", "Work"), 3: ("Work",)})
    found = plan(passage(one, 3, 2, 1, 9), grouping=Grouping.TAG)
    assert found == [
        "# Food", "1 i1t1", "## Bread", "2 i1t2", "# Work", "3 i1t3", "see 2",
        "# Without a tag", "4 i1t9",
    ]  # fmt: skip


def test_tags_come_in_the_order_of_their_tree_and_the_dossier_s_alphabet() -> None:
    one = held(1, tags={1: ("Ž",), 2: ("Z/b",), 3: ("Z",), 4: ("Č",), 5: ("C",)})
    dossier = contents(
        passage(one, 1, 2, 3, 4, 5), language="sr-Latn",
        design=Design(layout=Layout.READER, grouping=Grouping.TAG),
    )  # fmt: skip
    titles = [item.title for item in reader_plan(dossier) if isinstance(item, Heading)]
    assert titles == ["C", "Č", "Z", "B", "Ž"]


def test_a_tag_counts_where_it_shares_words_with_the_passage() -> None:
    one = held(1, tags={1: ("Food",)})
    outside = Excerpts(one, (Passage("t-1", 1, 1, start=3),))
    inside = Excerpts(one, (Passage("t-1", 1, 1, end=3),))
    assert plan(outside, grouping=Grouping.TAG) == ["# Without a tag", "1 […] 1"]
    assert plan(inside, grouping=Grouping.TAG) == ["# Food", "1 i1t […]"]


def test_by_person_names_stand_in_the_register_s_order() -> None:
    people = (("Ana Žić", "Žić, Ana"), ("Žarko Ćirić", "Ćirić, Žarko"), ("", ""))
    each = [held(n, name=name, sort=sort) for n, (name, sort) in enumerate(people, 1)]
    parts = [passage(one, 2, 1) for one in each]
    assert plan(*parts, grouping=Grouping.PERSON) == [
        "# Žarko Ćirić", "1 i2t1", "2 i2t2", "# Ana Žić", "3 i1t1", "4 i1t2",
        "# Without a name", "5 i3t1", "6 i3t2",
    ]  # fmt: skip


def test_by_time_the_interview_s_date_counts_and_then_the_recording_s() -> None:
    parts = [
        passage(held(1, date="2023-02"), 4, 2), passage(held(2, date="2022-11-03"), 1),
        passage(held(3, date=""), 1), passage(held(4, date="2023-01-31"), 7),
    ]  # fmt: skip
    assert plan(*parts, grouping=Grouping.TIME) == [
        "# 2022", "1 i2t1", "# 2023", "2 i4t7", "3 i1t2", "4 i1t4", "# Without a date", "5 i3t1",
    ]  # fmt: skip


def test_regrouped_the_scholar_s_texts_open_and_close_the_reader() -> None:
    one = held(1)
    found = plan(
        Heading("Introduction"), Prose(RICH), Heading("Gone"), passage(one, 1),
        Heading("Gone too"), passage(one, 2), Heading("Afterword"), Prose(RICH),
        grouping=Grouping.PERSON,
    )  # fmt: skip
    assert found == [
        "# Introduction", "Prose", "# Ana Babić", "1 i1t1", "2 i1t2", "# Afterword", "Prose",
    ]  # fmt: skip


def test_segments_are_grouped_with_the_passages() -> None:
    one = interview(
        date="2021", accession="OH-9", index_points=(ReleasedIndexPoint(0, None, "Start"),)
    )
    found = plan(passage(held(1), 1), Segment(one, 0), grouping=Grouping.TIME)
    assert found == ["# 2021", "Segment", "# 2022", "1 i1t1"]


def made(**design: Any) -> DossierContents:
    part = Excerpts(held(1), (Passage("t-1", 2, 3, "On bread", "Asked twice."),))
    return contents(part, design=Design(layout=Layout.READER, **design))


def test_a_passage_has_a_compact_head_and_its_citation() -> None:
    found = [text for text in texts(made()) if text]
    assert found == [
        "1\u2002On bread",
        "Ana Babić · Talk 1 · 1\u00a0January\u00a02022",
        "OH-1 · 0:00:20–0:00:50 · oralhistory:OH-1@0:00:20",
        "Asked twice.",
        "Ana Babić: i1t2",
        "Ana Babić: i1t3",
        (
            "Ana Babić, interview, January 1, 2022, OH-1, transcript, at 0:00:20–0:00:50, Memory"
            " Archive."
        ),
    ]


@pytest.mark.parametrize(
    ("style", "language"), [(CitationStyle.GOST, "ru"), (CitationStyle.MLA, "en")]
)
def test_a_citation_is_in_the_chosen_style_and_its_language(
    style: CitationStyle, language: str
) -> None:
    told = [block for block in blocks(items(made(citation_style=style))) if words_of(block)]
    assert told[-1].lang == language


def test_links_are_left_out_where_they_are_not_wanted() -> None:
    assert not [text for text in texts(made(has_links=False, has_qr=True)) if "oralhistory" in text]
    assert not [b for b in blocks(items(made(has_links=False, has_qr=True))) if b.image]


def test_a_clip_is_played_by_its_link_and_the_short_link_stays_in_print() -> None:
    dossier = replace(made(has_qr=True), clips={("t-1", 2): "d-clips/1.mp3"})
    told = list(blocks(items(dossier)))
    linked = {f.text: f.url for block in told for f in block.fragments if f.url}
    assert linked == {"Listen": "d-clips/1.mp3", "oralhistory:OH-1@0:00:20": "d-clips/1.mp3"}
    (code,) = [block.image for block in told if block.image]
    assert code.qr == "oralhistory:OH-1@0:00:20"


def test_a_number_with_strange_signs_makes_a_link_that_can_be_typed() -> None:
    one = interview(transcript(turn(1, "A", "x", 0)), accession="Д 1/2")
    found = texts(contents(one, design=Design(layout=Layout.READER)))
    assert any("oralhistory:%D0%94%201%2F2@0:00:00" in text for text in found)


def test_chapters_begin_a_page_where_their_groups_fill_some() -> None:
    few = contents(
        *(passage(held(n, name=f"A{n}", sort=f"A{n}"), 1) for n in range(1, 9)),
        design=Design(layout=Layout.READER, grouping=Grouping.PERSON),
    )
    many = contents(
        *(WholeInterview(held(n, name=f"A{n % 4}", sort=f"A{n % 4}")) for n in range(1, 9)),
        design=Design(layout=Layout.READER, grouping=Grouping.PERSON),
    )
    assert sum(isinstance(item, NewPage) for item in items(few)) == 1
    assert sum(isinstance(item, NewPage) for item in items(many)) == 4


@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize("grouping", [Grouping.OUTLINE, Grouping.TAG])
def test_the_sample_archive_is_laid_out(
    sample_archive: Path, tmp_path: Path, layout: Layout, grouping: Grouping
) -> None:
    with open_archive(sample_archive) as archive, archive.read() as reader:
        copies = released_all(
            reader, list(reader.interview_ids()), audience=Audience.PUBLIC, on=date(2026, 3, 1)
        )
    parts = [
        Excerpts(copy, (Passage(copy.transcripts[0].uuid, 2, 6),))
        if n % 2
        else WholeInterview(copy)
        for n, copy in enumerate(copies)
        if copy.transcripts and copy.transcripts[0].turns
    ]
    design = Design(layout=layout, grouping=grouping, is_facing=True, has_qr=True)
    dossier = contents(*parts, design=design)
    built = build_dossier(tmp_path / "d.pdf", dossier)
    assert built.pages > built.front_pages
