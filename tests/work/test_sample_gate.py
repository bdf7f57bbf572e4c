"""The one way out, on the sample archive: what an outsider must not see is in no byte."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from archive_app.domain.records import Audience, Layer, Person, Span
from archive_app.exchange import formats
from archive_app.language.forms import name_forms
from archive_app.language.words import word_texts
from archive_app.store.archive import Archive
from archive_app.work import access, archives, interviews, library, searching
from archive_app.work.dossiers import Selection, make_dossier

Cli = Callable[..., CompletedProcess[str]]

TODAY = datetime.now(ZoneInfo("Europe/Belgrade")).date()
LATER = date(2043, 1, 1)
"""When the embargo on the recording is over."""
VIKTOR = "MRB-003"
OUTSIDERS = ("public", "reading-room")

NAME_PIECES = (
    "серге",
    "сергí",
    "волков",
    "sergei",
    "sergej",
    "sergey",
    "sergè",
    "volkov",
    "wolkow",
)
"""What no word of any form of the protected name does without, small letters."""
CLOSED_PIECES = (
    "олег", "oleg", "псков", "pskov", "ларс", "verkhny lars", "сломан замок", "lock was broken",
    "две бутылки", "two bottles", "корм для скота", "cattle feed", "спальном месте",
)  # fmt: skip


@pytest.fixture
def archive(sample_archive: Path) -> Iterator[Archive]:
    with archives.open_archive(sample_archive, who="Ana") as opened:
        yield opened
        searching.close_index(opened)


@pytest.fixture
def meant(sample_archive: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ORAL_HISTORY_ARCHIVE", str(sample_archive))
    return sample_archive


@pytest.fixture(scope="session")
def forms(sample_template: Path, tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """Every one-word form of the protected name that the language room knows, small letters."""
    folder = shutil.copytree(
        sample_template / "Sample.oralhistory", tmp_path_factory.mktemp("forms") / "F.oralhistory"
    )
    with Archive.open(folder) as archive, archive.read() as reader:
        (viktor,) = reader.protected_people()
    assert isinstance(viktor, Person)
    found = {form.form.casefold() for form in name_forms(viktor)}
    assert {"сергея", "волкову", "sergeja", "volkovim", "сергеем волковым"} <= found | {
        f"{a} {b}" for a in found for b in found
    }
    return frozenset(form for form in found if " " not in form and len(form) > 2)


def id_of(archive: Archive, accession: str) -> int:
    with archive.read() as reader:
        return interviews.find_interview(reader, accession).id


def leaks(text: str, forms: frozenset[str]) -> list[str]:
    """What of the secrets a text holds."""
    small = text.casefold()
    words = {word.casefold() for word in word_texts(text)}
    return [p for p in (*NAME_PIECES, *CLOSED_PIECES) if p in small] + sorted(words & forms)


def byte_leaks(data: bytes) -> list[str]:
    """What of the secrets bytes hold, in any encoding that they may be written in."""
    found: list[str] = []
    for piece in (*NAME_PIECES, *CLOSED_PIECES):
        for text in {piece, piece.capitalize(), piece.title(), piece.upper()}:
            for encoding in ("utf-8", "utf-16-be", "utf-16-le", "cp1251", "koi8-r"):
                try:
                    pattern = text.encode(encoding)
                except UnicodeEncodeError:
                    continue
                if len(pattern) > 3 and pattern in data:
                    found.append(f"{text} as {encoding}")
            if json.dumps(text)[1:-1].encode() in data:
                found.append(f"{text} escaped")
    return found


# -- PDF -------------------------------------------------------------------------------------


def strings_of(pdf_object: Any, depth: int = 0) -> Iterator[str]:
    import pikepdf

    if isinstance(pdf_object, (pikepdf.String, pikepdf.Name)):
        yield str(pdf_object)
    elif depth < 12 and isinstance(pdf_object, pikepdf.Array):
        for one in pdf_object.as_list():
            yield from strings_of(one, depth + 1)
    elif depth < 12 and isinstance(pdf_object, pikepdf.Dictionary):
        for key, one in pdf_object.items():
            yield key
            if not getattr(one, "is_indirect", False):
                yield from strings_of(one, depth + 1)


def everything_in(path: Path) -> tuple[str, bytes]:
    """All text that can be got out of a PDF, and all of its bytes with streams expanded."""
    import pikepdf
    from pdfminer.high_level import extract_text

    texts = [extract_text(path)]
    raw = [path.read_bytes()]
    with pikepdf.open(path) as pdf:
        for one in pdf.objects:
            if isinstance(one, pikepdf.Stream):
                raw.append(one.read_bytes())
                texts += list(strings_of(one.stream_dict))
            else:
                texts += list(strings_of(one))
    if shutil.which("pdftotext"):
        done = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
        texts.append(done.stdout.decode("utf-8", "replace"))
    # A word that is hyphenated at a line's end is one word all the same.
    text = "\n".join(texts)
    return text + "\n" + re.sub(r"[-\u00ad]\n\s*", "", text), b"\n".join(raw)


@pytest.mark.parametrize(
    ("audience", "on"),
    [("public", TODAY), ("reading-room", LATER)],
    ids=["now", "after the embargo"],
)
def test_no_byte_of_a_dossier_names_what_is_protected(
    cli: Cli, meant: Path, tmp_path: Path, forms: frozenset[str], audience: str, on: date
) -> None:
    file = tmp_path / "d.pdf"
    cli("dossier", "-o", file, "--audience", audience, "--on", on)
    text, raw = everything_in(file)
    assert leaks(text, forms) == []
    assert byte_leaks(raw) == []
    assert "Viktor" in text
    assert "ветеринар" in text.casefold()


def test_in_the_staffs_dossier_all_of_it_stands(cli: Cli, meant: Path, tmp_path: Path) -> None:
    file = tmp_path / "d.pdf"
    cli("dossier", "-o", file, "--audience", "staff", "--interview", VIKTOR)
    text, _ = everything_in(file)
    for word in ("Волков", "Сергей", "Олег", "Пскова", "Volkov", "Oleg"):
        assert word in text, word


def test_a_title_that_names_what_is_protected_is_not_written(
    cli: Cli, meant: Path, tmp_path: Path
) -> None:
    file = tmp_path / "d.pdf"
    cli("dossier", "-o", file, "--title", "Разговор с Сергеем Волковым", status=1)
    assert not file.exists()


# -- exports ---------------------------------------------------------------------------------


@pytest.mark.parametrize("audience", OUTSIDERS)
@pytest.mark.parametrize("format_", formats.WRITABLE)
def test_no_byte_of_an_export_names_what_is_protected(
    cli: Cli, meant: Path, tmp_path: Path, forms: frozenset[str], audience: str, format_: str
) -> None:
    for on in (TODAY, LATER):
        for language in ("ru", "en"):
            file = tmp_path / "x"
            cli("export", VIKTOR, "--format", format_, "-o", file, "--audience", audience,
                "--on", on, "--language", language)  # fmt: skip
            for part in parts_of(file):
                assert leaks(part.decode("utf-8"), forms) == []
                assert byte_leaks(part) == []


def parts_of(file: Path) -> list[bytes]:
    """What a file holds: of a Word document each part, and all its words without markup."""
    if not zipfile.is_zipfile(file):
        return [file.read_bytes()]
    with zipfile.ZipFile(file) as package:
        parts = [package.read(name) for name in package.namelist()]
        names = "\n".join(package.namelist()).encode()
    return [*parts, names, *(re.sub(rb"<[^>]*>", b"", part) for part in parts)]


@pytest.mark.parametrize("format_", formats.WRITABLE)
def test_in_the_staffs_export_all_of_it_stands(
    cli: Cli, meant: Path, tmp_path: Path, format_: str
) -> None:
    cli("export", VIKTOR, "--format", format_, "-o", tmp_path / "x", "--audience", "staff")
    text = b"".join(parts_of(tmp_path / "x")).decode("utf-8")
    for word in ("Волков", "Сергей", "Олег", "Пскова", "сломан замок"):
        assert word in text, word


def test_the_recordings_own_name_and_hash_stay_inside_while_the_voice_is_closed(
    archive: Archive,
) -> None:
    with archive.read() as reader:
        (recording,) = reader.recordings(id_of(archive, VIKTOR))
        for audience in (Audience.PUBLIC, Audience.READING_ROOM):
            copy = access.released(reader, recording.interview_id, audience=audience, on=TODAY)
            assert copy is not None
            assert recording.sha256 not in repr(copy)
            assert recording.original_name not in repr(copy)


# -- searching -------------------------------------------------------------------------------

QUERIES = (
    "Сергей", "Серге*", "Серг*", "сергея", "Сергеем", "Волков", "Волк*", "волкова",
    "Volkov", "Volk*",
    "Sergei", "Serg*", "Sergej", '"Сергей Волков"', '"врач Волков"', "Олег", "Олега", "Oleg",
    "Ole*",
    "Псков", "Пскова", "Пск*", "Pskov", '"сломан замок"', "замок", "замок замки", '"Верхний Ларс"',
    "Ларс", "Lars", "бутылки", "bottles", "скота", "cattle", "NOT Сергей", "-Олег", "Виктор",
    "Виктор NOT Сергей", "Сергей OR Виктор", "tag:fear", "tag:journey/border", "tag:Серг*",
    "speaker:Сергей", "speaker:Volkov", "speaker:Серг*", "speaker:Viktor", "person:Сергей",
    "person:Volk*", "person:Viktor", "speaker:Viktor Олег", "tag:journey Олег", "place:Псков",
    "мобилизация", "полки", "дом", "Београд", "Beograd", "а*", "с*", "с* в*", "date:2022-12",
    "lang:ru", "collection:Newcomers",
)  # fmt: skip


@pytest.mark.parametrize("audience", OUTSIDERS)
def test_no_search_shows_what_is_protected(
    cli: Cli, meant: Path, forms: frozenset[str], audience: str
) -> None:
    for query in QUERIES:
        done = cli("search", query, "--audience", audience, "--limit", "50", "--json")
        document = json.loads(done.stdout)
        assert document.pop("query") == query
        assert leaks(json.dumps(document, ensure_ascii=False), forms) == [], query
    for query in QUERIES[::4]:
        lines = cli("search", query, "--audience", audience).stdout
        assert leaks(lines, forms) == [], query


@pytest.mark.parametrize("audience", OUTSIDERS)
def test_no_search_can_be_used_to_ask_whether_a_protected_word_is_there(
    cli: Cli, meant: Path, audience: str
) -> None:
    def found(query: str) -> list[str]:
        done = cli("search", query, "--audience", audience, "--json")
        return sorted(one["accession"] for one in json.loads(done.stdout)["interviews"])

    everything = ["MRB-001", "MRB-002", "MRB-003", "MRB-004"]
    words = (
        "Сергей", "Серге*", "Волков", "Volkov", "Sergei", "Олег", "Oleg", "Псков", "Pskov",
        '"сломан замок"', "Ларс", "speaker:Сергей", "person:Volkov", "person:Серг*",
    )  # fmt: skip
    for word in words:
        assert found(word) == [], word
        assert found(f"NOT {word}") == everything, word


def test_staff_find_all_of_it(cli: Cli, meant: Path) -> None:
    for query in ("Сергей", "Волков", "Олег", "Псков", '"сломан замок"', "Oleg", "Pskov"):
        document = json.loads(cli("search", query, "--json").stdout)
        assert [one["accession"] for one in document["interviews"]] == [VIKTOR], query


def test_facets_suggestions_and_listings_show_nothing_protected(
    archive: Archive, forms: frozenset[str]
) -> None:
    for audience in (Audience.PUBLIC, Audience.READING_ROOM):
        for query in ("дом", "tag:fear", "Виктор", "а*", "NOT x"):
            result = searching.search(archive, query, audience=audience, on=TODAY)
            assert leaks(repr(result), forms) == []
            assert leaks(repr(result.facets), forms) == []
        for typed in ("с", "се", "сер", "в", "во", "вол", "о", "ол", "п", "пс", "s", "v", "o", "l"):
            assert leaks(repr(searching.suggest(archive, typed, audience=audience)), forms) == []
        listing = library.listing_for(archive, audience, TODAY)
        assert leaks(repr(listing), forms) == []
        assert len(listing.rows) == 4


# -- law 15: a closed listing leaves no trace ------------------------------------------------


@pytest.fixture
def closed_and_never(
    sample_template: Path, own_home: Path, tmp_path: Path
) -> Iterator[tuple[Archive, Archive]]:
    """The sample with Viktor's listing closed, and the sample in which he never was."""
    one = shutil.copytree(sample_template / "Sample.oralhistory", tmp_path / "Closed.oralhistory")
    other = shutil.copytree(sample_template / "Sample.oralhistory", tmp_path / "Never.oralhistory")
    with archives.open_archive(one) as closed:
        access.restrict_layer(
            closed, id_of(closed, VIKTOR), Layer.LISTING, shut_out=Audience.READING_ROOM
        )
        with archives.open_archive(other) as never:
            with never.write("Be another archive") as writer:
                # Else both would share one index in the cache.
                writer.set_setting("uuid", "00000000-0000-4000-8000-000000000015")
                writer.delete("interview", id_of(closed, VIKTOR))
            never.uuid = "00000000-0000-4000-8000-000000000015"
            for archive in (closed, never):
                searching.catch_up(archive)
            yield closed, never
            for archive in (closed, never):
                searching.close_index(archive)


