"""Waveform and video on the interview's page: what is shown, and what they ask for."""

from __future__ import annotations

from collections.abc import Set
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QWidget

from archive_app.domain.records import Layer
from archive_app.gui.actions import allow, shown_shortcut
from archive_app.gui.interview_parts import AddAction, PagePart
from archive_app.gui.speaker_colours import SpeakerColours, speaker_colours
from archive_app.gui.video_pane import VideoPane
from archive_app.gui.waveform_loading import WaveformLoader
from archive_app.gui.waveform_marks import Marks, Said, flags_of, marks_of, said_in
from archive_app.gui.waveform_shape import TimelineShape
from archive_app.gui.waveform_strip import Scene
from archive_app.gui.waveform_view import WaveformView
from archive_app.settings import REPEAT_MS, SPLITTERS, STEP_BACK_MS
from archive_app.translation import tr
from archive_app.work import waveforms

if TYPE_CHECKING:
    from archive_app.gui.interview_data import Loaded
    from archive_app.gui.interview_page import InterviewPage

_FOLDED = "waveform"
"""Under this name the settings keep whether waveform and video are unfolded: [1, 1]."""


class InterviewWaveform(PagePart):
    """Follows the player and the page, and plays what is pointed at."""

    def __init__(self, page: InterviewPage) -> None:
        super().__init__(page)
        self.view = WaveformView()
        self.video = VideoPane(page.player.sound)
        self.video.hide()
        self.loader = WaveformLoader(self.session, self)
        self._media: object = None
        self._marks = Marks()
        self._said: dict[int, Said] = {}
        self._speakers = SpeakerColours()
        self._has_video = False
        self._folding: dict[str, QAction] = {}
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self.view, 1)
        line.addWidget(self.video)
        page.above.addWidget(row)
        self._connect()

    def _connect(self) -> None:
        player, view = self.page.player, self.view
        player.position_ms_changed.connect(view.set_position)
        player.selection_changed.connect(view.set_selection)
        player.selection_changed.connect(self._allow_selection)
        player.stretch_at = self._turn_at
        view.seek_asked.connect(player.seek)
        view.play_asked.connect(player.play_or_pause)
        view.selection_asked.connect(player.set_selection)
        view.was_selected.connect(self._stand_at_selection)
        self.loader.changed.connect(self._show_shape)
        # A window of its own would go on showing the last picture to whoever looks now.
        self.session.audience_changed.connect(self.video.attach)
        settings = self.session.settings

        def take_settings() -> None:
            player.step_back_ms = settings.get(STEP_BACK_MS)
            player.repeat_ms = settings.get(REPEAT_MS)

        take_settings()
        ends = [settings.watch(one, take_settings) for one in (STEP_BACK_MS, REPEAT_MS)]
        player.destroyed.connect(lambda *_: [end() for end in ends])

    # What the page calls --------------------------------------------------

    def add_actions(self, add: AddAction) -> None:
        """Register what is done with the waveform by key."""
        view = self.view
        add("interview.to_waveform", tr("Go to the &waveform"), view.stretch.setFocus, "Ctrl+Alt+W",
            tip=tr("Arrow keys move the playhead, with Shift they select"))  # fmt: skip
        add("interview.select_turn_time", tr("Select this turn's time"), self.select_turn,
            "Ctrl+Shift+W", tip=tr("Of the turn that plays, on the waveform"))  # fmt: skip
        add("interview.select_no_time", tr("Select no time"),
            lambda: self.page.player.set_selection(None), "Ctrl+Shift+Q")  # fmt: skip
        add("view.zoom_in", tr("Waveform: show less, larger"), lambda: view.zoom(0.5),
            "Ctrl++; Ctrl+=", menu="view")  # fmt: skip
        add("view.zoom_out", tr("Waveform: show more, smaller"), lambda: view.zoom(2.0), "Ctrl+-",
            menu="view")  # fmt: skip
        add("view.zoom_all", tr("Waveform: show the whole interview"), view.show_all, "Ctrl+0",
            menu="view")  # fmt: skip
        add("view.zoom_selection", tr("Waveform: show the selection"), view.show_selection,
            "Ctrl+Shift+0", menu="view")  # fmt: skip
        add("view.draw_waveform", tr("Draw the waveform anew"), self.draw_anew, menu="view",
            tip=tr("Read the recordings again; their files stay as they are"))  # fmt: skip
        unfolded = self.session.settings.get(SPLITTERS).get(_FOLDED, [1, 1])
        for place, (name, text, keys) in enumerate(
            (("view.waveform", tr("&Waveform"), "Ctrl+Alt+O"),
             ("view.video", tr("&Video"), "Ctrl+Alt+V"))
        ):  # fmt: skip
            action = add(name, text, lambda: None, keys, menu="view", is_checkable=True,
                         tip=tr("Fold it away, or unfold it"))  # fmt: skip
            action.setChecked(bool(unfolded[place]) if place < len(unfolded) else True)
            action.toggled.connect(self._fold)
            self._folding[name] = action
        self._show_folding()
        self._allow_selection()

    def allow_actions(self) -> None:
        """Say why there is nothing to be done."""
        has_sound = bool(self.page.player.sound.timeline)
        reason = tr("This interview has no recording.")
        for name in (
            "interview.to_waveform", "interview.select_turn_time", "view.zoom_in", "view.zoom_out",
            "view.zoom_all", "view.draw_waveform",
        ):  # fmt: skip
            self.session.actions.allow(name, has_sound, reason)
        allow(self._folding["view.video"], self._has_video, tr("This interview has no video."))
        self._allow_selection()

    def show_loaded(self, loaded: Loaded) -> None:
        """Show the recordings that may be heard, and who speaks when."""
        media = (
            loaded.interview_id,
            tuple((one.sha256, one.offset_ms, one.duration_ms) for one in loaded.recordings),
        )
        said = said_in(loaded, self.page.transcript_id)
        self._said = {one.turn_id: one for one in said}
        marks = marks_of(said, flags_of(loaded))
        is_new, is_marked = media != self._media, marks != self._marks
        self._media, self._marks = media, marks
        self._speakers = speaker_colours(loaded)
        self._has_video = any(one.has_video for one in loaded.recordings)
        self._show_folding()
        if not loaded.recordings:
            self.loader.stop()
            self.view.show_words(self._why_silent(loaded))
            return
        if is_new:
            self.loader.load(loaded.recordings)
            self._show_scene(self.loader.shape, is_new=True)
            self.view.set_position(self.page.player.position_ms)
        elif is_marked:
            self._show_scene(self.loader.shape, is_new=False)

    def show_changed(self, loaded: Loaded, turns: Set[int]) -> None:
        """Draw anew only if times or speakers differ: words and tags are not to be seen here."""
        said = said_in(loaded, self.page.transcript_id, only=turns)
        before = {self._said[one] for one in turns if one in self._said}
        if before != set(said):
            self.show_loaded(loaded)

    def show_nothing(self) -> None:
        """Show no sound."""
        self.leave()
        self.view.show_words(tr("No interview is open."))

    def leave(self) -> None:
        """Draw no further; what another audience may not hear is gone from the page at once."""
        self.loader.stop()
        self._media, self._marks = None, Marks()
        self._has_video = False
        self.video.hide()
        self.view.show_words("")

    # What the actions do --------------------------------------------------

    def select_turn(self) -> None:
        """Select the time of the turn that plays."""
        found = self._turn_at(self.page.player.position_ms)
        if found is None:
            self.session.said.emit(tr("No turn with a time is said here."))
        else:
            self.page.player.set_selection(found)

    def draw_anew(self) -> None:
        """Forget the kept waveforms and draw them again."""
        loaded = self.page.loaded
        if loaded is None or not loaded.recordings:
            return
        recordings = list(loaded.recordings)
        self.session.read(
            waveforms.forget_waveforms,
            recordings,
            done=lambda _: self._load_anew(loaded),
            owner=self,
        )

    # Inside ---------------------------------------------------------------

    def _load_anew(self, loaded: Loaded) -> None:
        if self.page.loaded is loaded:
            self.loader.load(loaded.recordings, anew=True)
            self._show_shape(self.loader.shape)

    def _show_shape(self, shape: TimelineShape) -> None:
        if self._media is not None:
            self._show_scene(shape, is_new=False)

    def _show_scene(self, shape: TimelineShape, *, is_new: bool) -> None:
        scene = Scene(shape, self._marks, self._speakers)
        self.view.show_scene(scene, is_new=is_new)

    def _stand_at_selection(self) -> None:
        # Playing begins there; what plays already is not torn away.
        player = self.page.player
        chosen = player.selection_ms()
        if chosen is not None and not player.is_playing:
            player.seek(chosen[0])

    def _why_silent(self, loaded: Loaded) -> str:
        withheld = loaded.copy.withheld if loaded.copy is not None else ()
        if any(one.layer is Layer.RECORDING for one in withheld):
            return tr("The recordings are closed to this audience.")
        if not self.session.can_edit:
            return tr("This interview has no recording.")
        keys = shown_shortcut(self.session.actions["interview.record"])
        return tr(
            "This interview has no recording. Record it ({keys}), or import its file under the "
            "number {accession}.",
            keys=keys or tr("Interview, Record"), accession=loaded.accession,
        )  # fmt: skip

    def _turn_at(self, ms: int) -> tuple[int, int] | None:
        block = self._marks.block_at(ms)
        return (block.start_ms, block.end_ms) if block is not None else None

    def _allow_selection(self, *_: object) -> None:
        has_selection = self.page.player.selection_ms() is not None
        reason = tr("No stretch of time is selected.")
        for name in ("interview.select_no_time", "view.zoom_selection"):
            self.session.actions.allow(name, has_selection, reason)

    def _fold(self, _is_shown: bool) -> None:
        self._show_folding()
        known = dict(self.session.settings.get(SPLITTERS))
        known[_FOLDED] = [int(one.isChecked()) for one in self._folding.values()]
        self.session.settings.set(SPLITTERS, known)

    def _show_folding(self) -> None:
        if not self._folding:
            return
        self.view.setVisible(self._folding["view.waveform"].isChecked())
        self.video.setVisible(self._has_video and self._folding["view.video"].isChecked())
