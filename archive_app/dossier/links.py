"""Links from the page into the archive: short enough to be typed, or a clip to be heard."""

from __future__ import annotations

from dataclasses import dataclass

from archive_app.domain.links import ShortLink
from archive_app.domain.released import ReleasedInterview
from archive_app.dossier.blocks import Fragment, Image
from archive_app.dossier.contents import DossierContents
from archive_app.dossier.shaping import one_line
from archive_app.dossier.styles import Styles
from archive_app.translation import tr

_QR_LINES = 3.6
"""The side of a QR code in lines of testimony: some 2 cm on A4, which a telephone reads."""


@dataclass(frozen=True, slots=True)
class PrintedLink:
    """What is printed of a link, and where it leads when it is clicked."""

    text: str
    clip: str = ""
    """The audio clip that it plays, relative to the PDF; "": it leads into the archive."""

    @property
    def url(self) -> str:
        """The clip if there is one, else the archive."""
        return self.clip or self.text

    def fragments(self, styles: Styles) -> list[Fragment]:
        """Return the link as it is printed, behind "Listen" where a clip is to be heard."""
        printed = Fragment(self.text, styles.quiet, url=self.url, lang="zxx")
        if not self.clip:
            return [printed]
        listen = Fragment(tr("Listen"), styles.quiet, url=self.clip)
        return [listen, Fragment(" · ", styles.quiet), printed]

    def qr(self, styles: Styles) -> Image:
        """Return the short link as a QR code beside what it stands with."""
        side = round(styles.turn.leading * _QR_LINES, 2)
        alt = tr("QR code of the link {link}", link=self.text)
        return Image(side, side, qr=self.text, alt=alt, is_beside=True)


def link_to(
    contents: DossierContents,
    interview: ReleasedInterview,
    start_ms: int | None = None,
    clip_of: tuple[str, int] | None = None,
) -> PrintedLink | None:
    """Return the link to an interview or a time on it, None if the design wants no links.

    ``clip_of`` is a transcript's uuid with the number of a passage's first turn. A number
    with signs that a link would have to percent-encode is printed encoded, as it is typed.
    """
    accession = one_line(interview.accession)
    if not contents.design.has_links or not accession:
        return None
    clip = contents.clips.get(clip_of, "") if clip_of else ""
    return PrintedLink(str(ShortLink(accession, start_ms)), clip)
