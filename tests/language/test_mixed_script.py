"""Letters of the wrong alphabet: what is flagged, what is proposed, what is left alone."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from archive_app.domain.records import Turn
from archive_app.language.mixed_script import mixed_script, other_script
from archive_app.language.transliteration import serbian_latin


def a_turn(text: str, number: int = 1) -> Turn:
    return Turn(number, "", 1, number, None, "V", None, None, None, text)


@pytest.mark.parametrize(
    ("language", "word", "meant"),
    [
        ("sr-Cyrl", "Югославия", "Југославија"),
        ("sr-Cyrl", "ЮГОСЛАВИЯ", "ЈУГОСЛАВИЈА"),
        ("sr-Cyrl", "Югославие", "Југославије"),
        ("sr-Cyrl", "Войводина", "Војводина"),
        ("sr-Cyrl", "Любица", "Љубица"),
        ("sr-Cyrl", "конь", "коњ"),
        ("sr-Cyrl", "щто", "што"),
        ("sr-Cyrl", "мы", "ми"),
        ("sr-Cyrl", "Београd", "Београд"),
        ("sr-Cyrl", "Beоград", "Београд"),
        ("sr-Cyrl", "Cрбија", "Србија"),
        ("sr-Cyrl", "дaнaс", "данас"),
        ("sr-Latn", "Beoград", "Beograd"),
        ("sr-Latn", "dаnas", "danas"),
        ("sr-Latn", "srbiја", "srbija"),
        ("sr", "Београd", "Београд"),
        ("ru", "мoре", "море"),
        ("ru", "Pоссия", "Россия"),
        ("ru", "Југославия", "Югославия"),
        ("en", "hоuse", "house"),
    ],
)
def test_a_word_is_mended_as_it_was_meant(language: str, word: str, meant: str) -> None:
    (flag,) = mixed_script([a_turn(f"- {word}, 5")], language)
    assert (flag.found, flag.proposal) == (word, meant)
    assert flag.span.start == 2


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("sr-Cyrl", "Гледао сам YouTube и iPhone-у, SMS-порука, МР3, XX век"),
        ("sr-Latn", "Čitam Вечерње новости u Beogradu"),
        ("ru", "Объём съёмки: ещё чуть-чуть, Facebook’у"),
        ("ru", "Сказали: мајстор. Комшија, је л' тако? Київ, Україна, Львів"),
        ("en", "Большой театр and the Београд hotel"),
        ("und", "щи да каша"),
    ],
)
def test_whole_words_of_another_script_are_somebody_s_words(language: str, text: str) -> None:
    assert mixed_script([a_turn(text)], language) == ()


def test_a_lone_latin_letter_between_cyrillic_words_is_a_word_of_theirs() -> None:
    (flag,) = mixed_script([a_turn("он дошао a ја нисам")], "sr-Cyrl")
    assert (flag.found, flag.proposal) == ("a", "а")
    assert mixed_script([a_turn("vitamin a и")], "ru") == ()


def test_where_both_readings_are_possible_the_one_met_elsewhere_wins() -> None:
    (flag,) = mixed_script([a_turn("Вojvodina")], "sr-Latn")
    assert flag.proposal == "Bojvodina"
    (flag,) = mixed_script([a_turn("Вojvodina"), a_turn("Vojvodina", 2)], "sr-Latn")
    assert flag.proposal == "Vojvodina"


def test_a_change_of_script_is_proposed_in_the_transcript_s_own() -> None:
    (flag,) = other_script([a_turn("Рекао је da idemo u Beograd, и Facebook Inc")], "sr-Cyrl")
    assert (flag.found, flag.proposal) == ("da idemo u Beograd", "да идемо у Београд")
    (flag,) = other_script([a_turn("Rekao је да ћемо sutra")], "sr-Latn")
    assert flag.proposal == "je da ćemo"
    assert other_script([a_turn("Рекао је da idemo u Beograd")], "ru") == ()


def real_lines(samples: Path, name: str) -> list[str]:
    text = (samples / name).read_text(encoding="utf-8-sig")
    return [line for line in text.splitlines() if line.strip() and "-->" not in line]


def test_real_serbian_and_russian_have_nothing_to_mend(samples: Path) -> None:
    for language, name in (
        ("sr-Cyrl", "srt/serbian-cyrillic-lecture.srt"),
        ("ru", "srt/russian-lecture.srt"),
        ("ru", "text/russian-emigrants.txt"),
    ):
        turns = [a_turn(line, n) for n, line in enumerate(real_lines(samples, name))]
        assert mixed_script(turns, language) == (), name


_RECOGNISER_WRITES = {"ја": "я", "ју": "ю", "ј": "й", "њ": "нь", "љ": "ль"}
_LOOK_ALIKE = str.maketrans("аеорсухкмтј", "aeopcyxkmtj")


def test_faults_put_into_a_real_serbian_lecture_are_all_found_and_mended(samples: Path) -> None:
    """As recognisers err: Russian letters, single look-alikes, the end of a word in Latin."""
    chance = random.Random(7)
    lines = real_lines(samples, "srt/serbian-cyrillic-lecture.srt")
    spoilt: dict[tuple[int, int], str] = {}

    def spoil(n: int) -> Turn:
        pieces: list[str] = []
        for piece in re.split(r"([^\W\d_]{4,})", lines[n]):
            if len(piece) >= 4 and piece.isalpha() and chance.random() < 0.2:
                bad = _spoilt(piece, chance)
                if bad != piece:
                    spoilt[n, len("".join(pieces))] = piece
                pieces.append(bad)
            else:
                pieces.append(piece)
        return a_turn("".join(pieces), n)

    turns = [spoil(n) for n in range(len(lines))]
    flags = mixed_script(turns, "sr-Cyrl")
    found = {(flag.span.start_turn, flag.span.start): flag.proposal for flag in flags}
    assert len(spoilt) > 200
    assert found.keys() == spoilt.keys()
    right = sum(found[place] == word for place, word in spoilt.items())
    assert right / len(spoilt) > 0.98, [
        (word, found[place]) for place, word in spoilt.items() if found[place] != word
    ]


def _spoilt(word: str, chance: random.Random) -> str:
    kind = chance.randrange(3)
    if kind == 0:
        for serbian, russian in _RECOGNISER_WRITES.items():
            word = word.replace(serbian, russian)
        return word
    if kind == 1:
        at = chance.randrange(len(word))
        return word[:at] + word[at].translate(_LOOK_ALIKE) + word[at + 1 :]
    at = chance.randint(1, len(word) - 2)
    return word[:at] + serbian_latin(word[at:])
