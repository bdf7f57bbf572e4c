"""A PDF is read back whole: text in reading order, and whatever else it says."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from dossier_samples import contents, interview, sample_contents, transcript, turn
from hypothesis import given
from hypothesis import strategies as st

from archive_app.domain.proof import Where
from archive_app.dossier.build import build_dossier
from archive_app.dossier.reading import ReadBack, read_back
from archive_app.dossier.reading_objects import Held
from archive_app.dossier.reading_strings import readings, text_string
from archive_app.dossier.reading_tokens import operations
from archive_app.errors import BadInput


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("read") / "d.pdf"
    build_dossier(target, sample_contents(keywords=("winter",)))
    return target


def made(content: bytes, **root: Any) -> bytes:
    """Return a PDF of one page in Times, with a paragraph of marks 1 and then 0."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(200, 200))
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1,
                              BaseFont=pikepdf.Name("/Times-Roman"))  # fmt: skip
    page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=pdf.make_indirect(font)))
    page.obj.Contents = pdf.make_stream(content)
    element = pikepdf.Dictionary(
        S=pikepdf.Name.Absatz, K=pikepdf.Array([1, 0]), Pg=page.obj, Lang=pikepdf.String("ru"),
        Alt=pikepdf.String("told"),
    )  # fmt: skip
    pdf.Root.StructTreeRoot = pikepdf.Dictionary(
        K=pdf.make_indirect(element), RoleMap=pikepdf.Dictionary(Absatz=pikepdf.Name.P)
    )
    for key, value in root.items():
        pdf.Root[f"/{key}"] = value
    held = io.BytesIO()
    pdf.save(held)
    return held.getvalue()


def drawn(text: str, mark: str) -> bytes:
    return f"{mark} BDC BT /F 9 Tf 1 0 0 1 20 90 Tm ({text}) Tj ET EMC\n".encode()


def paragraph(read: ReadBack) -> Any:
    assert read.tree is not None
    (element,) = read.tree.kids
    return element


def test_text_comes_in_the_order_of_the_structure_not_of_the_drawing() -> None:
    data = made(drawn("behind", "/P << /MCID 0 >>") + drawn("before ", "/P << /MCID 1 >>"))
    element = paragraph(read_back(data))
    assert (element.text, element.tag, element.lang, element.alt) == (
        "before behind", "P", "ru", "told",
    )  # fmt: skip
    assert element.page == 1


def test_artifacts_and_text_without_a_place_are_kept_apart() -> None:
    content = drawn("head", "/Artifact << /Type /Pagination /Subtype /Header >>")
    content += b"BT /F 9 Tf (loose) Tj ET " + drawn("claimed by nothing", "/P << /MCID 7 >>")
    read = read_back(made(content + drawn("said", "/P << /MCID 0 >>")))
    assert [(a.text, a.kind) for a in read.artifacts] == [("head", "Pagination Header")]
    assert [stretch.text for stretch in read.loose] == ["loose", "claimed by nothing"]
    assert paragraph(read).text == "said"


def test_what_stands_for_other_letters_is_read_and_the_letters_are_kept() -> None:
    content = b"/P << /MCID 0 >> BDC BT /F 9 Tf 20 90 Td (Abend) Tj "
    content += b"/Span << /ActualText (\xfe\xff\x00\xad) >> BDC (-) Tj EMC (essen) Tj ET EMC"
    element = paragraph(read_back(made(content)))
    assert element.text == "Abend\u00adessen"
    assert element.drawn == "Abend-essen"


@pytest.mark.parametrize(
    ("operators", "why"),
    [("3 Tr", "invisible"), ("1 g", "white"), ("0 0 0 0 k", "white"), ("1 1 1 rg", "white"),
     ("1 0 0 1 500 90 Tm", "outside"), ("1 0 0 1 190 90 Tm", "outside"),
     (".05 0 0 .05 20 90 Tm", "tiny"), ("0 Tr", ""), (".4 g", ""), ("1 0 0 1 100 90 Tm", "")],
)  # fmt: skip
def test_text_that_cannot_be_seen_is_told(operators: str, why: str) -> None:
    content = f"/P << /MCID 0 >> BDC BT /F 9 Tf 20 90 Td {operators} (unseen) Tj ET EMC"
    assert paragraph(read_back(made(content.encode()))).unseen == why


def test_a_picture_within_the_stream_hides_no_text_behind_it() -> None:
    content = b"q BI /W 1 /H 1 /BPC 8 /CS /G ID (\x00 EI Q "
    element = paragraph(read_back(made(content + drawn("behind it", "/P << /MCID 0 >>"))))
    assert element.text == "behind it"


