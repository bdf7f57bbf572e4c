"""Made-up interviews in Russian, Serbian and English, as an audience may see them."""

from __future__ import annotations

from datetime import date
from typing import Any

from archive_app.domain.records import Audience, Footnote, Layer, Role, TranscriptKind
from archive_app.domain.released import (
    ReleasedIndexPoint,
    ReleasedInterview,
    ReleasedPerson,
    ReleasedTagging,
    ReleasedTranscript,
    ReleasedTurn,
    Withholding,
)
from archive_app.dossier.contents import DossierContents, Heading, WholeInterview

RUSSIAN = (
    (
        "Мы приехали в Белград осенью, и первое время жили у знакомых на Врачаре. Никто не понимал,"
        " надолго ли это — на месяц, на год или навсегда. Я помню за́мок на холме и замо́к на двери,"
        " который нам дали вместе с ключами от чужой квартиры."
    ),
    (
        "Сначала искали работу — что угодно. Муж устроился на склад, а я учила сербский по вечерам:"
        " «добар дан», «хвала», «колико кошта». Сын пошёл в школу уже через неделю, и учительница,"
        " Милица Јовановић, посадила его рядом с девочкой, которая немного говорила по-русски."
    ),
    "Нет, об этом я говорить не хочу. [отрывок закрыт] Потом стало легче.",
    (
        "Документы? Это отдельная история. Очередь занимали с ночи, записывались в тетрадку; кто-то"
        " приносил термос с чаем, кто-то — складные стулья. Там мы все и познакомились."
    ),
)
SERBIAN_CYRILLIC = (
    (
        "Прво смо мислили да ће отићи за неколико месеци. Ђорђе је рекао: „Људи, џаба се љутите,"
        " њима је теже него нама.“ И био је у праву."
    ),
    (
        "У нашој згради на Чукарици живело је пет породица. Шћерка ми се дружила са њиховом децом;"
        " учили су једни друге, и то је било најлепше."
    ),
)
SERBIAN_LATIN = (
    (
        "Đorđe je bio prvi koji je otvorio vrata. Kuvali smo čaj, pričali o svemu: o školi, o šumi,"
        " o žurkama. Ljudi su dolazili i odlazili, a džezva se nije hladila."
    ),
    "Mislim da smo tada naučili više nego za ceo život. Nije bilo lako, ali bilo je časno.",
)
ENGLISH = (
    (
        "We came to Belgrade in the autumn, and at first we lived with friends in Vračar. Nobody"
        " knew whether it was for a month, for a year, or for good."
    ),
    (
        "First we looked for work, any work. My husband found a place in a warehouse, and I learned"
        " Serbian in the evenings."
    ),
    "No, I do not want to talk about that. [passage closed] Later it became easier.",
    (
        "The papers? That is a story of its own. People queued from the night before and wrote"
        " their names in a notebook; somebody brought tea, somebody folding chairs."
    ),
)


def turn(n: int, speaker: str, text: str, start_ms: int | None = None, **more: Any) -> ReleasedTurn:
    end_ms = None if start_ms is None else start_ms + 20_000
    return ReleasedTurn(n, 1000 + n, speaker, start_ms, end_ms, text, **more)


def transcript(
    *turns: ReleasedTurn,
    language: str = "ru",
    kind: TranscriptKind = TranscriptKind.VERBATIM,
    uuid: str = "t-1",
    taggings: tuple[ReleasedTagging, ...] = (),
) -> ReleasedTranscript:
    return ReleasedTranscript(1, uuid, language, kind, turns, taggings)


def interview(*transcripts: ReleasedTranscript, accession: str = "OH-1", **more: Any) -> Any:
    facts: dict[str, Any] = {
        "audience": Audience.PUBLIC,
        "on": date(2026, 3, 1),
        "interview_id": 1,
        "uuid": f"uuid-{accession}",
        "accession": accession,
        "titles": {"en": f"Interview {accession}"},
        "collections": ("Memory Archive",),
        "languages": ("ru",),
        "date": "2022-11-14",
        "people": (ReleasedPerson("Анна Петровна Соколова", "Соколова, Анна", Role.INTERVIEWEE),),
    }
    return ReleasedInterview(transcripts=transcripts, **(facts | more))


def contents(*parts: Any, **more: Any) -> DossierContents:
    facts: dict[str, Any] = {
        "title": "Arrivals",
        "audience": Audience.PUBLIC,
        "on": date(2026, 3, 1),
        "made_by": "Oral History Archive",
    }
    held = tuple(p if not isinstance(p, ReleasedInterview) else WholeInterview(p) for p in parts)
    return DossierContents(interviews=held, **(facts | more))