@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.READING_ROOM])
def test_a_closed_listing_changes_nothing_that_an_outsider_can_see(
    closed_and_never: tuple[Archive, Archive], audience: Audience
) -> None:
    closed, never = closed_and_never
    has_facets = False
    for query in QUERIES[:: 1 if audience is Audience.PUBLIC else 3]:
        one, other = (
            searching.search(a, query, audience=audience, on=TODAY) for a in closed_and_never
        )
        assert one == other, query
        assert one.total == len(one.interviews) <= 3
        has_facets |= any(one.facets.values.values())
    assert has_facets
    for typed in ("в", "ви", "вик", "vik", "вет", "пол", "s", "m", "мо", "а"):
        assert searching.suggest(closed, typed, audience=audience) == searching.suggest(
            never, typed, audience=audience
        ), typed
    assert library.listing_for(closed, audience, TODAY) == library.listing_for(
        never, audience, TODAY
    )


def test_a_dossier_of_an_archive_with_a_closed_listing_is_the_one_without_it(
    closed_and_never: tuple[Archive, Archive], tmp_path: Path
) -> None:
    from pdfminer.high_level import extract_text

    texts: list[str] = []
    for number, archive in enumerate(closed_and_never):
        file = tmp_path / f"{number}.pdf"
        report = make_dossier(
            archive, Selection(title="All"), file, audience=Audience.PUBLIC, on=TODAY
        )
        assert report.accessions == ("MRB-001", "MRB-002", "MRB-004")
        texts.append(extract_text(file))
    assert texts[0] == texts[1]
    assert "Viktor," not in texts[0]


