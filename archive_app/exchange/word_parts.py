"""The parts of a Word document that are the same in each, and the package around them."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

from archive_app.exchange.ohms_xml import legal

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"

CONTENT_TYPES = (
    f'{HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/>'
    f'<Override PartName="/word/footnotes.xml" ContentType="{_WORD}.footnotes+xml"/>'
    f'<Override PartName="/word/footer1.xml" ContentType="{_WORD}.footer+xml"/>'
    '<Override PartName="/docProps/core.xml" '
    'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
PACKAGE_RELATIONS = (
    f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_KINDS}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" '
    'Target="docProps/core.xml"/></Relationships>'
)
DOCUMENT_RELATIONS = (
    f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_KINDS}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId2" Type="{_KINDS}/footnotes" Target="footnotes.xml"/>'
    f'<Relationship Id="rId3" Type="{_KINDS}/footer" Target="footer1.xml"/></Relationships>'
)
FOOTER = (
    f'{HEAD}<w:ftr {W}><w:p><w:pPr><w:jc w:val="center"/></w:pPr>'
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:ftr>'
)
_STYLES = (
    f"{HEAD}<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr>"
    '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/>'
    '<w:sz w:val="24"/><w:lang w:val={language}/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>'
    '<w:spacing w:after="120" w:line="300" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
    "</w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
    "<w:qFormat/></w:style>"
    '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/>'
    '<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr><w:spacing w:after="240"/></w:pPr>'
    '<w:rPr><w:b/><w:sz w:val="36"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:customStyle="1" w:styleId="TranscriptRecord">'
    '<w:name w:val="Transcript Record"/><w:basedOn w:val="Normal"/>'
    '<w:pPr><w:spacing w:after="0"/></w:pPr><w:rPr><w:sz w:val="20"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:customStyle="1" w:styleId="TranscriptTurn">'
    '<w:name w:val="Transcript Turn"/><w:basedOn w:val="Normal"/><w:qFormat/></w:style>'
    '<w:style w:type="character" w:customStyle="1" w:styleId="TranscriptSpeaker">'
    '<w:name w:val="Transcript Speaker"/><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="character" w:customStyle="1" w:styleId="TranscriptTime">'
    '<w:name w:val="Transcript Time"/><w:rPr><w:color w:val="595959"/><w:sz w:val="18"/></w:rPr>'
    "</w:style>"
    '<w:style w:type="character" w:customStyle="1" w:styleId="TranscriptMark">'
    '<w:name w:val="Transcript Mark"/></w:style>'
    '<w:style w:type="character" w:customStyle="1" w:styleId="TranscriptLink">'
    '<w:name w:val="Transcript Link"/></w:style>'
    '<w:style w:type="character" w:styleId="FootnoteReference">'
    '<w:name w:val="footnote reference"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
    "</w:style>"
    '<w:style w:type="paragraph" w:styleId="FootnoteText"><w:name w:val="footnote text"/>'
    '<w:basedOn w:val="Normal"/><w:pPr><w:spacing w:after="0"/></w:pPr>'
    '<w:rPr><w:sz w:val="20"/></w:rPr></w:style></w:styles>'
)
_COUNTRIES = {"ru": "ru-RU", "en": "en-GB", "sr-Cyrl": "sr-Cyrl-RS", "sr-Latn": "sr-Latn-RS"}
"""Word knows languages by country, and checks their spelling by that."""


def styles(language: str) -> str:
    """Return the styles, their text in a language (BCP 47)."""
    tag = _COUNTRIES.get(language, language or "und")
    return _STYLES.replace("{language}", quoteattr(legal(tag)))


def core(*, title: str, identifier: str, language: str) -> str:
    """Return the document's properties: nothing but what the first page says, and no author."""
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{text(title)}</dc:title><dc:identifier>{text(identifier)}</dc:identifier>"
        f"<dc:language>{text(language)}</dc:language></cp:coreProperties>"
    )


def text(words: str) -> str:
    """Return words as XML's text."""
    return escape(legal(words))


def packed(parts: Mapping[str, str]) -> bytes:
    """Return the zip of the parts, in their order; the same parts always give the same bytes."""
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            package.writestr(entry, content.encode("utf-8"))
    return data.getvalue()