def sample_interview(rounds: int = 6) -> ReleasedInterview:
    """The Russian interview with its English translation, tags, notes and a closed passage."""
    turns: list[ReleasedTurn] = []
    translated: list[ReleasedTurn] = []
    taggings: list[ReleasedTagging] = []
    n, at = 0, 4_000
    for _ in range(rounds):
        n += 1
        turns.append(turn(n, "Марко Иванович", "А что было потом?", at))
        translated.append(turn(n, "Marko Ivanović", "And what happened then?", at))
        for text, english in zip(RUSSIAN, ENGLISH, strict=True):
            n += 1
            at += 47_500
            mark = text.find("[отрывок закрыт]")
            closed = ((mark, mark + len("[отрывок закрыт]")),) if mark >= 0 else ()
            mark = english.find("[passage closed]")
            shut = ((mark, mark + len("[passage closed]")),) if mark >= 0 else ()
            word = text.find("Врачаре")
            notes = (
                (Footnote(word + 8, "Район Белграда к востоку от центра, на холме; старый"
                          " доходный квартал.", "https://example.org/vracar"),)
                if word >= 0 else ()
            )  # fmt: skip
            turns.append(
                turn(n, "Анна Соколова", text, at, withheld=closed, footnotes=notes,
                     is_time_estimated=n % 5 == 0)
            )  # fmt: skip
            translated.append(turn(n, "Anna Sokolova", english, at, withheld=shut))
            if "Документы" in text:
                names = {"en": "Papers and queues", "ru": "Документы и очереди"}
                taggings.append(
                    ReleasedTagging("g", names, ("Everyday life", "Papers and queues"), "#884400",
                                    n, 0, n, len(text), text)
                )  # fmt: skip
    points = (
        ReleasedIndexPoint(0, None, "Arrival in Belgrade",
                           "Autumn 2022: the first flat, the first neighbours.",
                           keywords=("emigration",), subjects=("Housing",), place="Vračar"),
        ReleasedIndexPoint(190_000, None, "School and work",
                           "How the son went to school; the warehouse.", keywords=("schools",)),
        ReleasedIndexPoint(610_000, None, "Papers", subjects=("Queues",), place="Belgrade"),
    )  # fmt: skip
    return interview(
        transcript(*turns, taggings=tuple(taggings)),
        transcript(*translated, language="en", kind=TranscriptKind.TRANSLATION, uuid="t-2"),
        accession="OH-2022-014",
        titles={"en": "Interview with Anna Sokolova", "ru": "Интервью с Анной Соколовой"},
        collections=("Memory Archive", "Russians in Serbia, 2022–2026"),
        people=(
            ReleasedPerson("Анна Соколова", "Соколова, Анна", Role.INTERVIEWEE,
                           "Born in Samara in 1984; taught chemistry; in Belgrade since 2022."),
            ReleasedPerson("Марко Иванович", "Иванович, Марко", Role.INTERVIEWER),
            ReleasedPerson("Jelena Đurić", "Đurić, Jelena", Role.TRANSLATOR),
        ),
        abstract="Anna Sokolova tells of her family's first winter in Belgrade: the flat in"
        " Vračar, her son's school, the queues for papers, and the neighbours who became friends.",
        place="Belgrade", place_names={"en": "Belgrade", "sr-Cyrl": "Београд"},
        circumstances="Recorded at the kitchen table in two sittings. Transcribed by hand.",
        keywords=("emigration", "family"), subjects=("Migration",),
        rights_holder="Memory Archive, Belgrade", licence="CC BY-NC 4.0",
        usage_note="Please ask before quoting more than 300 words.",
        duration_ms=4_321_000, index_points=points,
        withheld=(Withholding(Layer.TRANSCRIPT, 6, date(2047, 1, 1)), Withholding(Layer.RECORDING)),
    )  # fmt: skip


def serbian_interview() -> ReleasedInterview:
    """A Serbian interview that goes over from Cyrillic to Latin."""
    turns = [turn(1, "Jelena Đurić", "Kako je počelo?", 1_000)]
    for _ in range(4):
        for text in (*SERBIAN_CYRILLIC, *SERBIAN_LATIN):
            n = len(turns) + 1
            turns.append(turn(n, "Ђорђе Његош Љубић", text, n * 31_000))
    return interview(
        transcript(*turns, language="sr-Cyrl", uuid="t-3"),
        accession="OH-2023-002",
        titles={"sr-Cyrl": "Разговор са Ђорђем Љубићем", "en": "Interview with Đorđe Ljubić"},
        languages=("sr-Cyrl", "sr-Latn"),
        collections=("Memory Archive", "Russians in Serbia, 2022–2026"),
        date="2023-02~",
        people=(
            ReleasedPerson("Ђорђе Његош Љубић", "Љубић, Ђорђе Његош", Role.INTERVIEWEE),
            ReleasedPerson("Jelena Đurić", "Đurić, Jelena", Role.INTERVIEWER),
        ),
        place="Čukarica",
        abstract="A neighbour remembers.",
        rights_holder="Memory Archive, Belgrade",
        licence="CC BY-NC 4.0",
    )


def sample_contents(**more: Any) -> DossierContents:
    """The whole sample: a part's heading, two interviews."""
    facts: dict[str, Any] = {
        "title": "The First Winter",
        "subtitle": "Conversations about arriving, 2022–2023",
        "author": "Selected by M. Ivanović",
        "description": "A selection from the project for the reading room's visitors.",
        "contact": "Memory Archive, readers@example.org",
    }
    return contents(
        Heading("Those who came", "Voices of families in their first year."),
        sample_interview(),
        Heading("Those who were there"),
        serbian_interview(),
        **(facts | more),
    )
