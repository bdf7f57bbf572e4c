"""The styles of a Word document: what they are called, and which of them are bold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive_app.exchange.ohms_xml import local

if TYPE_CHECKING:
    from lxml.etree import _Element

_DEEPEST = 20
"""Styles build on one another; Word itself allows eleven steps."""


def value(element: _Element | None) -> str:
    """Return an element's ``val``, in whichever namespace; "" for none."""
    return attribute(element, "val")


def attribute(element: _Element | None, name: str) -> str:
    """Return an attribute by its local name; "" for none."""
    if element is None:
        return ""
    for key, found in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(found)
    return ""


def child(element: _Element | None, *path: str) -> _Element | None:
    """Return the first element at a path of local names; None if there is none."""
    for name in path:
        if element is None:
            return None
        element = next((one for one in element if local(one) == name), None)
    return element


def is_on(properties: _Element | None, name: str) -> bool | None:
    """Return whether a property is switched on, None where nothing is said of it."""
    found = child(properties, name)
    return None if found is None else value(found).lower() not in ("0", "false", "off", "none")


@dataclass(frozen=True, slots=True)
class Style:
    """A style's name, in small letters, and whether it makes letters bold."""

    name: str
    is_bold: bool


def styles_of(root: _Element | None) -> Mapping[str, Style]:
    """Return the styles of a part ``styles.xml`` by their ids."""
    named: dict[str, str] = {}
    bold: dict[str, bool | None] = {}
    based: dict[str, str] = {}
    for one in [] if root is None else root:
        if local(one) != "style":
            continue
        key = attribute(one, "styleId")
        named[key] = value(child(one, "name")).lower()
        bold[key] = is_on(child(one, "rPr"), "b")
        based[key] = value(child(one, "basedOn"))

    def is_bold(key: str) -> bool:
        for _ in range(_DEEPEST):
            said = bold.get(key)
            if said is not None:
                return said
            key = based.get(key, "")
        return False

    return {key: Style(name, is_bold(key)) for key, name in named.items()}
