from __future__ import annotations

import contextlib
import re
import time
from pathlib import Path

import pytest
from word_building import document, p, packed, relations, run, table, unpacked

from archive_app.domain.parsed import Loss
from archive_app.errors import BadInput
from archive_app.exchange import formats
from archive_app.exchange.losses import MOST_ALIKE, told_shortly

DELETED_END = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" + run("x") + "</w:p>"
CUE = b"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n"


def ohms(inner: str) -> bytes:
    return f'<ROOT><record id="1" dt="2020-01-01">{inner}</record></ROOT>'.encode()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("vtt", CUE + b"<v " * 30_000),
        ("vtt", CUE + b"<c.a>x" * 30_000),
        ("vtt", CUE + b"<c" + b".a" * 90_000),
        ("vtt", CUE + b"{\\a" * 90_000),
        ("vtt", CUE + b" " * 300_000 + b"x"),
        ("vtt", b"WEBVTT\n\nNOTE\nANNOTATIONS BEGIN\n" + b"<annotation " * 30_000),
        ("vtt", b"WEBVTT\n\n" + b"00:00:03.000 --> 00:00:02.000\nhello\n\n" * 8_000),
        ("srt", b"1\n" * 90_000 + b"-->"),
        ("text", b" " * 500_000 + b"x"),
        ("text", b"\n" * 300_000),
        ("text", ("\u00a0" * 300_000 + "x").encode()),
        ("text", b"1:1" * 200_000),
        ("text", b"(00:00" * 60_000),
        ("text", "\n".join(f"N{chr(65 + i % 26) * (i % 40)}: x. Y" for i in range(9000)).encode()),
        ("ohms", ohms("<transcript>" + "[[footnotes]]" * 20_000 + "</transcript>")),
        ("ohms", ohms("<transcript>[[footnotes]][[note]]" + "[[link]]" * 9_000 + "</transcript>")),
        ("ohms", b"<ROOT>" + b"<record>" * 50_000),
        ("ohms", ohms("<usage>" + "& " * 200_000 + "</usage>")),
        ("csv", b"text,tags\nx," + b"\\" * 50_000),
        ("csv", b"text,tags\nx," + b"a[" * 50_000),
        ("json", b"[" * 200_000),
        ("recogniser", b'{"segments":' + b"[" * 200_000),
        ("recogniser", b'{"text":"a"}\n' * 200_000),
        ("vtt", b"WEBVTT\n\n" + b"00:00:03.000 --> 00:00:04.000\nhello\nyou\n\n" * 8_000),
        ("ohms", ohms("<transcript>" + "&lt;a href=" * 30_000 + "</transcript>")),
        ("ohms", ohms("<transcript>" + "<b>" * 200 + "</b>" * 200 + "</transcript>")),
        ("text", b"**" * 200_000 + b"\n" + b"[NAME] " * 50_000),
        ("text", b"SPEAKER 1\nx [00:00:01]\n\n" * 20_000),
        ("csv", b"start\tend\ttext\n" + b'0\t1\t"x\n' * 100_000),
        ("docx", document(*[p("x")] * 30_000)),
        ("docx", document("<w:p>" + "<w:r><w:tab/></w:r>" * 90_000 + "</w:p>")),
        ("docx", document(p("a" * 900_000), p(" " * 900_000), p("1:1" * 200_000))),
        ("docx", document("<w:p>" + "<w:r>" * 90_000 + "</w:p>")),
        ("docx", document(*[DELETED_END] * 30_000)),
        ("docx", document("<w:tbl><w:tr><w:tc>" * 60 + p("x") + "</w:tc></w:tr></w:tbl>" * 60)),
        ("docx", document(table(*[("Ana", "x")] * 9_000))),
        ("docx", document(p(*['<w:r><w:fldChar w:fldCharType="begin"/></w:r>'] * 60_000))),
        ("docx", document(p(*['<w:r><w:footnoteReference w:id="1"/></w:r>'] * 60_000))),
        ("docx", document(*[p(f"N{n}: x") for n in range(9_000)])),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_nothing_takes_long_whatever_it_holds(name: str, data: bytes) -> None:
    start = time.process_time()
    with contextlib.suppress(BadInput):
        formats.read_bytes(data, format=name)
    # Each takes well under a second; what grows with the square would take minutes.
    assert time.process_time() - start < 10


def test_losses_of_one_kind_are_counted_after_the_first() -> None:
    losses = [Loss("same", f"line {i}") for i in range(1000)] + [Loss("other", "line 1")]
    told = told_shortly(losses)
    assert len(told) == MOST_ALIKE + 2
    assert told[MOST_ALIKE] == Loss("same", "and 980 more places")
    assert told[-1] == Loss("other", "line 1")


@pytest.mark.parametrize("name", ["chappelear-ohmsvtt-example.xml", "small-sample-vtt-ohms.xml"])
def test_every_word_of_captions_within_ohms_arrives_in_order(samples: Path, name: str) -> None:
    path = samples / "ohms" / name
    body = re.search(r"CDATA\[(.*?)\]\]>", path.read_text("utf-8"), re.DOTALL)
    assert body
    text = re.sub(r"NOTE\nTRANSCRIPTION \w+|WEBVTT|.*-->.*|<v [^>]*>", "", body[1])
    expected = text.replace("<br>", " ").split()
    found = formats.read(path)
    assert [w for t in found.transcripts[0].turns for w in t.text.split()] == expected


