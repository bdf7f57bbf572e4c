"""The language of a text, guessed from its letters and its most frequent words."""

from __future__ import annotations

from collections import Counter

from archive_app.language.folding import exact_form
from archive_app.language.words import word_texts

UNKNOWN = "und"

_SAMPLE = 20_000
"""How many code points of a text are looked at; more do not change the guess."""


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Function words, the most frequent first, as corpora of speech list them. A word
# that two of the languages of one script share (и, на, он, да, to, me …) speaks
# for both, so it decides nothing.
_WORDS: dict[str, frozenset[str]] = {
    "ru": _listed(
        "и в не на я что он с как это а то у все она так но мы к вы из за они же от по мне "
        "было был была были бы меня его ее мы только уже вот когда даже ну если или нет есть "
        "тоже очень потом там тут потому сейчас просто который которые чтобы ничего для где "
        "нас нам вас вам о до при под без тебя ты мой моя мои себя этот эта эти такой"
    ),
    "uk": _listed(
        "і в не на я що він з як це а то у все вона так але ми до ви із за вони же від по мені "
        "було був була були би мене його її тільки вже ось коли навіть ну якщо або ні є теж дуже "
        "потім там тут тому зараз просто який які щоб нічого для де нас нам й та ще цей ця"
    ),
    "sr": _listed(
        "i u je da se na ne što šta to on ona sa kao a ali mi za su od po koji koja koje bio bila "
        "bilo bili bi me mene ga ga nju samo već kad kada ako ili nema ima ovo ono taj ta te ti "
        "vi oni nije nisam sam smo ste si tako onda zato jer gde gdje kako jako još će ću bih "
        "moj moja nas nam iz do pa ja o s k li sad sada sve svi toga tu tamo ovde jedan"
    ),
    "en": _listed(
        "the and of to a in that it is was i you he for on are with as they be at this have from "
        "or had by not but what all were we when your can said there an which she do how their if "
        "will so them then these would like into has my me no him know just because about"
    ),
    "de": _listed(
        "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es "
        "an er hat aus bei sind nach wie war ich wir sie aber so dass man noch nur da wenn haben "
        "mir mich was dann oder schon über einen doch ja uns"
    ),
    "fr": _listed(
        "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il "
        "sont je avec elle on mais nous vous cette ou d l c j s qu était comme tout on y ils fait "
        "bien être aussi donc très ça ai leur si mon"
    ),
}

# Letters that only one of a script's languages has, and what one of them is worth in words.
_LETTERS: dict[str, str] = {
    "ru": "ыэёъ",
    "uk": "іїєґ",
    "sr-Cyrl": "ђјљњћџ",
    "sr-Latn": "čćšžđ",
    "de": "äöüß",
    "fr": "éèêàçùâîôœ",
}
_LETTER_WEIGHT = 0.5
_ENOUGH = 2.0
"""Less evidence than two frequent words is none: names look alike in all languages."""


def guess_language(text: str) -> str:
    """Return ru, uk, sr-Cyrl, sr-Latn, en, de or fr, whichever speaks most, else "und".

    Deterministic; looks at the first 20,000 code points. In a text of two
    scripts the script with more letters is judged. Croatian and Bosnian count
    as sr-Latn.
    """
    sample = text[:_SAMPLE]
    forms = [exact_form(word) for word in word_texts(sample)]
    letters = Counter("".join(forms))
    cyrillic = sum(n for letter, n in letters.items() if "\u0400" <= letter <= "\u052f")
    latin = sum(n for letter, n in letters.items() if letter.isalpha() and letter < "\u0250")
    counts = Counter(forms)
    if cyrillic > latin:
        serbian = {_to_cyrillic(word) for word in _WORDS["sr"]}
        rivals = {"ru": _WORDS["ru"], "uk": _WORDS["uk"], "sr-Cyrl": serbian}
    else:
        rivals = {"sr-Latn": _WORDS["sr"], **{name: _WORDS[name] for name in ("en", "de", "fr")}}
    scores = {
        name: sum(n for word, n in counts.items() if word in known)
        + _LETTER_WEIGHT * sum(letters[c] for c in _LETTERS.get(name, ""))
        for name, known in rivals.items()
    }
    ranked = sorted(scores, key=lambda name: scores[name], reverse=True)
    best, second = ranked[0], ranked[1]
    if scores[best] < _ENOUGH or scores[best] == scores[second]:
        return UNKNOWN
    return best


_CYRILLIC = str.maketrans("abvgdđežzijklmnoprstćufhcčš", "абвгдђежзијклмнопрстћуфхцчш")


def _to_cyrillic(word: str) -> str:
    """Serbian function words only: none of them has a doubtful nj, lj or dž."""
    return word.replace("nj", "њ").replace("lj", "љ").translate(_CYRILLIC)
