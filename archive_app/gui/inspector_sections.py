"""What hangs on a record, part by part, and each of its lines in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from archive_app.domain.records import (
    Audience,
    Consent,
    ConsentUse,
    Layer,
    Recording,
    Restriction,
    Role,
    Transcript,
    TranscriptKind,
)
from archive_app.domain.timecode import format_timecode
from archive_app.gui.flow_layout import FlowLayout
from archive_app.gui.icons import give_icon
from archive_app.gui.library_model import shown_date
from archive_app.gui.theme import GAP, STEP, theme
from archive_app.translation import mark, tr

ROLE_NAMES = {
    Role.INTERVIEWEE: mark("interviewee"),
    Role.INTERVIEWER: mark("interviewer"),
    Role.TRANSCRIBER: mark("transcriber"),
    Role.TRANSLATOR: mark("translator"),
    Role.VIDEOGRAPHER: mark("videographer"),
    Role.OTHER: mark("took part"),
}
LAYER_NAMES = {
    Layer.LISTING: mark("the whole interview, even that it exists"),
    Layer.DESCRIPTION: mark("the description"),
    Layer.INDEX: mark("the table of contents"),
    Layer.TRANSCRIPT: mark("the transcript"),
    Layer.RECORDING: mark("the recording"),
}
SHUT_OUT_NAMES = {
    Audience.PUBLIC: mark("the public"),
    Audience.READING_ROOM: mark("the reading room and the public"),
}
USE_NAMES = {
    ConsentUse.RESEARCH: mark("research"),
    ConsentUse.QUOTATION: mark("quotation"),
    ConsentUse.PUBLICATION: mark("publication"),
    ConsentUse.VOICE: mark("voice"),
    ConsentUse.IMAGE: mark("image"),
    ConsentUse.ONLINE: mark("online"),
}
KIND_NAMES = {
    TranscriptKind.VERBATIM: mark("verbatim"),
    TranscriptKind.EDITED: mark("edited"),
    TranscriptKind.TRANSLATION: mark("translation"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a section: words, smaller words under them, and what can be done about it."""

    words: str
    under: str = ""
    picture: str = ""
    doings: Sequence[tuple[str, Callable[[], object]]] = ()
    is_tall: bool = False
    """The buttons stand under the words, not beside them."""


class Section(QWidget):
    """A heading that folds, lines under it, and buttons at its end."""

    folded = Signal(str, bool)
    """The section's name, and whether it is unfolded."""

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self.title = title
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, GAP, 0, 0)
        rows.setSpacing(STEP)
        self.heading = QToolButton()
        self.heading.setText(title)
        self.heading.setCheckable(True)
        self.heading.setAutoRaise(True)
        self.heading.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.heading.setArrowType(Qt.ArrowType.RightArrow)
        self.heading.setIconSize(QSize(12, 12))
        # A part that is unfolded is no pressed button.
        self.heading.setStyleSheet(
            "QToolButton { border: none; background: transparent; padding: 4px 0; }"
            "QToolButton:focus { text-decoration: underline; }"
        )
        font = theme().interface_font()
        font.setBold(True)
        self.heading.setFont(font)
        self.heading.toggled.connect(self._unfold)
        rows.addWidget(self.heading)
        self.body = QWidget()
        self.inner = QVBoxLayout(self.body)
        self.inner.setContentsMargins(GAP, 0, 0, 0)
        self.inner.setSpacing(GAP)
        self.body.hide()
        rows.addWidget(self.body)
        self.lines: list[QWidget] = []

    def unfold(self, is_unfolded: bool) -> None:
        """Show or hide what is under the heading."""
        self.heading.setChecked(is_unfolded)

    def _unfold(self, is_unfolded: bool) -> None:
        arrow = Qt.ArrowType.DownArrow if is_unfolded else Qt.ArrowType.RightArrow
        self.heading.setArrowType(arrow)
        self.body.setVisible(is_unfolded)
        self.folded.emit(self.name, is_unfolded)

    def show_entries(
        self,
        entries: Sequence[Entry],
        *,
        doings: Sequence[tuple[str, Callable[[], object]]] = (),
        empty: str = "",
    ) -> None:
        """Show these lines; ``doings`` are the buttons under them."""
        for line in self.lines:
            self.inner.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = []
        count = f"  {len(entries)}" if entries else ""
        self.heading.setText(f"{self.title}{count}")
        for entry in entries:
            self._add(_entry_line(entry))
        if not entries and empty:
            self._add(_quiet(empty))
        if doings:
            self._add(_buttons(doings))

    def _add(self, line: QWidget) -> None:
        self.lines.append(line)
        self.inner.addWidget(line)


def _quiet(words: str) -> QLabel:
    label = QLabel(words)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setFont(theme().interface_font(0.9))
    label.setStyleSheet(f"color: {theme().colours.muted.name()}")
    return label


