"""Historical dates in words a reader knows: English, Russian, Serbian in both scripts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from archive_app.domain.edtf import EdtfDate, EdtfInterval, parse_edtf
from archive_app.errors import BadValue


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


@dataclass(frozen=True, slots=True)
class DateWords:
    """How one language says dates. ``genitive`` forms follow "about", "from" and "until"."""

    months: tuple[str, ...]
    months_genitive: tuple[str, ...]
    seasons: tuple[str, ...]
    seasons_genitive: tuple[str, ...]
    day: str
    """A day: {day}, {month} (in the genitive), {year}."""
    year: str
    era: str
    """A year before the first."""
    decade: str
    century: str
    """Any year from {first} to {last}."""
    about: str
    uncertain: str
    since: str
    since_about: str
    until: str
    until_about: str
    unknown_start: str
    unknown_end: str
    no_day: str
    no_month: str
    no_month_or_day: str
    month: str = "{month} {year}"
    """A month or a season of a year."""


_ENGLISH_MONTHS = _names(
    "January February March April May June July August September October November December"
)

ENGLISH = DateWords(
    months=_ENGLISH_MONTHS,
    months_genitive=_ENGLISH_MONTHS,
    seasons=("spring", "summer", "autumn", "winter"),
    seasons_genitive=("spring", "summer", "autumn", "winter"),
    day="{day} {month} {year}",
    year="{year}",
    era="{year} BCE",
    decade="{year}s",
    century="between {first} and {last}",
    about="about {date}",
    uncertain="{date} (uncertain)",
    since="from {date}",
    since_about="from about {date}",
    until="until {date}",
    until_about="until about {date}",
    unknown_start="until {date} (start unknown)",
    unknown_end="from {date} (end unknown)",
    no_day="{date} (day unknown)",
    no_month="{date} (month unknown)",
    no_month_or_day="{date} (month and day unknown)",
)

RUSSIAN = DateWords(
    months=_names(
        "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь"
    ),
    months_genitive=_names(
        "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"
    ),
    seasons=("весна", "лето", "осень", "зима"),
    seasons_genitive=("весны", "лета", "осени", "зимы"),
    day="{day} {month} {year}",
    year="{year}",
    era="{year} до н. э.",
    decade="{year}-е",
    century="между {first} и {last}",
    about="около {date}",
    uncertain="{date} (под вопросом)",
    since="с {date}",
    since_about="примерно с {date}",
    until="до {date}",
    until_about="примерно до {date}",
    unknown_start="до {date} (начало неизвестно)",
    unknown_end="с {date} (конец неизвестен)",
    no_day="{date} (день неизвестен)",
    no_month="{date} (месяц неизвестен)",
    no_month_or_day="{date} (месяц и день неизвестны)",
)

_SERBIAN_CYRILLIC = DateWords(
    months=_names(
        "јануар фебруар март април мај јун јул август септембар октобар новембар децембар"
    ),
    months_genitive=_names(
        "јануара фебруара марта априла маја јуна јула августа септембра октобра новембра децембра"
    ),
    seasons=("пролеће", "лето", "јесен", "зима"),
    seasons_genitive=("пролећа", "лета", "јесени", "зиме"),
    day="{day}. {month} {year}",
    year="{year}.",
    era="{year}. п. н. е.",
    decade="{year}-е",
    century="између {first}. и {last}.",
    about="око {date}",
    uncertain="{date} (несигурно)",
    since="од {date}",
    since_about="отприлике од {date}",
    until="до {date}",
    until_about="отприлике до {date}",
    unknown_start="до {date} (почетак непознат)",
    unknown_end="од {date} (крај непознат)",
    no_day="{date} (дан непознат)",
    no_month="{date} (месец непознат)",
    no_month_or_day="{date} (месец и дан непознати)",
)

# Cyrillic to Latin is one to one for these lower-case words (Правопис српскога језика, 2010).
_LATIN = str.maketrans(
    dict(
        zip(
            "абвгдђежзијклмнопрстћуфхцчш",
            "abvgdđežzijklmnoprstćufhcčš",
            strict=True,
        )
    )
    | {"љ": "lj", "њ": "nj", "џ": "dž"}
)


def _in_latin(words: DateWords) -> DateWords:
    def latin(text: str) -> str:
        # Names of places in braces are Latin letters already and stay as they are.
        return text.translate(_LATIN)

    values: dict[str, str | tuple[str, ...]] = {}
    for name in DateWords.__dataclass_fields__:
        value = getattr(words, name)
        is_text = isinstance(value, str)
        values[name] = latin(value) if is_text else tuple(latin(word) for word in value)
    return DateWords(**values)  # pyright: ignore[reportArgumentType] - the fields of the same class


_LANGUAGES: Mapping[str, DateWords] = {
    "en": ENGLISH,
    "ru": RUSSIAN,
    "sr-latn": _in_latin(_SERBIAN_CYRILLIC),
    "sr": _SERBIAN_CYRILLIC,
}


def display(edtf: str, language: str = "en") -> str:
    """Return a date for a reader: "2022-09~" is "about September 2022", "около сентября 2022".

    ``language`` is ``en``, ``ru``, ``sr-Cyrl`` or ``sr-Latn`` (``_`` serves as ``-``);
    others are shown in English. What is not EDTF is returned as it came: a record
    from outside must show whatever stands in it.
    """
    return display_by(edtf, _words_for(language))


def display_by(edtf: str, words: DateWords) -> str:
    """Return a date as ``display`` does, in words of the caller's own (a citation style's)."""
    try:
        parsed = parse_edtf(edtf)
    except BadValue:
        return edtf
    if isinstance(parsed, EdtfInterval):
        return _interval(parsed, words)
    return _marked(parsed, words, is_genitive=False)


def _words_for(language: str) -> DateWords:
    tag = language.replace("_", "-").lower()
    if tag.startswith("sr-latn"):
        return _LANGUAGES["sr-latn"]
    return _LANGUAGES.get(tag.split("-", maxsplit=1)[0], ENGLISH)


def _interval(parsed: EdtfInterval, words: DateWords) -> str:
    start, end = parsed.start, parsed.end
    if isinstance(end, str):
        return _one_sided(start, words, words.since if end else words.unknown_end)
    if isinstance(start, str):
        return _one_sided(end, words, words.until if start else words.unknown_start)
    first, last = _side(start, words, is_genitive=False), _side(end, words, is_genitive=False)
    dash = " – " if " " in first + last else "–"
    return f"{first}{dash}{last}"


def _one_sided(side: EdtfDate | str, words: DateWords, pattern: str) -> str:
    about = {words.since: words.since_about, words.until: words.until_about}
    if isinstance(side, EdtfDate) and side.is_approximate and pattern in about:
        side, pattern = replace(side, is_approximate=False), about[pattern]
    return pattern.format(date=_side(side, words, is_genitive=True))


def _side(side: EdtfDate | str, words: DateWords, *, is_genitive: bool) -> str:
    return side if isinstance(side, str) else _marked(side, words, is_genitive=is_genitive)


def _marked(parsed: EdtfDate, words: DateWords, *, is_genitive: bool) -> str:
    text = _plain(parsed, words, is_genitive=is_genitive or parsed.is_approximate)
    if parsed.is_approximate:
        text = words.about.format(date=text)
    return words.uncertain.format(date=text) if parsed.is_uncertain else text


def _plain(parsed: EdtfDate, words: DateWords, *, is_genitive: bool) -> str:
    year = _year(parsed.year, words)
    if not parsed.month:
        return year
    if parsed.month == "XX":
        pattern = words.no_month_or_day if parsed.day else words.no_month
        return pattern.format(date=year)
    month = int(parsed.month)
    if month > 12:
        seasons = words.seasons_genitive if is_genitive else words.seasons
        return words.month.format(month=seasons[month - 21], year=year)
    if parsed.day in ("", "XX"):
        months = words.months_genitive if is_genitive else words.months
        text = words.month.format(month=months[month - 1], year=year)
        return words.no_day.format(date=text) if parsed.day else text
    return words.day.format(day=int(parsed.day), month=words.months_genitive[month - 1], year=year)


def _year(text: str, words: DateWords) -> str:
    if text.endswith("XX"):
        return words.century.format(first=max(1, int(text[:2] + "00")), last=int(text[:2] + "99"))
    if text.endswith("X"):
        return words.decade.format(year=int(text[:3] + "0"))
    number = int(text.removeprefix("Y"))
    if number <= 0:
        # EDTF counts astronomically: the year 0 is 1 BCE.
        return words.era.format(year=1 - number)
    return words.year.format(year=number)
