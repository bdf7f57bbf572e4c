"""Who speaks, as word processors show it: bold names, names before a tab, names of styles.

What plain text cannot tell is told here from the shape and believed, as in plain
text, only where the document as a whole speaks for it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from archive_app.exchange.cleaning import plain
from archive_app.exchange.clock import CLOCK, read_clock
from archive_app.exchange.labels import candidate, is_name, shape
from archive_app.exchange.word_story import Paragraph

_TIME = re.compile(
    rf"\s{{0,9}}[\[({{<#]?\s?({CLOCK})(?:\s{{0,3}}[-–—]\s{{0,3}}{CLOCK})?\s?[\])}}>#]?"
    r"(?:\s{0,3}[-–—|:](?=\s))?\s{0,9}"
)
_COLON = re.compile(r"([^:：\n\t]{1,60}?)\s{0,9}[:：](?=\s|$)\s{0,9}")
_TAB = re.compile(r"[^\S\t\n]{0,9}([^\t\n]{1,60}?)[^\S\t\n]{0,9}\t\s{0,9}(?=\S)")
_BARE_TIME = re.compile(rf"({CLOCK})\t\s{{0,9}}")
_ROLE = re.compile(
    r"(?:interviewer|interviewee|narrator|question|answer|respondent|informant|moderator|"
    r"вопрос|ответ|интервьюер|респондент|информант|рассказчик|"
    r"pitanje|odgovor|intervjuer|sagovornik|sagovornica|ispitanik|"
    r"питање|одговор|интервјуер|саговорник|саговорница|испитаник)(?: ?[0-9]{1,2})?"
)
"""Names of paragraph styles that say who speaks."""
_SPEAKER = re.compile(
    r"(?:speaker|говорящий|спикер|govornik|говорник)(?:[ _-]?(?:name|label|char))?"
)
_SENTENCE = re.compile(r"[.?!…][\"”»’)\]]*$")


@dataclass(frozen=True, slots=True)
class Lead:
    """A label at the head of a paragraph: ``start`` and ``end`` count in its text."""

    kind: str
    """"colon", "tab", "bold", "alone" (nothing else stands in the paragraph) or "style"."""
    label: str
    start: int
    end: int
    """Where the words begin."""


@dataclass(frozen=True, slots=True)
class Believed:
    """Which leads to believe in a document."""

    leads: tuple[Lead | None, ...]
    """For each paragraph its label."""
    fields: frozenset[str]
    """Labels of the record above the conversation ("Date: 2019"), which nobody speaks."""

    @property
    def labels(self) -> frozenset[str]:
        """Every label that is believed."""
        return frozenset(lead.label for lead in self.leads if lead is not None)


def believed_leads(paragraphs: Sequence[Paragraph]) -> Believed:
    """Return the labels to believe at the heads of a document's paragraphs.

    A bold name with a colon needs to come twice; a name before a tab, a bold name
    and a name alone in its paragraph need to come twice and, together with the
    others of their kind, at every fourth paragraph (alone: at every sixth). Styles
    that are called by a role need to be two.
    """
    found = [_leads(one) for one in paragraphs]
    filled = sum(1 for one in paragraphs if one.text.strip())
    counts: Counter[tuple[str, str]] = Counter(
        (lead.kind, lead.label) for leads in found for lead in leads
    )
    again = {key for key, count in counts.items() if count >= 2}
    shares = {"colon": 0.0, "tab": 1 / 4, "bold": 1 / 4, "alone": 1 / 6, "style": 0.0}
    usual = {
        kind
        for kind, share in shares.items()
        if sum(counts[key] for key in again if key[0] == kind) >= max(2, share * filled)
    }
    roles = {label for kind, label in counts if kind == "style"}
    if len(roles) < 2:
        usual.discard("style")
    kept = {key for key in again if key[0] in usual}
    kept |= {key for key in counts if key[0] == "style" and "style" in usual}
    first = next((n for n, leads in enumerate(found) if any(_key(x) in kept for x in leads)), 0)
    if "colon" in usual:
        # Whoever speaks once has a name in the same shape.
        kept |= {_key(x) for leads in found[first:] for x in leads if x.kind == "colon"}
    leads = [next((x for x in leads if _key(x) in kept), None) for leads in found]
    return Believed(tuple(leads), _fields(paragraphs, leads))


def _key(lead: Lead) -> tuple[str, str]:
    return lead.kind, lead.label


def _fields(paragraphs: Sequence[Paragraph], leads: Sequence[Lead | None]) -> frozenset[str]:
    """Return labels that come once, above the first label that comes again."""
    named = [
        leads[n].label if leads[n] else (found.speaker if (found := candidate(one.text)) else "")  # type: ignore[union-attr]
        for n, one in enumerate(paragraphs)
    ]
    counts = Counter(named)
    first = next((n for n, name in enumerate(named) if name and counts[name] >= 2), 0)
    return frozenset(name for name in named[:first] if name)


def _leads(paragraph: Paragraph) -> list[Lead]:
    """Return what may be a paragraph's label, the likeliest first."""
    text = paragraph.text
    start = time_end(text)
    said = text[start:]
    if not said.strip():
        return []
    bold = _bold_end(paragraph, start)
    found: list[Lead] = []
    if lead := _alone(paragraph, said, start, is_bold=bold >= len(text.rstrip())):
        found.append(lead)
    match = _COLON.match(said)
    if match and bold >= start + len(match[1]) and not _is_sentence(match[1]):
        is_whole = bold >= len(text.rstrip())
        if not is_whole or start + match.end() >= len(text):
            found.append(Lead("colon", plain(match[1]), start, start + match.end()))
    match = _TAB.match(said)
    if match and is_name(match[1].rstrip(" :")):
        found.append(Lead("tab", plain(match[1]).rstrip(" :"), start, start + match.end()))
    label = plain(text[start:bold]).rstrip(" :-–—")
    is_one_line = "\n" not in text[start:bold].strip()
    if bold < len(text.rstrip()) and is_one_line and is_name(label):
        end = bold + len(text[bold:]) - len(text[bold:].lstrip(" \t:-–—"))
        found.append(Lead("bold", label, start, end))
    if _ROLE.fullmatch(paragraph.style_name):
        found.append(Lead("style", paragraph.style_name.capitalize(), start, start))
    return found


