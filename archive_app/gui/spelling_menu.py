"""What a misspelt word may have been meant to be, in a menu; or the word is kept."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from archive_app.domain.records import Span
from archive_app.errors import ArchiveError
from archive_app.gui.transcript_document import MarkKind
from archive_app.translation import tr
from archive_app.work.spelling import suggest_spellings

if TYPE_CHECKING:
    from archive_app.gui.interview_spelling import Spelling


class SpellingMenu(QObject):
    """Asks for suggestions while the menu is open already, and writes the one that is chosen."""

    def __init__(self, part: Spelling) -> None:
        super().__init__(part)
        self._part = part
        self._view = part.view

    def word_here(self) -> tuple[Span, str] | None:
        """Return the misspelt word that is selected or at the cursor, and where it stands."""
        where = self._view.cursor_turn()
        if where is None:
            return None
        span = self._view.selection_span()
        turn, at = (span.start_turn, span.start) if span else where
        document = self._view.document_copy
        for piece in document.pieces(document.place(turn)):
            if piece.mark.kind is MarkKind.SPELLING and piece.start <= at <= piece.end:
                text = document.turn(turn).text[piece.start : piece.end]
                return piece.mark.span, text
        return None

    def open_here(self) -> QMenu | None:
        """Open a menu of suggestions at the cursor, by key."""
        if self.word_here() is None:
            self._part.session.said.emit(tr("There is no misspelt word at the cursor."))
            return None
        menu = QMenu(self._view)
        self.fill(menu)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._view.viewport().mapToGlobal(self._view.cursorRect().bottomLeft()))
        return menu

    def fill(self, menu: QMenu) -> None:
        """Put suggestions for the misspelt word at the cursor first into a menu."""
        part = self._part
        found = self.word_here() if part.is_on else None
        if found is None or part.ready is None:
            return
        where, word = found
        first = menu.actions()[0] if menu.actions() else None
        waiting = QAction(tr("Looking for suggestions…"), menu)
        waiting.setEnabled(False)
        keep = QAction(tr("Add “{word}” to my &dictionary", word=word.replace("&", "&&")), menu)
        keep.triggered.connect(lambda: self.keep_word(word))
        added = [waiting, keep]
        if first is not None:
            line = QAction(menu)
            line.setSeparator(True)
            menu.insertActions(first, [*added, line])
        else:
            menu.addActions(added)
        part.run.hold()
        part.session.read(
            suggest_spellings, word, part.language, part.ready.dictionaries,
            done=lambda words: self._show_suggestions(menu, waiting, where, word, words),
            failed=self._has_failed,
            owner=self,
        )  # fmt: skip

    def _show_suggestions(
        self, menu: QMenu, waiting: QAction, where: Span, word: str, found: Sequence[str]
    ) -> None:
        self._part.run.go_on()
        if not shiboken6.isValid(menu) or not shiboken6.isValid(waiting):
            return
        for number, text in enumerate(found, 1):
            action = QAction(f"&{number} {text}".replace("&&", "&"), menu)
            font = action.font()
            font.setBold(True)
            action.setFont(font)
            action.triggered.connect(functools.partial(self.replace_word, where, word, text))
            menu.insertAction(waiting, action)
        if found:
            menu.removeAction(waiting)
            menu.setActiveAction(menu.actions()[0])
        else:
            waiting.setText(tr("No suggestions"))

    def _has_failed(self, error: ArchiveError) -> None:
        self._part.run.go_on()
        self._part.tell_problem(error.message)

    def replace_word(self, where: Span, word: str, text: str, _checked: bool = False) -> None:
        """Write a suggestion in the place of a word, if the word still stands there."""
        document = self._view.document_copy
        turn = where.start_turn
        now = document.turn(turn).text if turn in document else None
        if now is None or now[where.start : where.end] != word:
            return
        self._view.select_span(where)
        self._view.replace_selection(text)
        self._view.setFocus()

    def keep_word(self, word: str) -> None:
        """Keep a word in the person's own dictionary, for all archives."""
        ready = self._part.ready
        if ready is None:
            return
        own = ready.own
        self._part.session.tasks.run(
            lambda: own.add(word),
            done=lambda _: self._part.check_all_again(),
            failed=self._not_kept,
            owner=self,
        )

    def _not_kept(self, _error: object) -> None:
        self._part.session.said.emit(
            tr("The word could not be kept: your dictionary's file cannot be written. Until the "
               "program ends it counts as known.")
        )  # fmt: skip
        self._part.check_all_again()
