"""What a dossier's blocks become to a screen reader, read back from the file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import tag_checker
from archival_samples import picture
from dossier_samples import contents

from archive_app.dossier import build
from archive_app.dossier.blocks import Block, Close, Fragment, Image, Item, NewPage, Open, Pair
from archive_app.dossier.fonts import SERIF
from archive_app.dossier.reading import read_back
from archive_app.dossier.reading_tree import Element
from archive_app.dossier.shaping import Ink
from archive_app.dossier.styles import Styles

INK = Ink(SERIF, 11)
STYLE = Styles(10.8).prose


class Told:
    """A story of given items."""

    def __init__(self, *items: Item) -> None:
        from archive_app.dossier.ledger import Ledger

        self.ledger = Ledger()
        self._items = items

    def items(self) -> Iterator[Item]:
        yield NewPage()
        yield Open("Art")
        yield from self._items
        yield Close()


def block(text: str, tag: str = "P", **more: Any) -> Block:
    fragments = (Fragment(text, INK),) if text else ()
    return Block(more.pop("fragments", fragments), more.pop("style", STYLE), tag=tag, **more)


def label(text: str) -> Fragment:
    return Fragment(text, INK)


@pytest.fixture
def tell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Set items as the body of a dossier; return the file."""

    def told(*items: Item) -> Path:
        target = tmp_path / "d.pdf"
        monkeypatch.setattr(
            "archive_app.dossier.story.Story", lambda *_, **__: Told(*items), raising=True
        )
        build.build_dossier(target, contents())
        assert tag_checker.problems(target) == []
        return target

    return told


def shape(element: Element) -> str:
    """Return a tree as text: ``L(LI(Lbl LBody))``."""
    kids = " ".join(shape(kid) for kid in element.kids if isinstance(kid, Element))
    return f"{element.tag}({kids})" if kids else element.tag


def body(path: Path) -> list[Element]:
    """Return the elements that the story became; it is all in one article."""
    root = read_back(path).tree
    assert root is not None
    article = next(each for each in root.elements() if each.tag == "Art")
    return [kid for kid in article.kids if isinstance(kid, Element)]


def shapes(path: Path) -> str:
    return " ".join(shape(each) for each in body(path))


def test_neighbouring_entries_make_one_list_table_or_contents(tell: Any) -> None:
    path = tell(
        block("one", "LI", lead=label("•")), block("two", "LI", lead=label("•")),
        block("between"),
        block("three", "LI", lead=label("1.")),
        block("Belgrade", "TR", lead=label("Place")), block("2022", "TR", lead=label("Date")),
        block("Arrival", "TOCI", trail=label("7")),
    )  # fmt: skip
    assert shapes(path) == (
        "L(LI(Lbl LBody) LI(Lbl LBody)) P L(LI(Lbl LBody))"
        " Table(TR(TH TD) TR(TH TD)) TOC(TOCI(Reference Reference))"
    )
    with pikepdf.open(path) as pdf:
        lists = [e.node["/A"] for e in tag_checker.elements(pdf) if e.tag == "L"]
        assert [str(each["/ListNumbering"]) for each in lists] == ["/Disc", "/Decimal"]
        heads = [e.node["/A"] for e in tag_checker.elements(pdf) if e.tag == "TH"]
        assert str(heads[-1]["/Scope"]) == "/Row"


def test_a_further_paragraph_of_an_entry_is_read_after_the_entrys_own_words(tell: Any) -> None:
    path = tell(
        Open("L"), block("one", "LI", lead=label("•")), block("goes on"), Close(), block("ends")
    )
    assert shapes(path) == "L(LI(Lbl LBody(P P))) P"
    assert body(path)[0].text.replace("\u00ad", "") == "•onegoes on"


def test_a_row_without_a_head_fills_the_table(tell: Any) -> None:
    path = tell(block("Belgrade", "TR", lead=label("Place")), block("and more", "TR"))
    assert shapes(path) == "Table(TR(TH TD) TR(TD))"


def test_no_level_of_heading_is_skipped(tell: Any) -> None:
    path = tell(
        block("a", "H", level=1), block("b", "H", level=4), block("", "H", level=3),
        block("c", "H", level=9), block("d", "H", level=2),
    )  # fmt: skip
    assert shapes(path) == "H1 H2 H3 H2"


def test_what_draws_nothing_leaves_no_element(tell: Any) -> None:
    path = tell(block("a"), block(""), Open("Sect"), block(""), Close(), block("b"))
    assert shapes(path) == "P P"


def test_groups_hold_what_was_told_between_their_ends(tell: Any) -> None:
    path = tell(Open("Sect", "ru"), block("а"), Open("Div"), block("b"), Close(), Close())
    assert shapes(path) == "Sect(P Div(P))"
    assert body(path)[0].lang == "ru"


