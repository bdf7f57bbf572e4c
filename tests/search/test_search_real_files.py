"""Searching what other systems wrote: every match stands where it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from released_samples import for_all, interview

from archive_app.domain.query import parse_query
from archive_app.domain.records import Audience
from archive_app.domain.released import ReleasedInterview
from archive_app.language.folding import fold
from archive_app.search.index import Index
from archive_app.search.locate import locate
from archive_app.search.memory import matches


@pytest.fixture(scope="module")
def real(samples: Path) -> list[ReleasedInterview]:
    def lines(name: str) -> list[str]:
        text = (samples / name).read_text(encoding="utf-8-sig")
        kept = (re.sub(r"<[^>]*>", "", line).strip() for line in text.splitlines())
        return [line for line in kept if re.search(r"[^\W\d_]", line) and "-->" not in line]

    return [
        interview(1, *lines("text/russian-emigrants.txt"), language="ru"),
        interview(2, *lines("srt/serbian-cyrillic-lecture.srt"), language="sr-Cyrl"),
        interview(3, *lines("srt/russian-lecture.srt"), language="ru"),
        interview(4, *lines("vtt/bruce-perens.vtt"), language="en"),
    ]


@pytest.mark.parametrize(
    ("query", "stems"),
    [
        ("Россия", ("ross",)),
        ("эмигрант", ("эmigrant",)),
        ("война", ("vojn",)),
        ("год", ("god",)),
        ("problem", ("problem",)),
        ("математика", ("matematik", "mathematik")),
        ("licenses", ("licens",)),
        ("računar*", ("racunar",)),
        ('"open source"', ("open source", "open-source")),
    ],
)
def test_every_hit_shows_what_was_sought(
    index: Index, real: list[ReleasedInterview], query: str, stems: tuple[str, ...]
) -> None:
    index.update(map(for_all, real), position=1)
    node = parse_query(query)
    hits = index.search(node, audience=Audience.PUBLIC)
    assert hits.found == {released.interview_id for released in real if matches(released, node)}
    for hit in hits.hits:
        passages = locate(real[hit.interview_id - 1], node)
        assert passages
        for passage in passages:
            for start, end in passage.matches:
                assert fold(passage.text[start:end]).startswith(stems)


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [("земља", "zemlja"), ("године", "godine"), ("проблем", "problem"), ("тачка", "tačka"),
     ("линија", "linija"), ("решење", "rešenje"), ("број", "broj")],
)  # fmt: skip
def test_both_scripts_find_the_same_passages(
    real: list[ReleasedInterview], cyrillic: str, latin: str
) -> None:
    one, other = parse_query(cyrillic), parse_query(latin)
    assert [locate(r, one) for r in real] == [locate(r, other) for r in real]
    assert locate(real[1], one)


def test_every_word_of_a_text_finds_its_turn(real: list[ReleasedInterview]) -> None:
    for released in real:
        for turn in released.transcripts[0].turns[:40]:
            word = re.findall(r"[^\W_]+", turn.text)[0]
            node = parse_query(f'"{word}"')
            assert turn.n in {passage.n for passage in locate(released, node)}