@pytest.mark.parametrize("name", formats.READABLE)
def test_a_file_beyond_all_measure_is_refused(name: str) -> None:
    data = b" " * (65 * 1024 * 1024)
    with pytest.raises(BadInput, match="MiB"):
        formats.read_bytes(data, format=name)


# Word documents ------------------------------------------------------------

WHOLE = unpacked(document(p("Words.")))
MAIN = WHOLE["word/document.xml"]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def with_part(name: str, content: str | bytes) -> bytes:
    return packed({**WHOLE, name: content})


def with_declaration(declaration: str, words: str = "x", encoding: str = "utf-8") -> bytes:
    text = MAIN.decode().replace("Words.", words)
    if encoding != "utf-8":
        declaration = f'<?xml version="1.0" encoding="{encoding}"?>{declaration}'
    return with_part("word/document.xml", (declaration + text).encode(encoding))


def locked_part() -> bytes:
    """The bit that says a part is encrypted, set in both places of a zip that say it."""
    data = bytearray(document(p("Words.")))
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(signature)
        while start >= 0:
            data[start + at] |= 1
            start = data.find(signature, start + 4)
    return bytes(data)


def lying_about_its_size() -> bytes:
    """A bomb that says of itself that it is small."""
    data = bytearray(with_part("word/document.xml", MAIN + b" " * 40_000_000))
    start = data.rfind(b"PK\x01\x02", 0, data.rfind(b"word/document.xml"))
    data[start + 24 : start + 28] = (5_000).to_bytes(4, "little")
    return bytes(data)


BOMB = (
    '<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
REFUSED = (
    ("old document", OLE + b"\0" * 2000, "97"),
    ("with a password", OLE + "EncryptedPackage".encode("utf-16-le") + b"\0" * 9, "password"),
    ("locked parts", locked_part(), "password"),
    ("rich text", b"{\\rtf1 words}", "RTF"),
    ("no zip", b"plain words", "no Word document"),
    ("a web page", b"<html>words</html>", "no Word document"),
    ("cut short", document(p("Words."))[:700], "damaged"),
    ("empty zip", packed({}), "no Word document"),
    ("spreadsheet", packed({"xl/workbook.xml": "<workbook/>"}), "table or slides"),
    ("other main part", with_part("word/document.xml", "<workbook/>"), "table or slides"),
    ("broken XML", with_part("word/document.xml", MAIN[:-20]), "damaged"),
    ("a way out", with_part("../../evil.xml", "x"), "harm"),
    ("an absolute way", with_part("/etc/passwd", "x"), "harm"),
    ("a drive", with_part("C:evil.xml", "x"), "harm"),
    ("backslashes", with_part("word\\..\\evil.xml", "x"), "harm"),
    ("one name twice", with_part("WORD/Document.xml", "x"), "harm"),
    ("too many parts", packed({f"{n}.xml": "" for n in range(5_001)}), "unpack"),
    ("too tight", with_part("word/document.xml", MAIN + b" " * 9_000_000), "unpack"),
    ("too large", with_part("word/styles.xml", b"<a>" + b"\xc4\x80\xc4\x81" * 9_000_000), "unpack"),
    ("a lie about sizes", lying_about_its_size(), "damaged"),
    ("entities", with_declaration(BOMB, "&c;"), "entities"),
    ("a file from outside",
     with_declaration('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>', "&a;"), "entities"),
    ("a type from the network",
     with_declaration('<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'), "entities"),
    ("entities in wide letters", with_declaration(BOMB, "&c;", "utf-16"), "entities"),
    ("entities in the styles", packed({
        **unpacked(document(p("x"), styles="")), "word/styles.xml": f"{BOMB}<styles>&c;</styles>",
    }), "entities"),
    ("too deep", with_part("word/document.xml", b"<a>" * 9_000), "damaged"),
)  # fmt: skip


@pytest.mark.parametrize(("data", "said"), [(b, c) for _, b, c in REFUSED],
                         ids=[a for a, _, _ in REFUSED])  # fmt: skip
def test_a_harmful_or_foreign_document_is_refused_with_its_reason(data: bytes, said: str) -> None:
    with pytest.raises(BadInput, match=said) as refused:
        formats.read_bytes(data, format="docx")
    assert "Nothing was imported" in str(refused.value)
    assert "root:" not in str(refused.value)


def test_parts_that_a_document_points_to_outside_itself_are_not_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret.xml"
    secret.write_text("<w:footnotes><w:footnote w:id='1'>secret</w:footnote></w:footnotes>")
    links = relations({"../../../../../../etc/passwd": "footnotes"}).replace(
        "</Relationships>",
        f'<Relationship Id="x" Type="a/footnotes" Target="file://{secret}" '
        'TargetMode="External"/><Relationship Id="y" Type="a/attachedTemplate" '
        'Target="http://127.0.0.1:9/t.dotm" TargetMode="External"/></Relationships>',
    )
    data = packed({**WHOLE, "word/_rels/document.xml.rels": links})
    (only,) = formats.read_bytes(data, format="docx")
    assert [t.text for one in only.transcripts for t in one.turns] == ["Words."]


def test_a_document_damaged_anywhere_is_read_or_refused() -> None:
    data = document(p("Ana: ", '<w:r><w:footnoteReference w:id="1"/></w:r>', "Da."), p("Ivo: Ne."),
                    footnotes='<w:footnote w:id="1">' + p("n") + "</w:footnote>")  # fmt: skip
    for at in range(0, len(data), 3):
        damaged = bytearray(data)
        damaged[at] ^= 0xFF
        with contextlib.suppress(BadInput):
            formats.read_bytes(bytes(damaged), format="docx")
