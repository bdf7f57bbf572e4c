"""A Serbian transcript in its other script, with its marks where the words stand now.

These are copies to be looked at; nothing of them is ever written back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from archive_app.domain.records import FullTranscript, Restriction, Span, Tagging
from archive_app.domain.released import ReleasedTagging, ReleasedTranscript
from archive_app.language.script_view import Script, ScriptView, other_script

SAMPLE_TURNS = 20
"""Turns that tell in which script a transcript is, where its language tag does not."""


def script_beside(transcript: FullTranscript | ReleasedTranscript) -> Script | None:
    """Return the script in which a transcript can be shown too, or None."""
    if isinstance(transcript, FullTranscript):
        language = transcript.transcript.language
    else:
        language = transcript.language
    sample = " ".join(turn.text for turn in transcript.turns[:SAMPLE_TURNS])
    return other_script(language, sample)


class ScriptCopy:
    """Texts by turn in another script; a turn that did not change is not written anew."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self._views: dict[int, ScriptView] = {}

    def full(self, transcript: FullTranscript) -> FullTranscript:
        """Return a transcript as it is shown to staff, its living tags on the shown words."""
        turns = tuple(
            replace(turn, text=self._view(turn.id, turn.text).shown, timed=(), footnotes=())
            for turn in transcript.turns
        )
        taggings = tuple(
            replace(one, span=self._span(one.span)) for one in transcript.taggings if self._has(one)
        )
        return replace(transcript, turns=turns, taggings=taggings)

    def restrictions(self, restrictions: Iterable[Restriction]) -> tuple[Restriction, ...]:
        """Return closed passages where they stand in the shown text."""
        return tuple(
            replace(one, span=self._span(one.span))
            for one in restrictions
            if one.span is not None
            and not one.is_orphan
            and one.span.start_turn in self._views
            and one.span.end_turn in self._views
        )

    def released(self, copy: ReleasedTranscript) -> ReleasedTranscript:
        """Return a transcript as another audience may read it, in the other script."""
        turns = tuple(
            replace(
                turn,
                text=self._view(turn.turn_id, turn.text).shown,
                timed=(),
                footnotes=(),
                withheld=tuple(
                    self._views[turn.turn_id].span_to_shown(*part) for part in turn.withheld
                ),
            )
            for turn in copy.turns
        )
        ids = {turn.n: turn.turn_id for turn in copy.turns}
        taggings = tuple(self._released_tagging(one, ids) for one in copy.taggings)
        return replace(copy, turns=turns, taggings=taggings)

    def _view(self, turn_id: int, text: str) -> ScriptView:
        known = self._views.get(turn_id)
        if known is None or known.kept != text:
            known = self._views[turn_id] = ScriptView(text, self.script)
        return known

    def _has(self, one: Tagging) -> bool:
        span = one.span
        return not one.is_orphan and {span.start_turn, span.end_turn} <= self._views.keys()

    def _span(self, span: Span) -> Span:
        if span.start_turn == span.end_turn:
            start, end = self._views[span.start_turn].span_to_shown(span.start, span.end)
        else:
            start = _start(self._views[span.start_turn], span.start)
            end = self._views[span.end_turn].span_to_shown(0, span.end)[1]
        return replace(span, start=start, end=end)

    def _released_tagging(self, one: ReleasedTagging, ids: Mapping[int, int]) -> ReleasedTagging:
        first, last = ids.get(one.start_turn), ids.get(one.end_turn)
        if first is None or last is None:
            return one
        span = self._span(Span(first, one.start, last, one.end))
        return replace(one, start=span.start, end=span.end)


def _start(view: ScriptView, offset: int) -> int:
    return view.span_to_shown(offset, len(view.kept))[0]
