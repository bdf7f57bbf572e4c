"""A record as another audience may see it: lines to read, made from the released copy."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from archive_app.domain.released import ReleasedInterview
from archive_app.domain.timecode import format_timecode
from archive_app.gui.inspector_sections import LAYER_NAMES, ROLE_NAMES
from archive_app.gui.library_model import shown_date
from archive_app.gui.theme import theme
from archive_app.translation import tr


def released_lines(copy: ReleasedInterview) -> list[QWidget]:
    """Return heading and text of everything that is released of a record."""
    pairs = [
        (tr("Accession number"), copy.accession),
        (tr("Date"), shown_date(copy.date)),
        (tr("Place"), copy.place),
        (tr("Languages"), ", ".join(copy.languages)),
        (tr("Length"), format_timecode(copy.duration_ms) if copy.duration_ms else ""),
        *((tr(ROLE_NAMES[one.role]).capitalize(), one.name) for one in copy.people),
        (tr("Collection"), " / ".join(copy.collections)),
        (tr("Abstract"), copy.abstract),
        (tr("Subjects"), "; ".join(copy.subjects)),
        (tr("Keywords"), "; ".join(copy.keywords)),
        (tr("History of the interview"), copy.circumstances),
        (tr("Copyright holder"), copy.rights_holder),
        (tr("Licence"), copy.licence),
        (tr("Terms of use"), copy.usage_note),
        *((tr("Recording"), one.file_name) for one in copy.recordings),
        *((tr("Transcript"), one.language) for one in copy.transcripts),
        *((tr("Not released"), tr(LAYER_NAMES[one.layer])) for one in copy.withheld
          if not one.passages),
    ]  # fmt: skip
    lines: list[QWidget] = []
    for name, text in pairs:
        if text:
            lines += [_label(name, is_heading=True), _label(text)]
    return lines


def _label(text: str, *, is_heading: bool = False) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if is_heading:
        label.setFont(theme().interface_font(0.9))
        label.setStyleSheet(f"color: {theme().colours.muted.name()}")
    return label
