"""What a tag that lies on words says when pointed at: its path, who laid it, when, and why."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from html import escape

from PySide6.QtCore import QDateTime, QLocale, QTimeZone

from archive_app.domain.records import Tag, Tagging
from archive_app.gui.tag_colours import colour_key, tag_colour
from archive_app.gui.tag_rows import shown_path
from archive_app.gui.theme import theme
from archive_app.translation import tr

_WEEKDAY = re.compile(r"d{3,4}[^dMy']*")
"""The day of the week in a locale's long form of dates, with what parts it from the rest."""
MEMO_SHOWN = 400
QUOTE_SHOWN = 120
SHOWN_AT_ONCE = 8
TIP_WIDTH_PX = 360


def when_words(when: datetime | None) -> str:
    """Return a moment in the interface's language and this computer's time zone, or nothing."""
    if when is None:
        return ""
    moment = QDateTime.fromSecsSinceEpoch(round(when.timestamp()), QTimeZone.systemTimeZone())
    locale = QLocale()
    long = _WEEKDAY.sub("", locale.dateFormat(QLocale.FormatType.LongFormat)).strip(" ,")
    date = locale.toString(moment.date(), long)
    return f"{date}, {locale.toString(moment.time(), QLocale.FormatType.ShortFormat)}"


def who_and_when(one: Tagging) -> str:
    """Return "Ana · 3 March 2024, 14:05", as far as it is known."""
    return " · ".join(part for part in (one.who, when_words(one.made_at)) if part)


def shortened(text: str, longest: int) -> str:
    """Return a text that is cut at a word where it is too long."""
    if len(text) <= longest:
        return text
    return text[:longest].rsplit(" ", 1)[0].rstrip(",.;: ") + " …"


def tagging_tip(one: Tagging, tags: Mapping[int, Tag], language: str) -> str:
    """Return what a tagging's tooltip says, as rich text in which nothing of the person's acts."""
    tag = tags.get(one.tag_id)
    if tag is None:
        return ""
    colour = tag_colour(colour_key(tag.uuid), tag.colour, is_dark=theme().is_dark).name()
    path = escape(shown_path(tag, language, tags))
    lines = [f"<span style='color:{colour}'>●</span>&nbsp;<b>{path}</b>"]
    known = who_and_when(one)
    if known:
        lines.append(f"<span style='color:{theme().colours.muted.name()}'>{escape(known)}</span>")
    if one.memo:
        lines.append(f"<i>{_lines(shortened(one.memo, MEMO_SHOWN))}</i>")
    return "<br>".join(lines)


def tips(
    keys: Sequence[int],
    find: Callable[[int], Tagging | None],
    tags: Mapping[int, Tag],
    language: str,
) -> str:
    """Return what several taggings on the same words say, one below another."""
    found = [one for one in map(find, keys[:SHOWN_AT_ONCE]) if one is not None]
    told = [tip for one in found if (tip := tagging_tip(one, tags, language))]
    if not told:
        return ""
    if len(keys) > SHOWN_AT_ONCE:
        told.append(escape(tr("and {count} more", count=len(keys) - SHOWN_AT_ONCE)))
    rows = "".join(f"<tr><td style='padding-bottom:4px'>{tip}</td></tr>" for tip in told)
    return f"<table width='{TIP_WIDTH_PX}'>{rows}</table>"


def _lines(text: str) -> str:
    return "<br>".join(escape(line) for line in text.splitlines())
