"""The file as an archive keeps it: metadata, colours, data, links, the same bytes every time."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from archival_samples import picture, rich_contents
from dossier_samples import contents, interview, sample_contents, sample_interview, transcript, turn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive_app.domain.records import Audience, Footnote, Role
from archive_app.domain.released import ReleasedPerson, ReleasedTagging
from archive_app.dossier.archival_colour import srgb_profile
from archive_app.dossier.build import build_dossier, released_strings
from archive_app.dossier.contents import Excerpts, Passage, Picture
from archive_app.dossier.data import data_of, data_strings
from archive_app.dossier.design import Design, Layout, Marks

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("rich") / "d.pdf"
    build_dossier(target, rich_contents())
    return target


def test_xmp_says_what_the_old_dictionary_says(rich: Path) -> None:
    with pikepdf.open(rich) as pdf:
        info: dict[str, str] = {str(key): str(value) for key, value in pdf.docinfo.items()}
        with pdf.open_metadata() as held:
            names = [
                "dc:title", "dc:creator", "dc:description", "dc:rights", "dc:publisher",
                "pdf:Keywords", "pdf:Producer", "xmp:CreateDate", "pdfaid:part",
                "pdfaid:conformance", "pdfuaid:part",
            ]  # fmt: skip
            xmp: dict[str, Any] = {name: held[name] for name in names}
    assert xmp["dc:title"] == info["/Title"] == "The Second Winter"
    assert xmp["dc:creator"] == [info["/Author"]] == ["Selected by M. Ivanović"]
    assert xmp["dc:description"] == info["/Subject"]
    assert xmp["pdf:Keywords"] == info["/Keywords"] == "emigration, Београд, winter  second"
    assert xmp["pdf:Producer"] == info["/Producer"] == "Oral History Archive"
    assert xmp["xmp:CreateDate"] == "2026-03-01T00:00:00+00:00"
    assert info["/CreationDate"] == info["/ModDate"] == "D:20260301000000+00'00'"
    assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("3", "A")
    assert xmp["pdfuaid:part"] == "1"
    assert xmp["dc:rights"].startswith("© 2026 Memory Archive, Belgrade")
    assert xmp["dc:publisher"] == {"Memory Archive"}


def test_without_data_it_is_pdf_a_2(tmp_path: Path) -> None:
    build_dossier(tmp_path / "d.pdf", contents())
    with pikepdf.open(tmp_path / "d.pdf") as pdf:
        assert not pdf.attachments
        with pdf.open_metadata() as held:
            assert held["pdfaid:part"] == "2"


@pytest.mark.parametrize("language", ["", "und", "no such (language)"])
def test_a_file_is_in_some_language(tmp_path: Path, language: str) -> None:
    build_dossier(tmp_path / "d.pdf", contents(language=language))
    with pikepdf.open(tmp_path / "d.pdf") as pdf:
        assert str(pdf.Root["/Lang"]) == "en"


def test_the_colour_profile_is_srgb() -> None:
    from PIL import Image, ImageCms

    profile = srgb_profile()
    assert len(profile) < 1000
    ours = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    theirs = ImageCms.createProfile("sRGB")
    ramp = Image.new("RGB", (256, 3))
    ramp.putdata(
        [(v, v, v) for v in range(256)]
        + [(v, 255 - v, 90) for v in range(256)]
        + [(200, v, 255 - v) for v in range(256)]
    )
    turned = ImageCms.profileToProfile(ramp, ours, theirs)
    assert turned is not None
    pairs = zip(ramp.tobytes(), turned.tobytes(), strict=True)
    assert max(abs(a - b) for a, b in pairs) <= 1


def test_a_rich_dossier_has_the_same_bytes_in_every_process(rich: Path) -> None:
    script = (
        "import sys; sys.path[:0] = [sys.argv[1], sys.argv[2]];"
        "from pathlib import Path; from archival_samples import rich_contents;"
        "from archive_app.dossier.build import build_dossier;"
        "print(build_dossier(Path(sys.argv[3]), rich_contents()).sha256)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(ROOT), str(Path(__file__).parent),
         str(rich.with_name("again.pdf"))],
        capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONHASHSEED": "99", "TZ": "America/Lima"},
    )  # fmt: skip
    assert done.stdout.strip() == hashlib.sha256(rich.read_bytes()).hexdigest()


def test_a_file_knows_itself_by_what_is_in_it(tmp_path: Path) -> None:
    def identity(**more: Any) -> bytes:
        build_dossier(tmp_path / "d.pdf", contents(**more))
        with pikepdf.open(tmp_path / "d.pdf") as pdf:
            return bytes(pdf.trailer["/ID"][0])

    first = identity(method="One way.")
    assert first == identity(method="One way.")
    assert len({first, identity(method="Another."), identity(on=date(2026, 3, 2))}) == 3


# The data


def attached(path: Path) -> Any:
    with pikepdf.open(path) as pdf:
        spec: Any = pdf.Root["/AF"][0]
        assert str(spec["/AFRelationship"]) == "/Data"
        assert str(spec["/EF"]["/F"]["/Subtype"]) == "/application/json"
        assert str(spec["/EF"]["/F"]["/Params"]["/ModDate"]).startswith("D:20260301")
        return json.loads(pdf.attachments["dossier.json"].get_file().read_bytes())


def test_the_data_holds_what_the_pages_show(rich: Path) -> None:
    data = attached(rich)
    assert data["format"] == "oral-history-archive/dossier"
    assert [each["accession"] for each in data["interviews"]] == ["OH-2022-014", "OH-2023-002"]
    kinds = [each["kind"] for each in data["parts"]]
    assert kinds == [
        "heading", "text", "picture", "picture", "interview", "segment", "heading", "excerpts",
        "excerpts",
    ]  # fmt: skip
    whole = data["parts"][4]["passages"]
    assert [each["language"] for each in whole] == ["ru", "en"]
    assert whole[0]["turns"][1]["speaker"] == "Анна Соколова"
    assert whole[0]["turns"][1]["start_ms"] == 51_500
    excerpt = data["parts"][7]["passages"][0]
    assert excerpt["heading"] == "At the door"
    assert [each["n"] for each in excerpt["turns"]] == [2, 3, 4]
    assert "OH-2023-002" in excerpt["citation"]
    assert excerpt["link"].startswith("oralhistory:OH-2023-002@")
    assert data["parts"][8]["passages"][0]["turns"][0]["text"].startswith("[…] ")


def test_a_tag_in_the_data_lies_on_the_words_it_was_laid_on() -> None:
    text = "Well, we queued from the night before."
    on = (text.index("queued"), text.index(" before"))
    tagging = ReleasedTagging(
        "g", {"en": "Queues"}, ("Queues",), "", 1, on[0], 1, on[1], text[on[0] : on[1]], "WHO", "M"
    )
    held = interview(transcript(turn(1, "A", text, 0), taggings=(tagging,)))
    wanted = Excerpts(held, (Passage("t-1", 1, 1, start=6, end=len(text) - 1),))
    (part,) = json.loads(data_of(contents(wanted)))["parts"]
    (passage,) = part["passages"]
    (tag,) = passage["tags"]
    shown = passage["turns"][0]["text"]
    assert shown[tag["start"] : tag["end"]] == "queued from the night"
    outside = Excerpts(held, (Passage("t-1", 1, 1, end=4),))
    (part,) = json.loads(data_of(contents(outside)))["parts"]
    assert "tags" not in part["passages"][0]


def test_the_data_has_no_text_where_the_layout_has_none_and_no_secrets() -> None:
    person = ReleasedPerson("Anna", "Anna", Role.INTERVIEWEE, protected_name="Secretname")
    tagging = ReleasedTagging("g", {"en": "T"}, ("T",), "", 1, 0, 1, 1, "x", "WHO", "MEMO")
    held = replace(
        interview(transcript(turn(1, "A", "spoken", 0), taggings=(tagging,)), people=(person,)),
        audience=Audience.STAFF,
    )
    aid = contents(held, audience=Audience.STAFF, design=Design(layout=Layout.FINDING_AID))
    assert "spoken" not in set(data_strings(aid))
    volume = data_of(contents(held, audience=Audience.STAFF)).decode()
    assert "spoken" in volume
    assert not any(secret in volume for secret in ("Secretname", "WHO", "MEMO"))


def test_smoothed_text_is_smoothed_in_the_data_too() -> None:
    held = interview(transcript(turn(1, "A", "We, um- we came [pause] in autumn.", 0)))
    design = Design(marks=Marks.SMOOTHED)
    (part,) = json.loads(data_of(contents(held, design=design)))["parts"]
    assert "[pause]" not in part["passages"][0]["turns"][0]["text"]


def test_what_the_data_and_the_metadata_say_is_among_the_released_strings() -> None:
    told = rich_contents()
    strings = set(released_strings(told))
    assert set(data_strings(told)) <= strings
    assert "Memory Archive" in strings
    without = sample_contents()
    assert "oral-history-archive/dossier" not in set(released_strings(without))


HOSTILE = st.text(
    st.one_of(
        st.characters(max_codepoint=0x2FFF),
        st.characters(),
        st.sampled_from("\ue000\uf8ff\U000f0000\ufffe\uffff\ufdd0\x00\u202e\u200d\ufeff()<>\\&]"),
    ),
    max_size=60,
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(HOSTILE, HOSTILE)
def test_no_text_breaks_the_file(tmp_path: Path, text: str, more: str) -> None:
    import tag_checker

    held = interview(
        transcript(turn(1, text, more, 0), turn(2, "B", text + more)),
        abstract=more, titles={"en": text}, rights_holder=more, licence=text,
    )  # fmt: skip
    told = contents(
        held, title=text or "T", author=more, description=text, keywords=(more,),
        repository=text, design=Design(has_data=True),
    )  # fmt: skip
    target = tmp_path / "d.pdf"
    build_dossier(target, told)
    with pikepdf.open(target) as pdf:
        assert pdf.check_pdf_syntax() == []
        with pdf.open_metadata(strict=True) as xmp:
            assert xmp["pdfaid:part"] == "3"
    assert [p for p in tag_checker.problems(target) if p != "there is no title"] == []
    assert json.loads(data_of(told))["parts"]


def test_texts_longer_than_a_string_may_be_are_cut_in_what_is_said_of_the_file(
    tmp_path: Path,
) -> None:
    long = "ж" * 40_000
    note = Footnote(1, "note", f"https://example.org/{long}")
    told = contents(
        interview(transcript(turn(1, "A", "They came.", 0, footnotes=(note,)))),
        Picture(picture(), alt=long), title="T", author=long, description=long,
        keywords=(long, *map(str, range(300))), repository=long,
    )  # fmt: skip
    build_dossier(tmp_path / "d.pdf", told)
    longest = 0
    with pikepdf.open(tmp_path / "d.pdf") as pdf:
        for held in pdf.objects:
            strings = held.values() if isinstance(held, pikepdf.Dictionary) else [held]
            for each in strings:
                if isinstance(each, pikepdf.String):
                    longest = max(longest, len(bytes(each)))
    assert 10_000 < longest < 32_768


def test_a_folder_of_clips_is_led_to_beside_the_file(rich: Path) -> None:
    with pikepdf.open(rich) as pdf:
        actions = [
            field["/A"]
            for page in pdf.pages
            for field in page.obj.get("/Annots", [])
            if "/A" in field
        ]
    assert actions
    assert {str(each["/S"]) for each in actions} == {"/URI"}


def test_a_picture_is_drawn_without_transparency(rich: Path) -> None:
    with pikepdf.open(rich) as pdf:
        images = [dict(each) for page in pdf.pages for each in page.get_images().values()]
    assert len(images) >= 3
    assert all("/SMask" not in each and "/Mask" not in each for each in images)


def test_two_of_one_interview_are_described_once(rich: Path) -> None:
    first = sample_interview(1)
    told = contents(first, Excerpts(first, (Passage("t-1", 1, 1),)))
    assert len(json.loads(data_of(told))["interviews"]) == 1
