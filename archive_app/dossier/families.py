"""Which file shows which role in each family of type."""

from __future__ import annotations

from dataclasses import dataclass

from archive_app.dossier.design import Family

SERIF = "serif"
"""The family's regular: the testimony. It need not have serifs."""
ITALIC = "italic"
STRONG = "strong"
"""The family's bold."""
STRONG_ITALIC = "strong-italic"
SMALL_CAPS = "small-caps"
SANS = "sans"
"""The apparatus, in every family the same."""
BOLD = "bold"
"""The apparatus's bold."""
FALLBACK = "fallback"


@dataclass(frozen=True, slots=True)
class Source:
    """A font file and how it is used; ``is_small`` for capitals in the small letters' stead."""

    file: str
    is_small: bool = False


@dataclass(frozen=True, slots=True)
class Files:
    """The four files of a family, and whether it has small capitals in all its alphabets."""

    regular: str
    italic: str
    bold: str
    bold_italic: str
    has_small_capitals: bool
    size: float = 1.0
    """By what its size is multiplied so that its small letters are as high as Charis's."""


_FAMILIES = {
    Family.CHARIS: Files(
        "CharisSIL-Regular.ttf", "CharisSIL-Italic.ttf", "dossier/CharisSIL-Bold.ttf",
        "dossier/CharisSIL-BoldItalic.ttf", has_small_capitals=True,
    ),
    Family.GENTIUM: Files(
        "dossier/GentiumPlus-Regular.ttf", "dossier/GentiumPlus-Italic.ttf",
        "dossier/GentiumPlus-Bold.ttf", "dossier/GentiumPlus-BoldItalic.ttf",
        has_small_capitals=True, size=1.05,
    ),
    Family.NOTO_SERIF: Files(
        "dossier/NotoSerif-Regular.ttf", "dossier/NotoSerif-Italic.ttf",
        "dossier/NotoSerif-Bold.ttf", "dossier/NotoSerif-BoldItalic.ttf",
        has_small_capitals=False, size=0.92,
    ),
    Family.NOTO_SANS: Files(
        "NotoSans-Regular.ttf", "dossier/NotoSans-Italic.ttf", "NotoSans-Bold.ttf",
        "dossier/NotoSans-BoldItalic.ttf", has_small_capitals=False, size=0.92,
    ),
}  # fmt: skip
_SANS = Source("NotoSans-Regular.ttf")
_SERIF = Source("CharisSIL-Regular.ttf")
_FALLBACK = Source("DejaVuSans.ttf")


def files_of(family: Family) -> Files:
    """Return a family's files."""
    return _FAMILIES[family]


def source(role: str, family: Family) -> Source:
    """Return the file that shows a role in a family."""
    files = _FAMILIES[family]
    return {
        SERIF: Source(files.regular),
        ITALIC: Source(files.italic),
        STRONG: Source(files.bold),
        STRONG_ITALIC: Source(files.bold_italic),
        SMALL_CAPS: Source(files.regular, is_small=True),
        SANS: _SANS,
        BOLD: Source("NotoSans-Bold.ttf"),
        FALLBACK: _FALLBACK,
    }[role]


def sources(role: str, family: Family) -> tuple[Source, ...]:
    """Return the files to try for a character, the role's own first."""
    own = source(role, family)
    regular = Source(_FAMILIES[family].regular)
    return tuple(dict.fromkeys((own, regular, _SANS, _SERIF, _FALLBACK)))
