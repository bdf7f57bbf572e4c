"""Footnotes: their numbers in the text and at the foot, each leading to the other."""

from __future__ import annotations

from archive_app.dossier.blocks import Block, Fragment
from archive_app.dossier.styles import Styles


class Footnotes:
    """Numbers the footnotes of one run of text; ``prefix`` makes its anchors its own."""

    def __init__(self, styles: Styles, prefix: str) -> None:
        self._styles = styles
        self._prefix = prefix
        self._count = 0

    def call(self, text: str, lang: str = "") -> Fragment:
        """Return a footnote's number in the text, carrying the footnote itself.

        A no-break space as small as the number keeps it off the word when the text is
        taken out.
        """
        self._count += 1
        key, number = f"{self._prefix}n{self._count}", str(self._count)
        styles = self._styles
        note = Block(
            (Fragment(text or "–", styles.note, anchors=(key,)),),
            styles.foot,
            lead=Fragment(number, styles.note_number, link=key + "c"),
            tag="Note",
            lang=lang,
        )
        return Fragment(
            "\u00a0" + number, styles.call, link=key, anchors=(key + "c",), notes=(note,)
        )