def test_to_ask_for_a_closed_interview_is_to_ask_for_one_that_is_not_there(
    cli: Cli, meant: Path, tmp_path: Path
) -> None:
    with archives.open_archive(meant) as archive:
        access.restrict_layer(
            archive, id_of(archive, VIKTOR), Layer.LISTING, shut_out=Audience.PUBLIC
        )
    cli("dossier", "-o", tmp_path / "x.pdf", "--interview", VIKTOR, status=1)
    cli("export", VIKTOR, "--format", "json", "-o", tmp_path / "x.json", status=1)
    assert not list(tmp_path.glob("x.*"))
    cli("export", VIKTOR, "--format", "json", "-o", tmp_path / "x.json", "--audience", "staff")


# -- an index that is out of step --------------------------------------------------------------


def accessions(archive: Archive, query: str, audience: Audience = Audience.PUBLIC) -> list[str]:
    result = searching.search(archive, query, audience=audience, on=TODAY)
    assert result.total == len(result.interviews)
    return [one.accession for one in result.interviews]


def test_withdrawn_interview_is_absent_even_if_the_index_is_stale(archive: Archive) -> None:
    assert accessions(archive, "samovar") == ["MRB-004"]
    interview_id = id_of(archive, "MRB-004")
    with archive.read() as reader:
        (consent,) = reader.consents(interview_id)
    access.withdraw_consent(archive, consent, on=TODAY)
    assert accessions(archive, "samovar") == []
    assert accessions(archive, "NOT xyz") == ["MRB-001", "MRB-002", "MRB-003"]
    assert accessions(archive, "samovar", Audience.STAFF) == ["MRB-004"]
    assert searching.suggest(archive, "samov", audience=Audience.PUBLIC) == ()