def test_a_language_is_said_where_it_differs_and_nowhere_else(tell: Any) -> None:
    path = tell(
        Open("Sect", "ru"), block("русский", lang="ru"), block("српски", lang="sr-Cyrl"), Close(),
        block("English", lang="en"), block("nobody's", lang="und"),
        block("", fragments=(Fragment("a word: ", INK), Fragment("слово", INK, lang="ru"))),
    )  # fmt: skip
    found = body(path)
    assert [kid.lang for kid in found[0].kids if isinstance(kid, Element)] == ["", "sr-Cyrl"]
    assert [each.lang for each in found[1:]] == ["", "", ""]
    assert shape(found[3]) == "P(Span)"
    span = next(kid for kid in found[3].kids if isinstance(kid, Element))
    assert (span.lang, span.text) == ("ru", "слово")


def test_a_footnote_is_read_right_behind_its_call(tell: Any) -> None:
    note = block("Told later.", fragments=(Fragment("Told later.", INK, anchors=("n1",)),),
                 lead=Fragment("1", INK, link="c1"))  # fmt: skip
    call = Fragment("\u00a01", INK, link="n1", anchors=("c1",), notes=(note,))
    path = tell(block("", fragments=(Fragment("They came", INK), call, Fragment(" late.", INK))))
    (found,) = body(path)
    assert shape(found) == "P(Reference(Link) Note(Lbl(Link)))"
    assert "".join(found.text.split()) == "Theycame11Toldlater.late."


def test_a_footnote_that_nothing_calls_is_read_at_the_end(tell: Any) -> None:
    note = block("", fragments=(Fragment("Lost.", INK, anchors=("n1",)),))
    path = tell(block("", fragments=(Fragment("They came.", INK, notes=(note,)),)))
    assert shapes(path) == "P(Note)"


def test_links_know_their_fields_and_fields_say_where_they_lead(tell: Any) -> None:
    long = " ".join(["слово"] * 40)
    path = tell(
        block("", fragments=(Fragment("here", INK, anchors=("here",)),)),
        block("", fragments=(Fragment("Go ", INK), Fragment(long, INK, link="here"))),
        block("", fragments=(Fragment("clip", INK, url="clips/ёж 1.mp3"),)),
    )
    assert shapes(path) == "P P(Link) P(Link)"
    with pikepdf.open(path) as pdf:
        links = [e.node for e in tag_checker.elements(pdf) if e.tag == "Link"]
        fields: list[Any] = [
            [kid["/Obj"] for kid in link["/K"] if isinstance(kid, pikepdf.Dictionary)]
            for link in links
        ]
        assert len(fields[-2]) > 1
        assert all("/Dest" in each and str(each["/Contents"]) for each in fields[-2])
        (clip,) = fields[-1]
        assert str(clip["/A"]["/S"]) == "/URI"
        assert str(clip["/A"]["/URI"]) == "clips/%D1%91%D0%B6%201.mp3"


def test_a_picture_is_a_figure_with_its_words_and_its_place(tell: Any) -> None:
    path = tell(
        block("The gate.", "Caption", image=Image(90, 60, picture(), alt="A gate")),
        block("", image=Image(90, 60, picture("L"))),
        block("", image=Image(60, 60, qr="oralhistory:OH-1@0:12:05", alt="Link")),
    )
    assert shapes(path) == "Div(Figure Caption) Figure"
    assert [e.alt for top in body(path) for e in top.elements() if e.tag == "Figure"] == [
        "A gate", "Link",
    ]  # fmt: skip
    with pikepdf.open(path) as pdf:
        boxes = [e.node["/A"]["/BBox"] for e in tag_checker.elements(pdf) if e.tag == "Figure"]
        assert all(float(box[2]) - float(box[0]) > 50 for box in boxes)
        images = [dict(each) for page in pdf.pages for each in page.get_images().values()]
        assert len(images) == 2
        assert all("/SMask" not in each for each in images)


def test_a_code_beside_words_is_read_after_them(tell: Any) -> None:
    code = Image(60, 60, qr="oralhistory:OH-1@0:12:05", alt="Link", is_beside=True)
    assert shapes(tell(block("Title", "H", level=1, image=code), block("x"))) == "H1 Figure P"


def test_the_two_sides_of_a_pair_are_read_one_after_the_other(tell: Any) -> None:
    path = tell(Pair((block("левая", lang="ru"), block("еще", lang="ru")), (block("right"),)))
    assert shapes(path) == "Div(P P P)"
    assert body(path)[0].text == "леваяещеright"


def test_a_turns_time_is_read_before_it_and_times_within_it_are_not_read(tell: Any) -> None:
    path = tell(
        block("", fragments=(
            Fragment("Anna: ", INK, margin="0:12:05"),
            Fragment(" ".join(["word"] * 60), INK),
            Fragment(" end", INK, margin="0:13:05"),
        ))
    )  # fmt: skip
    (found,) = body(path)
    assert found.text.startswith("0:12:05Anna: word")
    assert "0:13:05" not in found.text
    with pikepdf.open(path) as pdf:
        roots: Any = pdf.Root["/StructTreeRoot"]
        assert str(roots["/RoleMap"]["/Timecode"]) == "/Span"
