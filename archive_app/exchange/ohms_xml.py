"""XML from outside, parsed without letting it do anything.

No entity is expanded, nothing is fetched, no file is opened; a document that
declares entities is refused (OHMS never does). What is merely broken (bytes
in another encoding, "&nbsp;", control characters) is put right and said.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from archive_app.domain.parsed import Loss
from archive_app.errors import BadInput
from archive_app.exchange.decoding import MAX_BYTES, decode
from archive_app.translation import tr

if TYPE_CHECKING:
    from lxml.etree import XMLParser, _Element

NAMESPACE = "https://www.weareavp.com/nunncenter/ohms"

# XML 1.0, 2.2: what a document may hold.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31});")
_CONTROL = re.compile(r"&#(?:x0*1?[0-9bcefBCEF]|x0*1[aAdD]|0*(?:[0-8]|1[124-9]|2[0-9]|3[01]));")
_STRAY = re.compile(r"&(?!(?:[A-Za-z][A-Za-z0-9]*|#[0-9]+|#[xX][0-9A-Fa-f]+);)")


def legal(text: str) -> str:
    """Return the text without characters that XML cannot hold."""
    return _ILLEGAL.sub("", text)


def parse_xml(data: bytes) -> tuple[_Element, list[Loss]]:
    """Return the root of a document and what had to be put right to read it.

    Raises:
        BadInput: too large, with entities of its own, or not well formed.
    """
    import lxml.etree as etree

    if len(data) > MAX_BYTES:
        decode(data)
    if re.search(rb"<!ENTITY", data.replace(b"\0", b""), re.IGNORECASE):
        raise _entities()
    try:
        root = etree.fromstring(data, _parser())
        losses: list[Loss] = []
    except (etree.XMLSyntaxError, ValueError):
        root, losses = _parse_repaired(data)
    document = root.getroottree().docinfo
    for dtd in (document.internalDTD, document.externalDTD):
        if dtd is not None and any(True for _ in dtd.iterentities()):
            raise _entities()
    return root, losses


def _parser() -> XMLParser:
    import lxml.etree as etree

    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        dtd_validation=False,
        remove_comments=True,
        remove_pis=True,
        recover=False,
    )


def _entities() -> BadInput:
    return BadInput(
        tr(
            "The XML file declares entities, which can be used to harm a reader and never "
            "stand in an OHMS file. Nothing was imported."
        )
    )


def _parse_repaired(data: bytes) -> tuple[_Element, list[Loss]]:
    import lxml.etree as etree

    decoded = decode(data)
    text = decoded.text.lstrip("\ufeff \t\r\n")
    text = re.sub(r"\A<\?xml\b[^>]*\?>", "", text)
    repaired = _ILLEGAL.sub("", text)
    repaired = _NAMED.sub(lambda m: _character(m[0]), repaired)
    repaired = _CONTROL.sub("", repaired)
    repaired = _STRAY.sub("&amp;", repaired)
    try:
        root = etree.fromstring(repaired.encode("utf-8"), _parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 0
        raise BadInput(
            tr("The file is not well-formed XML. Nothing was imported."),
            where=tr("line {number}", number=line) if line else "",
        ) from error
    what = tr("The XML was damaged (encoding or special characters) and was repaired to read it.")
    return root, [*decoded.losses, Loss(what)]


def _character(reference: str) -> str:
    text = html.unescape(reference)
    return html.escape(text) if text != reference else html.escape(reference)


def local(element: _Element) -> str:
    """Return an element's name without its namespace; "" for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def text_of(element: _Element | None) -> str:
    """Return all the text in an element, "" for none."""
    if element is None:
        return ""
    if not len(element):
        return element.text or ""
    return "".join(_pieces(element))


_BREAKS = frozenset(("br", "p", "div", "li"))


def _pieces(element: _Element) -> Iterator[str]:
    """Yield an element's text; where one within it begins a line, a line break."""
    yield element.text or ""
    for child in element:
        if local(child).lower() in _BREAKS:
            yield "\n"
        yield from _pieces(child)
        yield child.tail or ""
