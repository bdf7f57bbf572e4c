"""Sources and how each style is to cite them, written by hand after the guides."""

from __future__ import annotations

from dataclasses import replace

from archive_app.domain.citation_source import Cited, CitedName, CitedSource
from archive_app.domain.citation_styles import CitationStyle

VERA = CitedName("Vera Petrova", "Petrova", "Vera")
ANNA = CitedName("Anna Maria Ivanova", "Ivanova", "Anna Maria")
IRA = CitedName("Ира Ким", "Ким", "Ира")
VIKTOR = CitedName("Viktor")
VERA_RU = CitedName("Вера Ивановна Петрова", "Петрова", "Вера Ивановна")

PASSAGE = CitedSource(
    kind=Cited.PASSAGE,
    narrators=(VERA,),
    interviewers=(ANNA,),
    titles={"en": "The road to Belgrade", "ru": "Дорога в Белград"},
    date="2022-09-12",
    places={"en": "Belgrade", "ru": "Белград"},
    accession="OH-7",
    repository="City Archive",
    series=("Exile", "Mini Russia"),
    languages=("ru",),
    has_sound=True,
    has_transcript=True,
    start_ms=723_000,
    end_ms=820_000,
)
PSEUDONYM = CitedSource(
    narrators=(VIKTOR,),
    interviewers=(ANNA, IRA),
    date="2022-09~",
    accession="OH-8",
    repository="City Archive",
    has_transcript=True,
)
RECORDING = CitedSource(
    kind=Cited.RECORDING,
    narrators=(VERA, VIKTOR),
    interviewers=(ANNA,),
    titles={"sr-Cyrl": "Шетња „старим“ градом"},
    date="1998/2004",
    accession="OH-9",
    repository="Градски архив",
    languages=("sr-Cyrl",),
    has_video=True,
    recording=2,
    duration_ms=3_723_000,
)
NOBODY = CitedSource(
    titles={"en": "Where is home?"}, date="201X", accession="OH-10", series=("Walks",)
)
MANY = CitedSource(
    narrators=(VERA_RU, VIKTOR, IRA, VERA),
    interviewers=(CitedName("Н. Н."),),
    titles={"ru": "Разговор у реки"},
    date="2022?",
    places={"en": "Novi Sad", "ru": "Нови-Сад"},
    accession="OH-11",
    repository="Архив",
    has_sound=True,
)
BARE = CitedSource()

