"""What the file says of itself: the old dictionary and XMP, which must agree.

XMP: ISO 16684-1; its PDF/A and PDF/UA parts: ISO 19005-2, 6.6 and ISO 14289-1, 5.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from archive_app.domain.records import Role
from archive_app.dossier.archival_objects import plain_stream, short
from archive_app.dossier.archival_tree import is_language
from archive_app.dossier.contents import DossierContents, interviews_of, repository_of
from archive_app.dossier.shaping import one_line
from archive_app.dossier.wording import names, people

_NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
}
# The properties of PDF/UA are none that PDF/A knows: they are described in the file itself
# (ISO 19005-2, 6.6.2.3.3).
_EXTENSION = """\
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Which part of ISO 14289 the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
_LONGEST_WORD = 150
_MOST_WORDS = 50
"""Keywords stand in one string of the old dictionary, which has its limit."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a dossier's file says of itself; texts are on one line each."""

    title: str
    author: str
    subject: str
    keywords: tuple[str, ...]
    rights: str
    publisher: str
    made_by: str
    language: str
    on: date
    part: int
    """Of ISO 19005: 2, or 3 where the dossier's data is attached."""

    def strings(self) -> tuple[str, ...]:
        """Return every text of it."""
        return (
            self.title, self.author, self.subject, *self.keywords, self.rights, self.publisher,
            self.made_by,
        )  # fmt: skip


def metadata_of(contents: DossierContents) -> Metadata:
    """Return what a dossier's file says of itself, from released records alone."""
    interviews = interviews_of(contents)
    tellers = (person for i in interviews for person in people(i, Role.INTERVIEWEE))
    holders = dict.fromkeys(one_line(i.rights_holder) for i in interviews if i.rights_holder)
    terms = dict.fromkeys(one_line(i.licence) for i in interviews if i.licence)
    rights = [f"© {contents.on.year} {holder}" for holder in holders if holder]
    keywords = (one_line(word).replace(",", " ") for word in contents.keywords)
    return Metadata(
        title=_said(contents.title),
        author=_said(contents.author or names(dict.fromkeys(tellers))),
        subject=_said(contents.description or contents.subtitle),
        keywords=tuple(short(word, _LONGEST_WORD) for word in keywords if word)[:_MOST_WORDS],
        rights=_said("; ".join([*rights, *(each for each in terms if each)])),
        publisher=_said(repository_of(contents)),
        made_by=_said(contents.made_by),
        language=language_of(contents),
        on=contents.on,
        part=3 if contents.design.has_data else 2,
    )


def _said(text: str) -> str:
    return short(one_line(text))


def language_of(contents: DossierContents) -> str:
    """Return the language that the file is said to be in: a tagged file has one."""
    return contents.language if is_language(contents.language) else "en"


def inscribe(canvas: Any, metadata: Metadata) -> None:
    """Put the metadata into the old dictionary; dates are the dossier's own, no clock's."""
    stamp = pdf_date(metadata.on)
    canvas.setDateFormatter(lambda *_: stamp)
    canvas.setTitle(metadata.title)
    canvas.setAuthor(metadata.author)
    canvas.setSubject(metadata.subject)
    canvas.setKeywords(", ".join(metadata.keywords))
    canvas.setCreator(metadata.made_by)
    canvas.setProducer(metadata.made_by)


def pdf_date(day: date) -> str:
    """Return the first moment of a day as PDF writes it."""
    return f"D:{day:%Y%m%d}000000+00'00'"


def xmp(metadata: Metadata, identity: uuid.UUID) -> Any:
    """Return the metadata as a stream of XMP that is not compressed."""
    day = f"{metadata.on.isoformat()}T00:00:00+00:00"
    simple = {
        "dc:format": "application/pdf",
        "pdf:Keywords": ", ".join(metadata.keywords),
        "pdf:Producer": metadata.made_by,
        "pdfaid:part": str(metadata.part),
        "pdfaid:conformance": "A",
        "pdfuaid:part": "1",
        "xmp:CreateDate": day,
        "xmp:ModifyDate": day,
        "xmp:MetadataDate": day,
        "xmp:CreatorTool": metadata.made_by,
        "xmpMM:DocumentID": f"uuid:{identity}",
        "xmpMM:InstanceID": f"uuid:{identity}",
        "xmpRights:Marked": "True" if metadata.rights else "",
    }
    language = metadata.language
    parts = [
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n',
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">\n',
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n',
        '<rdf:Description rdf:about=""',
        *(f"\n xmlns:{prefix}={quoteattr(uri)}" for prefix, uri in _NAMESPACES.items()),
        ">\n",
        *(f"<{name}>{escape(_xml(text))}</{name}>\n" for name, text in simple.items() if text),
        _alternatives("dc:title", metadata.title, language),
        _alternatives("dc:description", metadata.subject, language),
        _alternatives("dc:rights", metadata.rights, language),
        # One entry, as the old dictionary has one (ISO 19005-1, 6.7.3)
        _list("dc:creator", "Seq", [metadata.author]),
        _list("dc:publisher", "Bag", [metadata.publisher]),
        _list("dc:subject", "Bag", metadata.keywords),
        _list("dc:language", "Bag", [language]),
        "</rdf:Description>\n",
        _EXTENSION,
        '</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end="w"?>',
    ]
    content = "".join(parts).encode()
    return plain_stream(content, Type="/Metadata", Subtype="/XML")


def _alternatives(name: str, text: str, language: str) -> str:
    if not text:
        return ""
    held = escape(_xml(text))
    entries: Mapping[str, str] = {"x-default": held, language: held}
    made = "".join(f"<rdf:li xml:lang={quoteattr(k)}>{v}</rdf:li>" for k, v in entries.items())
    return f"<{name}><rdf:Alt>{made}</rdf:Alt></{name}>\n"


def _list(name: str, kind: str, texts: Iterable[str]) -> str:
    made = "".join(f"<rdf:li>{escape(_xml(text))}</rdf:li>" for text in texts if text)
    return f"<{name}><rdf:{kind}>{made}</rdf:{kind}></{name}>\n" if made else ""


def _xml(text: str) -> str:
    """Return a text without what XML cannot hold (XML 1.0, 2.2)."""
    return "".join(c for c in text if c >= " " and c not in "\ufffe\uffff")
