"""How a dossier is laid out: the choices a scholar makes, apart from what goes in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from archive_app.domain.citation_styles import CitationStyle


class Paper(StrEnum):
    """The paper a dossier is laid out for."""

    A4 = "a4"
    LETTER = "letter"
    A5 = "a5"


class Layout(StrEnum):
    """What kind of book it is."""

    VOLUME = "volume"
    """Whole interviews, each with its record, abstract and contents."""
    READER = "reader"
    """Passages under headings."""
    FINDING_AID = "finding-aid"
    """Records, abstracts and timed contents, no text."""
    CARDS = "cards"
    """A card for each passage, several to a page."""


class Grouping(StrEnum):
    """Under which headings a thematic reader puts its passages."""

    OUTLINE = "outline"
    """The scholar's own, in the outline's order."""
    TAG = "tag"
    PERSON = "person"
    TIME = "time"


class Speakers(StrEnum):
    """How the speaker of a turn is named."""

    FULL = "full"
    SHORT = "short"
    """The name in full at the first turn of an interview, then in its short form."""


class Times(StrEnum):
    """Which timecodes stand in the margin."""

    TURN = "turn"
    STEP = "step"
    """At the first turn, then once every ``Design.time_step_s`` seconds."""
    NONE = "none"


class Marks(StrEnum):
    """Whether the transcribers' marks are shown."""

    SHOWN = "shown"
    SMOOTHED = "smoothed"
    """Without the marks of pauses, sounds and interruptions; no word is touched, and marks of
    closed passages and of words that nobody could make out stay (``marks.shown_text``)."""


class Family(StrEnum):
    """The family of type the testimony is set in."""

    CHARIS = "charis"
    GENTIUM = "gentium"
    NOTO_SERIF = "noto-serif"
    NOTO_SANS = "noto-sans"


@dataclass(frozen=True, slots=True)
class Design:
    """A dossier's settings; the defaults give a transcript volume on A4."""

    layout: Layout = Layout.VOLUME
    paper: Paper = Paper.A4
    family: Family = Family.CHARIS
    is_facing: bool = False
    """Whether original and translation stand in facing columns, aligned by turn."""
    grouping: Grouping = Grouping.OUTLINE
    speakers: Speakers = Speakers.FULL
    times: Times = Times.TURN
    time_step_s: int = 60
    has_line_numbers: bool = False
    marks: Marks = Marks.SHOWN
    citation_style: CitationStyle = CitationStyle.CHICAGO
    has_index: bool = True
    has_links: bool = True
    """Whether each passage carries its short link into the archive."""
    has_qr: bool = False
    """Whether the link is drawn as a QR code too."""
    has_data: bool = False
    """Whether the dossier's data is attached as JSON (then PDF/A-3a, else PDF/A-2a)."""
