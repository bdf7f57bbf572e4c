"""Tagging what was just heard, or the stretch chosen in the waveform, while the sound goes on."""

from __future__ import annotations

from collections.abc import Set
from typing import TYPE_CHECKING

from archive_app.domain.time_spans import span_of_time
from archive_app.domain.timecode import format_timecode
from archive_app.domain.transcript import quote_of
from archive_app.gui.interview_parts import AddAction, PagePart
from archive_app.gui.interview_words import tag_language
from archive_app.gui.tag_hover import QUOTE_SHOWN, shortened
from archive_app.gui.tag_recent import NUMBERS
from archive_app.settings import TAG_LAST_SECONDS
from archive_app.translation import tr
from archive_app.work.tag_passages import Heard, LaidTag, NewTag

if TYPE_CHECKING:
    from archive_app.gui.interview_data import Loaded
    from archive_app.gui.interview_page import InterviewPage


class HeardTagging(PagePart):
    """Lays tags by when something was said; neither the cursor nor the sound is moved."""

    def __init__(self, page: InterviewPage) -> None:
        super().__init__(page)
        self._words = ""
        """What is being tagged by ear: it may lie out of sight."""
        page.tagger.laid.connect(self._is_laid)

    def add_actions(self, add: AddAction) -> None:
        """Register them."""
        add("tags.heard", tr("Tag what was just &heard…"), self.ask, "Ctrl+Shift+H", menu="tags",
            icon="tag",
            tip=tr("Tag the words of the last seconds; the preferences say how many"))  # fmt: skip
        add("tags.stretch", tr("Tag the chosen &stretch of sound…"), self.ask_stretch,
            "Ctrl+Alt+G", menu="tags",
            tip=tr("Tag the words of the stretch that is chosen in the waveform"))  # fmt: skip
        for number in range(1, NUMBERS + 1):
            add(f"tags.heard{number}", tr("Recent tag {number}, just heard", number=number),
                lambda number=number: self.lay(number), f"Ctrl+Shift+{number}",
                menu="").setVisible(False)  # fmt: skip
        self.page.player.selection_changed.connect(lambda _stretch: self.allow_actions())

    def allow_actions(self) -> None:
        """Only where there is sound and a transcript to it."""
        session, page = self.session, self.page
        has_both = bool(page.transcript_id) and bool(page.player.sound.timeline)
        reason = session.why_not or tr("Open an interview with a recording and a transcript first.")
        names = ["tags.heard", *(f"tags.heard{number}" for number in range(1, NUMBERS + 1))]
        for name in names:
            session.actions.allow(name, session.can_edit and has_both, reason)
        has_stretch = page.player.selection_ms() is not None
        if session.can_edit and has_both and not has_stretch:
            reason = tr("Choose a stretch in the waveform first: drag over it.")
        session.actions.allow(
            "tags.stretch", session.can_edit and has_both and has_stretch, reason
        )  # fmt: skip

    def show_loaded(self, loaded: Loaded) -> None:
        """Name the numbered tags."""
        for number in range(1, NUMBERS + 1):
            tag = loaded.tags.get(self.page.tagger.recent.tag(number) or 0)
            action = self.session.actions[f"tags.heard{number}"]
            action.setVisible(tag is not None)
            # Lists of keys show what is hidden too, and not everybody may read a tag's name.
            action.setText(tr("Recent tag {number}, just heard", number=number))
            if tag is not None:
                name = tag.name(tag_language()).replace("&", "&&")
                action.setText(tr("Tag what was just heard: {name}", name=name))
        self.allow_actions()

    def show_changed(self, loaded: Loaded, turns: Set[int]) -> None:
        """The page's own changes leave vocabulary and sound as they are."""

    # What a person does ------------------------------------------------------

    def heard(self) -> Heard:
        """Return the last seconds before where the recording stands."""
        ms = self.page.player.position_ms
        seconds = self.session.settings.get(TAG_LAST_SECONDS)
        return Heard(max(0, ms - seconds * 1_000), ms)

    def ask(self) -> None:
        """Open the palette for what was heard up to now; the sound goes on meanwhile."""
        self._ask(self.heard())

    def ask_stretch(self) -> None:
        """Open the palette for the stretch chosen in the waveform."""
        stretch = self.page.player.selection_ms()
        if stretch is not None:
            self._ask(Heard(*stretch))

    def lay(self, number: int) -> None:
        """Lay a numbered tag on what was just heard, at once."""
        tag, heard = self.page.tagger.recent.tag(number), self.heard()
        if tag is not None and self._take_words(heard):
            self.page.tagger.lay(tag, heard)

    def _ask(self, heard: Heard) -> None:
        words = self._take_words(heard)
        if not words:
            return
        purpose = tr(
            "Said from {start} to {end}: “{words}”",
            start=format_timecode(heard.from_ms),
            end=format_timecode(heard.to_ms),
            words=words,
        )

        def take(tag: int | NewTag) -> None:
            self._words = words
            self.page.tagger.lay(tag, heard)

        self._words = ""
        self.page.tagger.ask(purpose, take)

    def _take_words(self, heard: Heard) -> str:
        self._words = shortened(self.words(heard), QUOTE_SHOWN)
        if not self._words:
            self.session.said.emit(tr("Nothing in this transcript is said at that time."))
        return self._words

    def words(self, heard: Heard) -> str:
        """Return what is said in a stretch of time, as far as the page has read it."""
        loaded = self.page.loaded
        full = loaded.transcript(self.page.transcript_id) if loaded else None
        span = span_of_time(full.turns, heard.from_ms, heard.to_ms) if full else None
        if full is None or span is None:
            return ""
        places = {turn.id: place for place, turn in enumerate(full.turns)}
        turns = full.turns[places[span.start_turn] : places[span.end_turn] + 1]
        return quote_of(turns, span)

    def _is_laid(self, _laid: LaidTag) -> None:
        """Say what was tagged by ear."""
        words, self._words = self._words, ""
        if words:
            self.session.said.emit(
                tr("Tagged: “{words}”. Alt+PgUp and Alt+PgDn move its end.", words=words)
            )
