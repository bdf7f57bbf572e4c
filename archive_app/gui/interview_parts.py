"""The page's parts: each brings its own actions and widgets and hears what the page shows.

A part is one thing a person does on the interview's page (lay one transcript over
another, find and replace, check the spelling). The page knows them only by this
list, so a new one costs it nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from archive_app.domain.records import Span

if TYPE_CHECKING:
    from archive_app.gui.interview_data import Loaded
    from archive_app.gui.interview_page import InterviewPage

PARTS: tuple[tuple[str, str], ...] = (
    ("interview_transcribing", "Transcribing"),
    ("interview_finding", "Finding"),
    ("interview_checking", "Checking"),
    ("interview_footnotes", "Footnotes"),
    ("interview_waveform", "InterviewWaveform"),
    ("recorder_part", "RecorderPart"),
    ("interview_segments", "Segments"),
    ("tag_heard", "HeardTagging"),
    ("tag_handles", "TagHandles"),
    ("tag_steps", "TagSteps"),
    ("tag_orphans", "LostTags"),
    ("interview_beside", "Beside"),
    ("interview_overlay", "LayingOver"),
    ("interview_pedal", "InterviewPedal"),
    ("interview_spelling", "Spelling"),
    ("interview_citing", "Citing"),
    ("interview_basket", "Basket"),
)
"""(module of ``gui``, class), in the order in which their actions stand in the menus."""


class AddAction(Protocol):
    """Registers an action of the page under a name; see ``Actions.add``."""

    def __call__(
        self,
        name: str,
        text: str,
        run: Callable[[], object],
        keys: str = "",
        *,
        menu: str = "interview",
        tip: str = "",
        icon: str = "",
        is_checkable: bool = False,
    ) -> QAction:
        """Return the action."""
        ...


class PagePart(QObject):
    """One thing a person does on the page; whatever it does not need it leaves as it is."""

    def __init__(self, page: InterviewPage) -> None:
        super().__init__(page)
        self.page = page
        self.session = page.session

    def add_actions(self, add: AddAction) -> None:
        """Register the part's actions, once."""

    def allow_actions(self) -> None:
        """Let the part's actions be chosen, or not, with the reason."""

    def show_loaded(self, loaded: Loaded) -> None:
        """The page shows an interview, or the same one read anew."""

    def show_changed(self, loaded: Loaded, turns: Set[int]) -> None:  # noqa: ARG002
        """The page itself changed some turns, or tags on them; the rest is as it was."""
        self.show_loaded(loaded)

    def show_nothing(self) -> None:
        """The page shows no interview any more."""

    def may_close(self) -> bool:
        """The window may close, or other eyes look: store what is being typed.

        False while something stands there that cannot be stored.
        """
        return True

    def leave(self) -> None:
        """The page is about to show another interview, or another audience looks."""

    def fill_menu(self, menu: QMenu, span: Span | None) -> None:
        """The transcript's context menu is about to open."""


def make_parts(page: InterviewPage) -> Iterator[PagePart]:
    """Make the page's parts one after another, in the order of PARTS."""
    for module, name in PARTS:
        yield getattr(import_module(f"archive_app.gui.{module}"), name)(page)