def _is_sentence(label: str) -> bool:
    """Tell whether a sentence ends before the colon; "A.K." are initials."""
    return len(label) > 6 and bool(_SENTENCE.search(label))


def time_end(text: str) -> int:
    """Return where the words begin behind a time at the head of a text; 0 without one."""
    match = _TIME.match(text)
    return match.end() if match and read_clock(match[1]) is not None else 0


def with_brackets(text: str) -> str:
    """Return the words behind a label with the time in brackets that a tab sets apart."""
    match = _BARE_TIME.match(text)
    return f"[{match[1]}] {text[match.end() :]}" if match else text


def _alone(paragraph: Paragraph, said: str, start: int, *, is_bold: bool) -> Lead | None:
    label = plain(said).rstrip(" :")
    if re.search(r"[\n\t]", said.strip()) or not is_name(label):
        return None
    is_styled = bool(_SPEAKER.fullmatch(paragraph.style_name))
    is_strong = shape(label) == "strong" or said.rstrip().endswith(":")
    if not (is_bold or is_styled or is_strong):
        return None
    return Lead("alone", label, start, start + len(said))


def _bold_end(paragraph: Paragraph, start: int) -> int:
    """Return where the bold stretch that begins at ``start`` ends; blanks in it may be plain."""
    position = 0
    for run in paragraph.runs:
        end = position + len(run.text)
        is_marked = run.is_bold or bool(_SPEAKER.fullmatch(run.style.lower()))
        if end > start and run.text.strip() and not is_marked:
            inside = run.text[max(0, start - position) :]
            if inside.strip():
                return max(start, position)
        position = end
    return position
