"""Each style against strings written by hand, and what holds whichever fields are missing."""

from __future__ import annotations

import re

import pytest
from citation_wanted import ANNA, IRA, VERA, VERA_RU, VIKTOR, WANTED
from gate_world import seen, world
from hypothesis import given
from hypothesis import strategies as st

from archive_app.domain.citation_source import (
    Cited,
    CitedName,
    CitedSource,
    cited_name,
    source_of,
)
from archive_app.domain.citation_styles import CitationStyle, cite
from archive_app.domain.records import Collection, Interview, Place, Role
from archive_app.domain.released import ReleasedPerson

CASES = [(style, *case) for style, cases in WANTED.items() for case in cases]


@pytest.mark.parametrize(("style", "source", "reference", "note"), CASES)
def test_a_style_cites_as_its_guide_does(
    style: CitationStyle, source: CitedSource, reference: str, note: str
) -> None:
    found = cite(source, style)
    assert (found.reference, found.note) == (reference, note)


# -- what holds of all -------------------------------------------------------------------------

_people = st.lists(
    st.sampled_from([VERA, ANNA, IRA, VIKTOR, VERA_RU, CitedName("Н. Н."), CitedName("Dr. No")]),
    max_size=9,
    unique=True,
).map(tuple)
_titles = st.dictionaries(
    st.sampled_from(["en", "ru", "sr-Latn"]),
    st.sampled_from(
        ["A walk", "«Дом»", 'He said "no"', "Was it?", "No!", 'An “odd" one', "Конец.", "I (1)"]
    ),
    max_size=2,
)
_dates = st.sampled_from(
    ["", "2022", "2022-09", "2022-09-12", "2022-09~", "2022?", "1998%", "2022-21", "201X", "19XX",
     "2022-XX", "2022-09-XX", "1998/2004", "2022-09-12/2022-10-03", "2022/..", "../2022", "/2022",
     "2022/", "-0043", "spring 2022", "2022-05-01/2022-05-03~"]
)  # fmt: skip
_ms = st.one_of(st.none(), st.integers(0, 40_000_000))
sources = st.builds(
    CitedSource,
    kind=st.sampled_from(list(Cited)),
    narrators=_people,
    interviewers=_people,
    titles=_titles,
    date=_dates,
    places=st.sampled_from([{}, {"en": "Belgrade", "ru": "Белград"}, {"sr-Cyrl": "Нови Сад"}]),
    accession=st.sampled_from(["", "OH-7", "АУИ 12/3", "2022.4"]),
    repository=st.sampled_from(["", "City Archive", "Archives, Inc.", "Архив г. Сремски Карловци"]),
    series=st.lists(st.sampled_from(["Exile", "Walks etc.", "Why?"]), max_size=3).map(tuple),
    languages=st.sampled_from([(), ("ru",), ("sr-Latn", "en")]),
    has_sound=st.booleans(),
    has_video=st.booleans(),
    has_transcript=st.booleans(),
    recording=st.integers(0, 3),
    duration_ms=st.integers(0, 9_000_000),
    start_ms=_ms,
    end_ms=_ms,
)


@given(sources, st.sampled_from(list(CitationStyle)))
def test_punctuation_is_clean_whatever_is_missing(
    source: CitedSource, style: CitationStyle
) -> None:
    found = cite(source, style)
    for text in (found.reference, found.note):
        assert text == " ".join(text.split())
        assert re.search(r"[.!?…][”’»]?$|\)$", text), text
        # A full stop of an abbreviation and a question mark of a title may meet a comma.
        doubled = r"[,;:]\s*[,;:.?!)\]]|\.\s*\.|[!?]\.|[(\[\s][,;:.]"
        assert not re.search(doubled, text.replace(" ; ", "; ")), text
        assert not re.search(r"\(\s*\)|\[\s*\]|“\s*”|‘\s*’|«\s*»", text), text
        assert not re.search(r"(?<!/)//(?!/)\s*$|/\s*/\s*/|/\s*\.|[(\[]\s|\s[)\]]", text), text
        for opening, closing in ("()", "[]", "“”", "«»"):
            if opening == "“" and style in (CitationStyle.APA, CitationStyle.GOST):
                continue  # these two leave a title's own marks as they are
            assert text.count(opening) == text.count(closing), text


@given(sources, st.sampled_from(list(CitationStyle)))
def test_what_is_known_is_said_and_times_only_in_the_note(
    source: CitedSource, style: CitationStyle
) -> None:
    found = cite(source, style)
    if source.accession:
        assert source.accession in found.reference
    if source.repository:
        assert source.repository in found.reference
    if source.start_ms is not None:
        hours, minutes = source.start_ms // 3_600_000, source.start_ms // 60_000 % 60
        assert f"{hours}:{minutes:02}:" in found.note
        if source.kind is Cited.PASSAGE:
            times = re.findall(r"\d:\d\d:\d\d", found.reference)
            assert not times or source.duration_ms


# -- from a released interview -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "sort_name", "inverted"),
    [
        ("Anna Petrova", "Petrova, Anna", "Petrova, Anna"),
        ("Вера Ивановна Петрова", "Петрова, Вера", "Петрова, Вера Ивановна"),
        ("Петрова Вера Ивановна", "Петрова, Вера Ивановна", "Петрова, Вера Ивановна"),
        ("Jean de La Fontaine", "La Fontaine, Jean de", "La Fontaine, Jean de"),
        ("Viktor", "Viktor", "Viktor"),
        ("Viktor", "Волков, Сергей", "Viktor"),
        ("Виктор", "Виктор, Виктор", "Виктор"),
        ("Anna Petrova", "Anna Petrova", "Anna Petrova"),
        ("Interviewee 12", "Interviewee 12", "Interviewee 12"),
        ("Anna Petrova", "Petrova,", "Anna Petrova"),
        ("Anna Petrova", "", "Anna Petrova"),
    ],
)
def test_the_register_says_what_is_inverted(name: str, sort_name: str, inverted: str) -> None:
    assert cited_name(ReleasedPerson(name, sort_name, Role.INTERVIEWEE)).inverted == inverted


def test_a_released_interview_is_cited_by_its_public_names() -> None:
    released = seen(
        world(
            interview=Interview(
                1, "i", "OH-7", titles={"en": " Viktor's\njourney. ", "ru": "OH-7"},
                date="2022-09-12",
            ),
            place=Place(1, "p", {"en": "Belgrade", "ru": "Белград"}),
            collections=(
                Collection(1, "c", None, "repository", "City Archive"),
                Collection(2, "d", 1, "project", "Mini Russia"),
            ),
        )
    )  # fmt: skip
    source = source_of(released, start_ms=5_000, end_ms=5_000)
    assert source.kind is Cited.PASSAGE
    assert source.end_ms is None
    assert source.titles == {"en": "Viktor's journey."}
    assert (source.repository, source.series) == ("City Archive", ("Mini Russia",))
    assert cite(source, CitationStyle.CHICAGO).note == (
        "Виктор, interview by Анна Петрова, Belgrade, September 12, 2022, OH-7, transcript, at "
        "0:00:05, Mini Russia, City Archive."
    )
    assert cite(source, CitationStyle.GOST).reference.startswith(
        "Виктор. Viktor's journey. [Интервью] / интервьюер А. Петрова. Белград, 12 сентября 2022 г."
    )
    (recording,) = released.recordings
    heard = source_of(released, recording=recording, repository="Elsewhere")
    assert (heard.kind, heard.recording, heard.duration_ms) == (Cited.RECORDING, 0, 60_000)
    assert (heard.repository, heard.series) == ("Elsewhere", ("City Archive", "Mini Russia"))
