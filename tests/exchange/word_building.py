"""Word documents made by hand, in the ways of the programs that people write them with."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OPEN = (
    f'<w:document xmlns:w="{W}" xmlns:r="{R}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><w:body>'
)
_SECTION = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
PARTS = {"styles": "styles", "footnotes": "footnotes", "endnotes": "endnotes",
         "comments": "comments", "header1": "header", "footer1": "footer"}  # fmt: skip
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def run(text: str, properties: str = "") -> str:
    shape = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{shape}<w:t xml:space="preserve">{text}</w:t></w:r>'


def bold(text: str) -> str:
    return run(text, "<w:b/><w:bCs/>")


def p(*content: str, style: str = "") -> str:
    """A paragraph; what is no markup is a run."""
    inner = "".join(one if one.startswith("<") else run(one) for one in content)
    shape = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p w:rsidR="00A77B3E" w:rsidRDefault="00A77B3E">{shape}{inner}</w:p>'


def table(*rows: tuple[str, ...]) -> str:
    lines = "".join(
        "<w:tr>" + "".join(f"<w:tc><w:tcPr/>{_cell(cell)}</w:tc>" for cell in row) + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{lines}</w:tbl>"


def _cell(text: str) -> str:
    return text if text.startswith("<w:p") else p(text)


def relations(of: Mapping[str, str], links: Mapping[str, str] | None = None) -> str:
    lines = "".join(
        f'<Relationship Id="r{name}" Type="{R}/{kind}" Target="{name}.xml"/>'
        for name, kind in of.items()
    )
    lines += "".join(
        f'<Relationship Id="{key}" Type="{R}/hyperlink" Target="{target}" TargetMode="External"/>'
        for key, target in (links or {}).items()
    )
    return f'<Relationships xmlns="{RELATIONS}">{lines}</Relationships>'


def document(
    *body: str,
    main: str = "word/document.xml",
    links: Mapping[str, str] | None = None,
    **parts: str,
) -> bytes:
    """A .docx as its parts: ``styles``, ``footnotes`` … hold what is inside their roots."""
    files = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" '
        f'Type="{R}/officeDocument" Target="{main}"/>'
        '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/'
        'relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>',
        main: _OPEN + "".join(body) + _SECTION + "</w:body></w:document>",
        f"word/_rels/{main.rpartition('/')[2]}.rels": relations(
            {name: PARTS[name] for name in parts if name in PARTS}, links
        ),
    }
    for name, inner in parts.items():
        if name == "core":
            files["docProps/core.xml"] = (
                '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/'
                'metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
                f'xmlns:dcterms="http://purl.org/dc/terms/">{inner}</cp:coreProperties>'
            )
        else:
            root = {"header1": "hdr", "footer1": "ftr"}.get(name, name)
            files[f"word/{name}.xml"] = f'<w:{root} xmlns:w="{W}" xmlns:r="{R}">{inner}</w:{root}>'
    return packed(files)


def packed(files: Mapping[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return data.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}
