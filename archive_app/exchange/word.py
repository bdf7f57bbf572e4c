"""Word documents (Office Open XML, .docx): transcripts as oral historians have them.

Read by ``word_read``: ``word_package`` opens the zip, ``word_story`` tells paragraphs,
tables and notes, ``word_labels`` and ``word_tables`` who speaks. Written by
``word_write``. ``words_of`` tells everything that such a file says, for the gate.
"""

from __future__ import annotations

from archive_app.exchange.ohms_xml import local
from archive_app.exchange.word_package import open_package
from archive_app.exchange.word_read import read_word
from archive_app.exchange.word_write import write_word

__all__ = ["read_word", "words_of", "write_word"]


def words_of(data: bytes) -> list[str]:
    """Return every string that a document holds, of whichever part, visible or not.

    The words of a paragraph are one string, for a name may be cut by a footnote or
    by a change of letters; so is each attribute but those of the styles, which are
    the same in every document and name fonts.

    Raises:
        BadInput: it is no document.
    """
    package = open_package(data)
    found: list[str] = []
    for name in package.names.values():
        found.append(name)
        root = package.xml(name) if name.endswith((".xml", ".rels")) else None
        for one in [] if root is None else root.iter():
            if local(one) == "p" or not len(one):
                found.append("".join(str(part) for part in one.itertext()))
            if not name.endswith("styles.xml"):
                found += [str(value) for value in one.attrib.values()]
    return [one for one in found if one.strip()]
