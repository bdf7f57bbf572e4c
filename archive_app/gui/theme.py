"""Light and dark, text sizes, fonts and spacing: everything the window looks like.

The platform's own style and palette are kept wherever the platform can be light
and dark by itself; where it cannot (a bare X server, no screen at all) Fusion
with two palettes of the program's own stands in.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from archive_app.gui.tag_colours import luminance
from archive_app.paths import resource_path

log = logging.getLogger(__name__)

STEP = 4
"""Every distance in the window is a multiple of this, in device-independent pixels."""
GAP = 2 * STEP
MARGIN = 4 * STEP

TEXT_SIZES = {"small": 0.9, "normal": 1.0, "large": 1.25}
TESTIMONY_SCALE = 1.35
"""How much larger testimony is set than the interface around it."""

SERIF_FAMILIES = (
    "Noto Serif",
    "PT Serif",
    "Source Serif 4",
    "Charis SIL",
    "Georgia",
    "Palatino Linotype",
    "Liberation Serif",
    "Times New Roman",
    "DejaVu Serif",
)
"""In order of liking; each has Russian and Serbian Cyrillic."""


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of content that a palette has no role for."""

    is_dark: bool
    page: QColor
    text: QColor
    muted: QColor
    rule: QColor
    accent: QColor
    playing: QColor
    closed: QColor
    closed_hatch: QColor
    match: QColor
    match_current: QColor
    doubt: QColor
    warning: QColor
    error: QColor


def _colours(palette: QPalette) -> Colours:
    page = palette.color(QPalette.ColorRole.Base)
    is_dark = luminance(page) < 0.2
    return Colours(
        is_dark=is_dark,
        page=page,
        text=palette.color(QPalette.ColorRole.Text),
        muted=QColor("#a3a3a3" if is_dark else "#666666"),
        rule=QColor("#3d3d3d" if is_dark else "#dcdcdc"),
        accent=QColor("#7fb2f0" if is_dark else "#1f5fae"),
        playing=QColor("#26384d" if is_dark else "#e8f1fb"),
        closed=QColor("#332c24" if is_dark else "#f6f0e6"),
        closed_hatch=QColor("#5c4d3a" if is_dark else "#d9c7a6"),
        match=QColor("#5c5200" if is_dark else "#fff0a3"),
        match_current=QColor("#8f5a00" if is_dark else "#ffc94d"),
        doubt=QColor("#4a3226" if is_dark else "#fbe3d3"),
        warning=QColor("#f0b429" if is_dark else "#8a5a00"),
        error=QColor("#ff8a80" if is_dark else "#b3261e"),
    )


def fallback_palette(*, is_dark: bool) -> QPalette:
    """Return the program's own palette, for platforms that have no light and dark."""
    shades = _DARK_SHADES if is_dark else _LIGHT_SHADES
    role = QPalette.ColorRole
    palette = QPalette()
    for name, shade in shades.items():
        palette.setColor(getattr(role, name), QColor(shade))
    faint = QColor("#7d7d7d" if is_dark else "#8f8f8f")
    for name in ("WindowText", "Text", "ButtonText", "HighlightedText"):
        palette.setColor(QPalette.ColorGroup.Disabled, getattr(role, name), faint)
    return palette


_LIGHT_SHADES = {
    "Window": "#f3f3f2",
    "WindowText": "#1c1c1c",
    "Base": "#ffffff",
    "AlternateBase": "#f7f7f6",
    "Text": "#1c1c1c",
    "PlaceholderText": "#767676",
    "Button": "#ececeb",
    "ButtonText": "#1c1c1c",
    "BrightText": "#ffffff",
    "Highlight": "#1f5fae",
    "HighlightedText": "#ffffff",
    "Accent": "#1f5fae",
    "Link": "#1f5fae",
    "LinkVisited": "#6b4a9c",
    "ToolTipBase": "#ffffff",
    "ToolTipText": "#1c1c1c",
    "Light": "#ffffff",
    "Midlight": "#f0f0ef",
    "Mid": "#bdbdbc",
    "Dark": "#9b9b9a",
    "Shadow": "#6f6f6e",
}
_DARK_SHADES = {
    "Window": "#282828",
    "WindowText": "#e6e6e6",
    "Base": "#1e1e1e",
    "AlternateBase": "#242424",
    "Text": "#e6e6e6",
    "PlaceholderText": "#949494",
    "Button": "#363636",
    "ButtonText": "#e6e6e6",
    "BrightText": "#ffffff",
    "Highlight": "#2f6db5",
    "HighlightedText": "#ffffff",
    "Accent": "#7fb2f0",
    "Link": "#7fb2f0",
    "LinkVisited": "#b79ce6",
    "ToolTipBase": "#363636",
    "ToolTipText": "#e6e6e6",
    "Light": "#4a4a4a",
    "Midlight": "#404040",
    "Mid": "#4d4d4d",
    "Dark": "#141414",
    "Shadow": "#000000",
}