def test_what_was_closed_just_now_is_absent_even_if_the_index_is_stale(archive: Archive) -> None:
    assert accessions(archive, "полка")
    viktor = id_of(archive, VIKTOR)
    access.restrict_layer(archive, viktor, Layer.TRANSCRIPT, shut_out=Audience.PUBLIC)
    assert VIKTOR not in accessions(archive, "полка")
    assert accessions(archive, "person:Viktor") == [VIKTOR]
    access.restrict_layer(archive, viktor, Layer.LISTING, shut_out=Audience.PUBLIC)
    assert accessions(archive, "person:Viktor") == []


def test_a_passage_closed_just_now_is_not_found_even_if_the_index_is_stale(
    archive: Archive,
) -> None:
    assert accessions(archive, "samovar") == ["MRB-004"]
    with archive.read() as reader:
        for transcript in reader.transcripts(id_of(archive, "MRB-004")):
            for turn in reader.turns(transcript.id):
                if "samovar" in turn.text.lower():
                    access.restrict_span(
                        archive, transcript.id, Span(turn.id, 0, turn.id, len(turn.text)),
                        shut_out=Audience.PUBLIC,
                    )  # fmt: skip
    result = searching.search(archive, "samovar", audience=Audience.PUBLIC, on=TODAY)
    assert [p for one in result.interviews for p in one.passages] == []