def _entry_line(entry: Entry) -> QWidget:
    line = QWidget()
    columns = QHBoxLayout(line)
    columns.setContentsMargins(0, 0, 0, 0)
    columns.setSpacing(GAP)
    if entry.picture:
        sign = QLabel()
        from archive_app.gui.icons import icon

        sign.setPixmap(icon(entry.picture, theme().colours.text).pixmap(16, 16))
        columns.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
    rows = QVBoxLayout()
    rows.setSpacing(STEP // 2)
    words = QLabel(entry.words)
    words.setTextFormat(Qt.TextFormat.PlainText)
    words.setWordWrap(True)
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    rows.addWidget(words)
    if entry.under:
        rows.addWidget(_quiet(entry.under))
    columns.addLayout(rows, 1)
    if entry.is_tall:
        rows.addWidget(_buttons(entry.doings, about=entry.words, flows=True))
    elif entry.doings:
        doings = _buttons(entry.doings, about=entry.words)
        columns.addWidget(doings, 0, Qt.AlignmentFlag.AlignTop)
    return line


def _buttons(
    doings: Sequence[tuple[str, Callable[[], object]]], *, about: str = "", flows: bool = False
) -> QWidget:
    line = QWidget()
    columns = FlowLayout(line) if flows else QHBoxLayout(line)
    columns.setContentsMargins(0, 0, 0, 0)
    columns.setSpacing(GAP)
    for words, run in doings:
        button = QToolButton()
        button.setText(words)
        button.setAccessibleName(f"{words} {about}".strip())
        button.clicked.connect(lambda *_, run=run: run())
        columns.addWidget(button)
    if isinstance(columns, QHBoxLayout) and not about:
        columns.addStretch(1)
    return line


def icon_button(picture: str, words: str, run: Callable[[], object]) -> QToolButton:
    """Return a button of a picture alone, with its words for tooltip and screen reader."""
    button = QToolButton()
    give_icon(button, picture)
    button.setToolTip(words)
    button.setAccessibleName(words)
    button.setAutoRaise(True)
    button.clicked.connect(lambda *_: run())
    return button


# In words -------------------------------------------------------------------


def restriction_in_words(one: Restriction) -> tuple[str, str]:
    """Return what is closed to whom, and until when and why."""
    closed_to = tr(SHUT_OUT_NAMES[one.shut_out])
    if one.layer is not None:
        words = tr("{layer}: closed to {audience}", layer=tr(LAYER_NAMES[one.layer]),
                   audience=closed_to)  # fmt: skip
        words = words[:1].upper() + words[1:]
    else:
        quote = one.quote if len(one.quote) <= 60 else f"{one.quote[:57]}…"
        words = tr("“{quote}”: closed to {audience}", quote=quote, audience=closed_to)
    under: list[str] = []
    if one.until is None:
        under.append(tr("without an end"))
    elif one.opens_by_itself:
        under.append(tr("until {date}, then opens by itself", date=shown_date(str(one.until))))
    else:
        under.append(tr("until {date}; then somebody decides", date=shown_date(str(one.until))))
    if one.reason:
        under.append(one.reason)
    return words, " · ".join(under)


def consent_in_words(one: Consent) -> tuple[str, str]:
    """Return what was signed for which uses, and when it was signed or withdrawn."""
    uses = ", ".join(tr(USE_NAMES[use]) for use in ConsentUse if use in one.uses)
    words = uses or tr("no use is allowed")
    under = [one.form] if one.form else []
    if one.signed_on:
        under.append(tr("signed on {date}", date=shown_date(str(one.signed_on))))
    if one.withdrawn_on:
        under.append(tr("WITHDRAWN on {date}", date=shown_date(str(one.withdrawn_on))))
    return words[:1].upper() + words[1:], " · ".join(under)


def recording_in_words(one: Recording) -> tuple[str, str]:
    """Return a recording's name and length, and its facts."""
    length = format_timecode(one.duration_ms) if one.duration_ms is not None else "–"
    facts = [one.codec or one.container, size_in_words(one.size_bytes)]
    if one.sample_rate_hz:
        facts.append(f"{one.sample_rate_hz / 1000:g} kHz")
    if one.bit_depth:
        facts.append(tr("{count} bit", count=one.bit_depth))
    if one.channels:
        facts.append(tr("mono") if one.channels == 1 else tr("{count} channels",
                                                             count=one.channels))  # fmt: skip
    if one.has_video:
        facts.append(tr("video"))
    if one.device:
        facts.append(one.device)
    return f"{one.original_name} · {length}", " · ".join(fact for fact in facts if fact)


def transcript_in_words(one: Transcript) -> tuple[str, str]:
    """Return a transcript's language and kind, and where it came from."""
    language = one.language
    if one.is_language_guessed:
        language = tr("{language} (guess)", language=language)
    under = [one.source] if one.source else []
    if one.narrator_reviewed:
        under.append(tr("reviewed by the narrator"))
    return f"{language} · {tr(KIND_NAMES[one.kind])}", " · ".join(under)


def size_in_words(size_bytes: int) -> str:
    """Return a size in binary units with their name: "3.4 MiB"."""
    size = float(size_bytes)
    for unit in ("B", "KiB", "MiB", "GiB"):
        if size < 1024 or unit == "GiB":
            return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1024
    return ""