def test_everything_the_sample_says_is_read(sample: Path) -> None:
    read = read_back(sample)
    assert read.tree is not None
    text = read.tree.text
    for said in ("Мы приехали в Белград осенью", "Đorđe je bio prvi", "queued"):
        assert said.split()[0] in text
    assert read.claims == ("PDF/A-2a", "PDF/UA-1")
    assert read.labels[:2] == ("i", "ii")
    assert "1" in read.labels
    assert read.bookmarks[0].title == "The First Winter"
    assert all(0 < bookmark.page <= read.pages for bookmark in read.bookmarks)
    assert read.preferences == {"DisplayDocTitle": "True"}
    assert (read.language, read.active, read.unseen, read.unread) == ("en", (), (), ())
    assert (read.older, read.dead_objects, read.attachments, read.loose) == ((), 0, (), ())
    info = {held.item: held.text for held in read.strings if held.where is Where.METADATA}
    assert info["/Title"] == "The First Winter"
    assert "winter" in info["XMP"]


def test_a_turn_over_pages_is_one_paragraph_without_its_hyphens(tmp_path: Path) -> None:
    said = " ".join(f"достопримечательность{n} неопределённость{n}" for n in range(900))
    held = interview(transcript(turn(1, "Анна", said, 1000)))
    target = tmp_path / "d.pdf"
    build_dossier(target, contents(held))
    read = read_back(target)
    assert read.tree is not None
    (spoken,) = [e for e in read.tree.elements() if e.tag == "P" and "неопределённость8" in e.drawn]
    assert said in spoken.text.replace("\u00ad", "")
    assert len({stretch.page for stretch in spoken.stretches()}) > 2


@pytest.mark.parametrize("data", [b"", b"nothing", b"%PDF-1.7\n%%EOF", b"\x00" * 2000])
def test_what_is_no_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(BadInput):
        read_back(data)


def test_a_file_cut_short_anywhere_is_read_or_refused(sample: Path) -> None:
    data = sample.read_bytes()
    for end in range(1000, len(data), len(data) // 12):
        try:
            read_back(data[:end])
        except BadInput:
            continue


def test_a_name_in_a_file_of_the_file_is_found() -> None:
    data = made(drawn("said", "/P << /MCID 0 >>"))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.attachments["notes.txt"] = b"what was noted"
        held = io.BytesIO()
        pdf.save(held)
    read = read_back(held.getvalue())
    assert [(a.name, a.data) for a in read.attachments] == [("notes.txt", b"what was noted")]
    assert Held(Where.ATTACHMENT_NAME, "/UF", "notes.txt") in read.strings


@given(st.text(st.characters(codec="utf-16"), max_size=40))
def test_any_text_string_is_read_as_it_was_written(text: str) -> None:
    written = pikepdf.String(text)
    assert text_string(bytes(written)) == str(written)
    assert text in readings(bytes(written))[0] or not text


_numbers = st.integers(-9999, 9999) | st.floats(-999, 999).map(lambda n: round(n, 3))


def _written(operand: Any) -> bytes:
    if isinstance(operand, bytes):
        return pikepdf.String(operand).unparse()
    if isinstance(operand, list):
        return b"[" + b" ".join(map(_written, operand)) + b"]"
    return f"{operand:f}".encode() if isinstance(operand, float) else str(operand).encode()


@given(
    st.lists(
        st.tuples(
            st.lists(_numbers | st.binary(max_size=9) | st.lists(_numbers | st.binary(max_size=5))),
            st.sampled_from([b"Tj", b"TJ", b"T*", b"'", b'"', b"re", b"BT"]),
        )
    )
)
def test_operators_come_as_they_were_written(written: list[tuple[list[Any], bytes]]) -> None:
    stream = b"% a comment (\n" + b"\n".join(
        b" ".join([*map(_written, operands), operator]) for operands, operator in written
    )
    assert [(held, operator) for operator, held in operations(stream)] == written


def test_dictionaries_names_and_strings_within_strings_are_read() -> None:
    stream = rb"/Sp#61n <</MCID 3 /A [1 <4 1>] /B (a(b\)c)d) /C true>> BDC (\101\n\
) Tj <</E 1>> DP EMC"
    (tag, told), (shown,), (point,), none = (held for _, held in operations(stream))
    assert tag.name == "Span"
    assert told == {"MCID": 3, "A": [1, b"A"], "B": b"a(b)c)d", "C": True}
    assert shown == b"A\n"
    assert (point, none) == ({"E": 1}, [])