WANTED = {
    CitationStyle.CHICAGO: [
        (
            PASSAGE,
            (
                "Petrova, Vera. Interview by Anna Maria Ivanova. Belgrade, September 12, 2022. "
                "OH-7, audio recording. Mini Russia, Exile, City Archive."
            ),
            (
                "Vera Petrova, interview by Anna Maria Ivanova, Belgrade, September 12, 2022, "
                "OH-7, transcript, at 0:12:03–0:13:40, Mini Russia, Exile, City Archive."
            ),
        ),
        (
            PSEUDONYM,
            (
                "Viktor. Interview by Anna Maria Ivanova and Ира Ким. Ca. September 2022. OH-8, "
                "transcript. City Archive."
            ),
            (
                "Viktor, interview by Anna Maria Ivanova and Ира Ким, ca. September 2022, OH-8, "
                "transcript, City Archive."
            ),
        ),
        (
            RECORDING,
            (
                "Petrova, Vera, and Viktor. Interview by Anna Maria Ivanova. 1998–2004. OH-9, "
                "video recording 2, 1:02:03. Градски архив."
            ),
            (
                "Vera Petrova and Viktor, interview by Anna Maria Ivanova, 1998–2004, OH-9, video "
                "recording 2, 1:02:03, Градски архив."
            ),
        ),
        (
            NOBODY,
            "“Where is home?” Interview. 2010s. OH-10. Walks.",
            "“Where is home?,” interview, 2010s, OH-10, Walks.",
        ),
        (
            MANY,
            (
                "Петрова, Вера Ивановна, Viktor, Ира Ким, and Vera Petrova. Interview by Н. Н. "
                "Novi Sad, 2022? OH-11, audio recording. Архив."
            ),
            (
                "Вера Ивановна Петрова et al., interview by Н. Н., Novi Sad, 2022?, OH-11, audio "
                "recording, Архив."
            ),
        ),
        (BARE, "Interview.", "Interview."),
    ],
    CitationStyle.MLA: [
        (
            PASSAGE,
            (
                "Petrova, Vera. “The road to Belgrade.” Interview conducted by Anna Maria Ivanova, "
                "Belgrade. Mini Russia, Exile, City Archive, 12 Sept. 2022, OH-7. Audio recording."
            ),
            "(Petrova 00:12:03–00:13:40)",
        ),
        (
            PSEUDONYM,
            (
                "Viktor. Interview. Conducted by Anna Maria Ivanova and Ира Ким. City Archive, "
                "circa Sept. 2022, OH-8. Transcript."
            ),
            "(Viktor)",
        ),
        (
            RECORDING,
            (
                "Petrova, Vera, and Viktor. “Шетња ‘старим’ градом.” Interview conducted by Anna "
                "Maria Ivanova. Градски архив, 1998–2004, OH-9. Video recording 2."
            ),
            "(Petrova and Viktor)",
        ),
        (
            NOBODY,
            "“Where is home?” Interview. Walks, 2010s, OH-10.",
            "(“Where is home?”)",
        ),
        (
            MANY,
            (
                "Петрова, Вера Ивановна, et al. “Разговор у реки.” Interview conducted by Н. Н., "
                "Novi Sad. Архив, 2022?, OH-11. Audio recording."
            ),
            "(Петрова et al.)",
        ),
        (BARE, "Interview.", "(Interview)"),
    ],
    CitationStyle.APA: [
        (
            PASSAGE,
            (
                "Petrova, V. (2022, September 12). The road to Belgrade (A. M. Ivanova, "
                "Interviewer) [Interview]. Mini Russia, Exile (OH-7); City Archive."
            ),
            "(Petrova, 2022, 0:12:03)",
        ),
        (
            PSEUDONYM,
            (
                "Viktor. (ca. 2022, September). [Interview by A. M. Ivanova & И. Ким]. City "
                "Archive (OH-8)."
            ),
            "(Viktor, ca. 2022)",
        ),
        (
            RECORDING,
            (
                "Petrova, V., & Viktor. (1998–2004). Шетња „старим“ градом (A. M. Ivanova, "
                "Interviewer) [Video recording 2]. Градски архив (OH-9)."
            ),
            "(Petrova & Viktor, 1998–2004)",
        ),
        (
            NOBODY,
            "Where is home? [Interview]. (2010s). Walks (OH-10).",
            "(“Where is home?,” 2010s)",
        ),
        (
            MANY,
            (
                "Петрова, В. И., Viktor, Ким, И., & Petrova, V. (2022?). Разговор у реки (Н. Н., "
                "Interviewer) [Interview]. Архив (OH-11)."
            ),
            "(Петрова et al., 2022?)",
        ),
        (BARE, "[Interview]. (n.d.).", "(Interview, n.d.)"),
    ],
    CitationStyle.ORAL_HISTORY_SOCIETY: [
        (
            PASSAGE,
            (
                "Petrova, Vera, interviewed by Anna Maria Ivanova, Belgrade, 12 September 2022, "
                "Mini Russia, Exile, City Archive, OH-7."
            ),
            (
                "Vera Petrova, interviewed by Anna Maria Ivanova, Belgrade, 12 September 2022, "
                "Mini Russia, Exile, City Archive, OH-7, 00:12:03–00:13:40."
            ),
        ),
        (
            PSEUDONYM,
            (
                "Viktor, interviewed by Anna Maria Ivanova and Ира Ким, c. September 2022, City "
                "Archive, OH-8."
            ),
            (
                "Viktor, interviewed by Anna Maria Ivanova and Ира Ким, c. September 2022, City "
                "Archive, OH-8."
            ),
        ),
        (
            RECORDING,
            (
                "Petrova, Vera and Viktor, interviewed by Anna Maria Ivanova, 1998–2004, Градски "
                "архив, OH-9, video recording 2."
            ),
            (
                "Vera Petrova and Viktor, interviewed by Anna Maria Ivanova, 1998–2004, Градски "
                "архив, OH-9, video recording 2."
            ),
        ),
        (
            NOBODY,
            "‘Where is home?’, interview, 2010s, Walks, OH-10.",
            "‘Where is home?’, interview, 2010s, Walks, OH-10.",
        ),
        (
            MANY,
            (
                "Петрова, Вера Ивановна, Viktor, Ира Ким and Vera Petrova, interviewed by Н. Н., "
                "Novi Sad, 2022?, Архив, OH-11."
            ),
            (
                "Вера Ивановна Петрова, Viktor, Ира Ким and Vera Petrova, interviewed by Н. Н., "
                "Novi Sad, 2022?, Архив, OH-11."
            ),
        ),
        (BARE, "Interview.", "Interview."),
    ],
    CitationStyle.GOST: [
        (
            replace(PASSAGE, narrators=(VERA_RU,), interviewers=(IRA,)),
            (
                "Петрова В. И. Дорога в Белград [Интервью] / интервьюер И. Ким. Белград, 12 "
                "сентября 2022 г. // City Archive. Exile. Mini Russia. Шифр OH-7. Аудиозапись."
            ),
            (
                "Петрова В. И. Дорога в Белград [Интервью] / интервьюер И. Ким. Белград, 12 "
                "сентября 2022 г. // City Archive. Exile. Mini Russia. Шифр OH-7. Расшифровка. "
                "00:12:03–00:13:40."
            ),
        ),
        (
            PSEUDONYM,
            (
                "Viktor. [Интервью] / интервьюеры A. M. Ivanova, И. Ким. Около сентября 2022 г. // "
                "City Archive. Шифр OH-8. Расшифровка."
            ),
            (
                "Viktor. [Интервью] / интервьюеры A. M. Ivanova, И. Ким. Около сентября 2022 г. // "
                "City Archive. Шифр OH-8. Расшифровка."
            ),
        ),
        (
            RECORDING,
            (
                "Petrova V., Viktor. Шетња „старим“ градом [Интервью] / интервьюер A. M. Ivanova. "
                "1998–2004 гг. // Градски архив. Шифр OH-9. Видеозапись 2."
            ),
            (
                "Petrova V., Viktor. Шетња „старим“ градом [Интервью] / интервьюер A. M. Ivanova. "
                "1998–2004 гг. // Градски архив. Шифр OH-9. Видеозапись 2."
            ),
        ),
        (
            NOBODY,
            "Where is home? [Интервью]. 2010-е гг. // Walks. Шифр OH-10.",
            "Where is home? [Интервью]. 2010-е гг. // Walks. Шифр OH-10.",
        ),
        (
            MANY,
            (
                "Разговор у реки [Интервью] / В. И. Петрова [и др.] ; интервьюер Н. Н. Нови-Сад, "
                "предположительно 2022 г. // Архив. Шифр OH-11. Аудиозапись."
            ),
            (
                "Разговор у реки [Интервью] / В. И. Петрова [и др.] ; интервьюер Н. Н. Нови-Сад, "
                "предположительно 2022 г. // Архив. Шифр OH-11. Аудиозапись."
            ),
        ),
        (BARE, "[Интервью].", "[Интервью]."),
    ],
}
