"""What each style sets in italics, of an interview and of a dossier."""

from __future__ import annotations

import pytest
from citation_wanted import ANNA, VERA
from hypothesis import given
from hypothesis import strategies as st

from archive_app.domain.citation_source import CitedSource
from archive_app.domain.citation_styles import Citation, CitationStyle, cite, cite_volume
from archive_app.domain.citation_text import as_html, runs_of
from archive_app.domain.citation_volume import CitedVolume

INTERVIEW = CitedSource(
    narrators=(VERA,), interviewers=(ANNA,), titles={"en": "A walk"}, date="2022-09-12",
    accession="OH-7", repository="City Archive",
)  # fmt: skip
VOLUME = CitedVolume(
    "The First Winter", "Conversations", "Selected by M. Ivanović", "City Archive", "2026-03-01"
)


def italic(citation: Citation) -> list[str]:
    return [run.text for run in citation.reference_runs if run.is_italic]


@pytest.mark.parametrize(
    ("style", "wanted"),
    [
        (CitationStyle.CHICAGO, []),
        (CitationStyle.MLA, []),
        (CitationStyle.APA, ["A walk"]),
        (CitationStyle.ORAL_HISTORY_SOCIETY, []),
        (CitationStyle.GOST, []),
    ],
)
def test_an_interview_has_the_italics_of_its_style(style: CitationStyle, wanted: list[str]) -> None:
    assert italic(cite(INTERVIEW, style)) == wanted


@pytest.mark.parametrize(
    ("style", "reference", "wanted"),
    [
        (
            CitationStyle.CHICAGO,
            (
                "Selected by M. Ivanović. The First Winter: Conversations. City Archive,"
                " March 1, 2026."
            ),
            ["The First Winter: Conversations"],
        ),
        (
            CitationStyle.MLA,
            "Selected by M. Ivanović. The First Winter: Conversations. City Archive, 1 Mar. 2026.",
            ["The First Winter: Conversations"],
        ),
        (
            CitationStyle.APA,
            (
                "Selected by M. Ivanović. (2026, March 1). The First Winter: Conversations."
                " City Archive."
            ),
            ["The First Winter: Conversations"],
        ),
        (
            CitationStyle.ORAL_HISTORY_SOCIETY,
            (
                "Selected by M. Ivanović, The First Winter: Conversations"
                " (City Archive, 1 March 2026)."
            ),
            ["The First Winter: Conversations"],
        ),
        (
            CitationStyle.GOST,
            (
                "Selected by M. Ivanović. The First Winter : Conversations. City Archive,"
                " 1 марта 2026 г."
            ),
            [],
        ),
    ],
)
def test_a_dossier_is_cited_with_the_italics_of_the_style(
    style: CitationStyle, reference: str, wanted: list[str]
) -> None:
    found = cite_volume(VOLUME, style)
    assert found.reference == reference
    assert italic(found) == wanted


@pytest.mark.parametrize("style", list(CitationStyle))
def test_a_dossier_of_which_only_the_title_is_known_leaves_no_gap(style: CitationStyle) -> None:
    found = cite_volume(CitedVolume("Who came?"), style).reference
    assert found in {"Who came?", "Who came? (n.d.)."}


def test_the_title_is_italic_even_where_the_narrator_has_the_same_name() -> None:
    source = CitedSource(narrators=(VERA,), titles={"en": VERA.family}, date="2022")
    found = cite(source, CitationStyle.APA)
    ((start, end),) = found.italics
    assert found.reference[start:end] == VERA.family
    assert start > found.reference.index("2022")


_texts = st.text(st.sampled_from("ab &<é"), max_size=20)


@given(_texts, st.lists(st.integers(0, 20), max_size=6, unique=True))
def test_runs_put_together_are_the_text(text: str, cuts: list[int]) -> None:
    places = sorted(cut for cut in cuts if cut <= len(text))
    italics = tuple(zip(places[::2], places[1::2], strict=False))
    runs = runs_of(text, italics)
    assert "".join(run.text for run in runs) == text
    assert sum(len(run.text) for run in runs if run.is_italic) == sum(b - a for a, b in italics)


def test_html_for_the_clipboard_escapes_everything_but_the_italics() -> None:
    runs = runs_of("A & <b> walk", ((4, 12),))
    assert as_html(runs) == "A &amp; <i>&lt;b&gt; walk</i>"