def test_a_name_protected_just_now_is_not_found_even_if_the_index_is_stale(
    archive: Archive,
) -> None:
    assert accessions(archive, "person:Ljiljana") == ["MRB-004"]
    with archive.read() as reader:
        (ljiljana,) = [p for p in reader.people() if p.public_name == "Ljiljana"]
    access.protect_name(archive, ljiljana.id, pseudonym="Vera", real_names=["Ljiljana", "Љиљана"])
    for query in ("Ljiljana", "Љиљана", "Ljilj*", "person:Ljiljana", "speaker:Ljiljana", "Љиљаном"):
        assert accessions(archive, query) == [], query
        searching.catch_up(archive)
        assert accessions(archive, query) == [], query
    assert accessions(archive, "person:Vera") == ["MRB-004"]


def test_a_deleted_interview_is_absent_even_if_the_index_is_stale(archive: Archive) -> None:
    interviews.delete_interview(archive, id_of(archive, "MRB-004"))
    assert accessions(archive, "samovar", Audience.STAFF) == []
    assert len(accessions(archive, "NOT xyz", Audience.STAFF)) == 3


def test_an_index_of_another_archive_is_of_no_consequence(
    archive: Archive, own_home: Path, tmp_path: Path
) -> None:
    """Somebody puts an older copy of the archive in its place: the index knows too much."""
    copy = shutil.copytree(archive.folder, tmp_path / "Older.oralhistory")
    with archive.write("Edit") as writer:
        writer.update("interview", id_of(archive, "MRB-004"), abstract="jednorog")
    searching.catch_up(archive)
    assert accessions(archive, "jednorog") == ["MRB-004"]
    searching.close_index(archive)
    with archives.open_archive(copy) as older:
        assert older.uuid == archive.uuid
        assert accessions(older, "jednorog") == []
        assert searching.index_problems(older) != ()
        searching.catch_up(older)
        assert accessions(older, "samovar") == ["MRB-004"]
        assert searching.index_problems(older) == ()
        searching.close_index(older)


# -- law 16: dates -----------------------------------------------------------------------------