class Theme(QObject):
    """The look of the whole program; one of it, got by ``theme()``."""

    changed = Signal()
    """Colours or sizes are others now: repaint, and ask again for fonts."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choice = "system"
        self._size = "normal"
        self._base_points = max(QGuiApplication.font().pointSizeF(), 9.0)
        self._serif = _find_serif(_load_bundled_fonts())
        self._colours = _colours(QGuiApplication.palette())
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._system_changed)

    @property
    def colours(self) -> Colours:
        """The colours of content in the present scheme."""
        return self._colours

    @property
    def is_dark(self) -> bool:
        """Whether the page is dark."""
        return self._colours.is_dark

    def apply(self, choice: str = "system", size: str = "normal") -> None:
        """Use a scheme ("system", "light", "dark") and a text size ("small", "normal", "large")."""
        self._choice = choice
        self._size = size if size in TEXT_SIZES else "normal"
        hints = QGuiApplication.styleHints()
        wanted = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}.get(choice)
        if wanted is None:
            hints.unsetColorScheme()
        else:
            hints.setColorScheme(wanted)
        font = QFont(QGuiApplication.font())
        font.setPointSizeF(self._base_points * TEXT_SIZES[self._size])
        QApplication.setFont(font)
        self._take_palette()

    def interface_font(self, scale: float = 1.0) -> QFont:
        """Return the quiet sans of everything around the testimony."""
        font = QFont(QGuiApplication.font())
        font.setPointSizeF(self._base_points * TEXT_SIZES[self._size] * scale)
        return font

    def testimony_font(self) -> QFont:
        """Return the serif that transcripts are set in."""
        font = QFont(self._serif)
        font.setStyleHint(QFont.StyleHint.Serif)
        font.setPointSizeF(self._base_points * TEXT_SIZES[self._size] * TESTIMONY_SCALE)
        return font

    def _system_changed(self) -> None:
        self._take_palette()

    def _take_palette(self) -> None:
        known = QGuiApplication.styleHints().colorScheme()
        is_platform_deaf = known == Qt.ColorScheme.Unknown
        if is_platform_deaf and self._choice != "system":
            QApplication.setStyle("Fusion")
            QApplication.setPalette(fallback_palette(is_dark=self._choice == "dark"))
        elif is_platform_deaf and QGuiApplication.platformName() in ("offscreen", "minimal"):
            QApplication.setPalette(fallback_palette(is_dark=False))
        else:
            QApplication.setPalette(QPalette())
        self._colours = _colours(QGuiApplication.palette())
        self.changed.emit()


_theme: Theme | None = None


def theme() -> Theme:
    """Return the program's look, made when first asked for (a QApplication must exist)."""
    global _theme  # noqa: PLW0603 - one application has one look
    if _theme is None or not shiboken6.isValid(_theme):
        _theme = Theme(QApplication.instance())
    return _theme


def _load_bundled_fonts() -> list[str]:
    """Load the fonts of ``resources/fonts``, not those of dossiers; return their families."""
    families: list[str] = []
    folder = resource_path("fonts")
    files = sorted(p for p in folder.glob("*") if p.suffix.lower() in (".ttf", ".otf"))
    for file in files:
        number = QFontDatabase.addApplicationFont(str(file))
        if number < 0:
            log.warning("a bundled font could not be loaded: %s", file.name)
            continue
        families += QFontDatabase.applicationFontFamilies(number)
    return families


def _find_serif(bundled: list[str]) -> str:
    for known in (set(bundled), set(QFontDatabase.families())):
        for family in SERIF_FAMILIES:
            if family in known and _has_cyrillic(family):
                return family
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).defaultFamily()


def _has_cyrillic(family: str) -> bool:
    return QFontDatabase.WritingSystem.Cyrillic in QFontDatabase.writingSystems(family)
