"""ГОСТ Р 7.0.5—2008 «Библиографическая ссылка», в примечании и за текстом.

The standard knows no interview kept in an archive. From the standard:

- the scheme of an archival document (section 11): what it is, then " // ", then where
  it is found, from the repository to the smallest unit, as in its example
  «Куфаев М. Н. Письмо Б. С. Боднарскому от 20 октября 1925 г. // ОР РГБ. Ф. 573.
  Картон 41. Д. 55. Л. 18»;
- a document without a title may be given one in square brackets (11.8): «[Интервью]»;
- heading with surname and initials and no comma between, of one to three authors; from
  four on the title leads and the first is named with «[и др.]» after the slash;
- statements of responsibility after " / ", kinds of them parted by " ; ";
- a full stop instead of full stop and dash between areas;
- the material's designation in square brackets behind the title («[Электронный
  ресурс]» is the standard's own; optional).

Chosen here: the person interviewed is the author; the designation is «[Интервью]», so that
titled and untitled interviews read alike; the interviewer is a statement of
responsibility, «интервьюер В. И. Петрова»; place and date of the interview, in words,
stand where the standard has the letter's date; the accession number is «шифр», the
medium a remark («Аудиозапись», «Расшифровка»), and a passage's times stand where the
standard has the leaf. A reference behind the text has no times.
"""

from __future__ import annotations

from archive_app.domain.citation_dates import GOST, say_date, say_times, two_digit_hours
from archive_app.domain.citation_source import Cited, CitedName, CitedSource
from archive_app.domain.citation_text import capital, commas, sentences

_MOST_AUTHORS = 3


def reference(source: CitedSource) -> str:
    """Return the reference behind the text, without times."""
    return _said(source, "")


def note(source: CitedSource) -> str:
    """Return the footnote, a passage with its times."""
    return _said(source, say_times(source.start_ms, source.end_ms, form=two_digit_hours))


def _said(source: CitedSource, times: str) -> str:
    people = source.narrators
    is_heading = len(people) <= _MOST_AUTHORS
    heading = ", ".join(map(_inverted, people)) if is_heading else ""
    title = f"{source.title('ru')} [Интервью]".strip()
    responsible = [] if is_heading else [f"{_spoken(people[0])} [и др.]"]
    if source.interviewers:
        responsible.append(_interviewers(source.interviewers))
    body = f"{title} / {' ; '.join(responsible)}" if responsible else title
    when = capital(commas([source.place("ru"), say_date(source.date, GOST)]))
    *before, last = [part for part in (heading, body, when) if part]
    found = sentences(
        [
            source.repository,
            *source.series,
            f"Шифр {source.accession}" if source.accession else "",
            _medium(source),
            times,
        ]
    )
    # The standard's slashes stand instead of a full stop.
    return f"{sentences(before)} {last} // {found}".strip() if found else sentences([*before, last])


def _interviewers(people: tuple[CitedName, ...]) -> str:
    if len(people) > _MOST_AUTHORS:
        return f"интервьюеры {_spoken(people[0])} [и др.]"
    word = "интервьюер" if len(people) == 1 else "интервьюеры"
    return f"{word} {', '.join(map(_spoken, people))}"


def _medium(source: CitedSource) -> str:
    if source.kind is Cited.PASSAGE and source.has_transcript:
        return "Расшифровка"
    if source.has_sound or source.has_video:
        kind = "Видеозапись" if source.has_video else "Аудиозапись"
        return f"{kind} {source.recording}" if source.recording else kind
    return "Расшифровка" if source.has_transcript else ""


def _inverted(one: CitedName) -> str:
    return f"{one.family} {one.initials}" if one.family else one.name


def _spoken(one: CitedName) -> str:
    return f"{one.initials} {one.family}" if one.family else one.name
