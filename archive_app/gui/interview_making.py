"""The interview's page is made of pieces, so that the window may answer between them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from archive_app.gui.empty_place import EmptyPlace
from archive_app.gui.interview_actions import add_actions
from archive_app.gui.interview_after_keys import AfterKeys
from archive_app.gui.interview_contents import ContentsColumn
from archive_app.gui.interview_editing import TranscriptEditor
from archive_app.gui.interview_inspector import InspectorColumn
from archive_app.gui.interview_layout import lay_out
from archive_app.gui.interview_open import OpenInterviews
from archive_app.gui.interview_parts import make_parts
from archive_app.gui.interview_patching import Patching
from archive_app.gui.interview_playing import Playing
from archive_app.gui.interview_tagging import Tagger
from archive_app.gui.interview_transcripts import TranscriptPane
from archive_app.gui.player_bar import PlayerBar
from archive_app.settings import STEP_BACK_MS, VOLUME
from archive_app.translation import tr

if TYPE_CHECKING:
    from archive_app.gui.interview_page import InterviewPage


def pieces_of(page: InterviewPage) -> Iterator[QObject]:
    """Make the page's pieces one after another; after the last of them its actions."""
    settings = page.session.settings
    page.player = PlayerBar()
    page.player.step_back_ms = settings.get(STEP_BACK_MS)
    page.player.set_volume(settings.get(VOLUME))
    yield page.player
    page.pane = TranscriptPane()
    yield page.pane
    page.tabs = OpenInterviews(page.session)
    page.contents = ContentsColumn()
    page.inspector = InspectorColumn()
    page.empty = EmptyPlace()
    page.empty.show_words(tr("No interview is open. Open one from the library or from a search."))
    lay_out(page)
    yield page.splitter
    page.editor = TranscriptEditor(page)
    page.after_keys = AfterKeys(page)
    page.after_keys.watch(page.editor.keys)
    page.editor.saver.has_keys_held = lambda: page.after_keys.is_held
    page.tagger = Tagger(page)
    page.patching = Patching(page)
    page.playing = Playing(page)
    for part in make_parts(page):
        page.parts.append(part)
        yield part
    page.page_actions = add_actions(page)
