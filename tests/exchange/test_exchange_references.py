"""References, read back by small parsers that share nothing with the writers."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_app.domain.citation_source import Cited, CitedName, CitedSource, one_line
from archive_app.errors import BadValue
from archive_app.exchange.references import EXTENSIONS, write_references

PASSAGE = CitedSource(
    kind=Cited.PASSAGE,
    narrators=(CitedName("Вера Петрова", "Петрова", "Вера"), CitedName("Rock and Roll, Inc.")),
    interviewers=(CitedName("Anna Ivanova", "Ivanova", "Anna"),),
    titles={"ru": "100% {дом} & $ad_ #1 \\o/ ~^"},
    date="2022-09-12",
    places={"en": "Belgrade"},
    accession="АУИ 12/3",
    repository="City Archive",
    series=("Exile", "Mini Russia"),
    languages=("ru",),
    has_sound=True,
    has_transcript=True,
    start_ms=723_000,
    end_ms=820_000,
)
_text = st.text(max_size=30).map(one_line)
_name = st.one_of(
    st.builds(CitedName, _text.filter(bool)),
    st.builds(lambda f, g: CitedName(f"{g} {f}", f, g), _text.filter(bool), _text.filter(bool)),
)
_sources = st.lists(
    st.builds(
        CitedSource,
        kind=st.sampled_from(list(Cited)),
        narrators=st.lists(_name, max_size=3).map(tuple),
        interviewers=st.lists(_name, max_size=2).map(tuple),
        titles=st.dictionaries(st.sampled_from(["en", "ru"]), _text.filter(bool), max_size=2),
        date=st.sampled_from(["", "2022", "2022-09", "2022-09-12", "2022-09~", "201X", "2022-21",
                              "1998/2004", "1998/..", "-0043", "in {spring}", "0987"]),
        accession=_text,
        repository=_text,
        series=st.lists(_text.filter(bool), max_size=2).map(tuple),
        languages=st.sampled_from([(), ("ru",)]),
        has_sound=st.booleans(),
        has_video=st.booleans(),
        start_ms=st.one_of(st.none(), st.integers(0, 10_000_000)),
    ),
    max_size=4,
)  # fmt: skip


def bibtex(text: str) -> list[tuple[str, dict[str, str]]]:
    """Entries of a .bib file by counting braces alone, as BibTeX does."""
    found: list[tuple[str, dict[str, str]]] = []
    place = 0
    while (at := text.find("@misc{", place)) >= 0:
        depth, end = 1, at + 6
        while depth:
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            end += 1
        key, _, body = text[at + 6 : end - 1].partition(",")
        fields: dict[str, str] = {}
        place = 0
        while match := re.compile(r"\s*(\w+) = ").match(body, place):
            start = place = match.end()
            depth = 0
            while depth or body[place] != ",":
                depth += {"{": 1, "}": -1}.get(body[place], 0)
                place += 1
            fields[match[1]] = body[start:place]
            place += 1
        assert not body[place:].strip()
        found.append((key, fields))
        place = end
    return found


def plain(value: str) -> str:
    """What TeX would print of a value."""
    value = value.replace(r"\textbraceleft{}", "\1").replace(r"\textbraceright{}", "\2")
    for command, character in (("textbackslash", "\\"), ("textasciitilde", "~"),
                               ("textasciicircum", "^")):  # fmt: skip
        value = value.replace(f"\\{command}{{}}", {"\\": "\3"}.get(character, character))
    value = re.sub(r"\\([&%$#_])", r"\1", value)
    assert "\\" not in value
    value = value.replace("{", "").replace("}", "")
    return value.replace("\1", "{").replace("\2", "}").replace("\3", "\\")


def ris(data: bytes) -> list[list[tuple[str, str]]]:
    """Records of a RIS file, line by line."""
    records: list[list[tuple[str, str]]] = []
    lines = data.decode("utf-8").split("\r\n")
    assert lines.pop() == ""
    for line in lines:
        match = re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line)
        assert match, line
        if match[1] == "TY":
            records.append([])
        records[-1].append((match[1], match[2]))
    assert all(one[-1] == ("ER", "") for one in records)
    return records


def test_csl_json_holds_a_passage() -> None:
    (item,) = json.loads(write_references([PASSAGE], format="csl-json"))
    assert item == {
        "id": "AUI-12-3",
        "type": "interview",
        "title": "100% {дом} & $ad_ #1 \\o/ ~^",
        "author": [{"family": "Петрова", "given": "Вера"}, {"literal": "Rock and Roll, Inc."}],
        "interviewer": [{"family": "Ivanova", "given": "Anna"}],
        "issued": {"date-parts": [[2022, 9, 12]]},
        "event-place": "Belgrade",
        "medium": "transcript",
        "archive": "City Archive",
        "archive_collection": "Exile, Mini Russia",
        "archive_location": "АУИ 12/3",
        "call-number": "АУИ 12/3",
        "language": "ru",
        "note": "Passage: 0:12:03–0:13:40",
    }


def test_bibtex_holds_a_passage() -> None:
    ((key, fields),) = bibtex(write_references([PASSAGE], format="bibtex").decode("utf-8"))
    assert key == "AUI-12-3"
    assert fields["author"] == "{Петрова, Вера and {Rock and Roll, Inc.}}"
    assert fields["title"].startswith("{{")
    assert plain(fields["title"]) == PASSAGE.titles["ru"]
    assert (fields["date"], fields["year"], fields["month"]) == ("{2022-09-12}", "{2022}", "sep")
    assert plain(fields["howpublished"]) == "Interview by Anna Ivanova, transcript"
    assert plain(fields["note"]) == "АУИ 12/3, Mini Russia, Exile, City Archive, 0:12:03–0:13:40"


def test_ris_holds_a_passage() -> None:
    (record,) = ris(write_references([PASSAGE], format="ris"))
    assert record == [
        ("TY", "SOUND"),
        ("ID", "AUI-12-3"),
        ("AU", "Петрова, Вера"),
        ("AU", "Rock and Roll, Inc."),
        ("A2", "Ivanova, Anna"),
        ("TI", PASSAGE.titles["ru"]),
        ("T2", "Exile, Mini Russia"),
        ("PY", "2022"),
        ("DA", "2022/09/12/"),
        ("CY", "Belgrade"),
        ("M3", "Interview, transcript"),
        ("AV", "City Archive"),
        ("DB", "City Archive"),
        ("CN", "АУИ 12/3"),
        ("LA", "ru"),
        ("N1", "Interview by Anna Ivanova"),
        ("N1", "Passage: 0:12:03–0:13:40"),
        ("ER", ""),
    ]


@pytest.mark.parametrize(
    ("date", "issued"),
    [
        ("2022-09~", {"date-parts": [[2022, 9]], "circa": True}),
        ("1998/2004", {"date-parts": [[1998], [2004]]}),
        ("201X", {"literal": "2010s"}),
        ("2022-21", {"literal": "spring 2022"}),
        ("1998/..", {"literal": "from 1998"}),
        ("2022-XX-XX", {"date-parts": [[2022]]}),
        ("", None),
    ],
)
def test_dates_are_numbers_where_numbers_can_say_them(date: str, issued: object) -> None:
    (item,) = json.loads(write_references([CitedSource(date=date)], format="csl-json"))
    assert item.get("issued") == issued


def test_keys_are_unlike_each_other() -> None:
    twice = [CitedSource(accession="OH 7"), CitedSource(accession="oh-7"), CitedSource()]
    items = json.loads(write_references(twice, format="csl-json"))
    assert [one["id"] for one in items] == ["OH-7", "oh-7-2", "interview"]


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(BadValue):
        write_references([PASSAGE], format="endnote")


@given(_sources)
def test_every_reference_is_read_back_whole(sources: list[CitedSource]) -> None:
    for name in EXTENSIONS:
        assert write_references(sources, format=name) == write_references(sources, format=name)
    items = json.loads(write_references(sources, format="csl-json"))
    entries = bibtex(write_references(sources, format="bibtex").decode("utf-8"))
    records = ris(write_references(sources, format="ris"))
    assert len(items) == len(entries) == len(records) == len(sources)
    for source, item, (key, fields), record in zip(sources, items, entries, records, strict=True):
        title = source.title("".join(source.languages[:1])) or "Interview"
        assert item["title"] == plain(fields["title"]) == dict(record)["TI"] == title
        assert item["id"] == key
        assert re.fullmatch(r"[A-Za-z0-9.-]+", key)
        assert len(item.get("author", ())) == len(source.narrators)
        assert sum(tag == "AU" for tag, _ in record) == len(source.narrators)
        assert all(value.startswith("{") or name == "month" for name, value in fields.items())
        assert not any(name in item and not item[name] for name in item)
        tags = [tag for tag, _ in record]
        assert tags[0] == "TY"
        assert all("*" not in value for tag, value in record if tag in ("AU", "A2"))