def test_an_embargo_ends_at_midnight_if_it_opens_by_itself_and_else_a_person_is_asked(
    archive: Archive,
) -> None:
    viktor = id_of(archive, VIKTOR)
    until = date(2030, 5, 1)
    access.restrict_layer(
        archive, viktor, Layer.LISTING, shut_out=Audience.PUBLIC, until=until, opens_by_itself=True
    )

    def is_there(on: date) -> bool:
        result = searching.search(archive, "Виктор", audience=Audience.PUBLIC, on=on)
        return VIKTOR in [one.accession for one in result.interviews]

    for _ in range(2):  # with a stale index, and with one that is in step
        assert [is_there(date(2030, 4, 30)), is_there(until)] == [False, True]
        searching.catch_up(archive)
    access.restrict_layer(archive, viktor, Layer.LISTING, shut_out=Audience.PUBLIC, until=until)
    assert not is_there(date(2031, 1, 1))
    (held,) = access.preview_release(
        archive, [viktor], audience=Audience.PUBLIC, on=date(2031, 1, 1)
    )
    assert held.is_absent
    assert held.questions


def test_the_day_is_that_of_the_archives_own_time_zone(archive: Archive) -> None:
    def day_in(zone: str) -> date:
        with archive.write("Change setting") as writer:
            writer.set_setting("time_zone", zone)
        return access.today(archive)

    assert day_in("Europe/Belgrade") == datetime.now(ZoneInfo("Europe/Belgrade")).date()
    # They are 26 hours apart: it is never the same day in both.
    assert day_in("Pacific/Kiritimati") > day_in("Etc/GMT+12")
    assert day_in("No/Such zone") == datetime.now(ZoneInfo("UTC")).date()


# -- what a hit shows --------------------------------------------------------------------------


@pytest.mark.parametrize("audience", list(Audience))
def test_every_hit_lies_on_what_was_sought(archive: Archive, audience: Audience) -> None:
    from archive_app.language.folding import exact_form, fold
    from archive_app.language.stems import keys

    words = ("мобилизация", "Београд", "Beograd", "дом", "полка", "soседка", "соседка", "kuća",
             "врач", "работа", "mobilization", "shelves", "имя", "говорить", "Русски")  # fmt: skip
    hits = 0
    for word in words:
        sought = keys(exact_form(word))
        for one in searching.search(archive, word, audience=audience, on=TODAY).interviews:
            for passage in one.passages:
                assert passage.matches
                for start, end in passage.matches:
                    hits += 1
                    found = passage.text[start:end]
                    assert keys(exact_form(found)) & sought, (word, found)
    assert hits > 60
    for query, said in (('"Београд је"', "београд је"), ('"Сколько вам лет"', "сколько вам лет")):
        result = searching.search(archive, query, audience=audience, on=TODAY)
        for one in result.interviews:
            for passage in one.passages:
                for start, end in passage.matches:
                    assert " ".join(word_texts(passage.text[start:end])).casefold() == said
    for one in searching.search(archive, "моб*", audience=audience, on=TODAY).interviews:
        for passage in one.passages:
            for start, end in passage.matches:
                assert fold(passage.text[start:end]).startswith("mob")


def places(archive: Archive, query: str) -> list[tuple[Any, ...]]:
    result = searching.search(archive, query, audience=Audience.STAFF, on=TODAY, limit=99)
    return sorted(
        (one.accession, p.language, p.turn, p.matches)
        for one in result.interviews
        for p in one.passages
    )


def test_either_script_finds_the_same_passages(archive: Archive) -> None:
    assert places(archive, "Beograd") == places(archive, "Београд") == places(archive, "beograd")
    assert {place[0] for place in places(archive, "Beograd")} >= {"MRB-003", "MRB-004"}
    assert places(archive, "Ljiljana") == places(archive, "Љиљана")
    assert places(archive, "комшија") == places(archive, "komšija") == places(archive, "komsija")


def test_one_form_of_a_word_finds_the_others_and_in_quotes_itself_only(archive: Archive) -> None:
    def said(query: str) -> set[str]:
        result = searching.search(archive, query, audience=Audience.STAFF, on=TODAY, limit=99)
        return {
            p.text[start:end].casefold()
            for one in result.interviews
            for p in one.passages
            for start, end in p.matches
        }

    assert {"мобилизации", "мобилизацией", "мобилизацию"} <= said("мобилизация")
    assert said("мобилизацией") == said("мобилизация") == said("мобилизации")
    assert said('"мобилизацией"') == {"мобилизацией"}
    assert said('"мобилизации"') == {"мобилизации"}
    assert said('"мобилизациями"') == set()
