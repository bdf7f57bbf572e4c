"""The index leads to every page on which its terms stand, and to no other."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from apparatus_pages import index_pages, pages_of
from dossier_samples import contents, interview, transcript, turn
from pdf_reading import TIME, page_texts

from archive_app.domain.records import Role
from archive_app.domain.released import (
    ReleasedIndexPoint,
    ReleasedInterview,
    ReleasedPerson,
    ReleasedTagging,
)
from archive_app.dossier.build import build_dossier
from archive_app.dossier.contents import DossierContents, Excerpts, Heading, Passage
from archive_app.dossier.design import Design, Grouping, Layout, Paper
from archive_app.dossier.ledger import Ledger, Section
from archive_app.dossier.mentions import Mentions
from archive_app.language.alphabets import index_key, index_letter, language_by_letters

SAID = {
    "Соколова, Анна": ("Анной Соколовой", "Анну Соколову", "Соколовой", "Anna Sokolova"),
    "Ђорђевић, Никола": ("Николе Ђорђевића", "Nikoli Đorđeviću", "Ђорђевићем"),
    "Belgrade": ("Београду", "Beogradom", "Белграда", "Белграде", "Belgrade"),
    "Novi Sad": ("Новом Саду", "Novog Sada", "Novi Sad"),
    "Чебоксары": ("Чебоксарах", "Чебоксар"),
}
"""What the index calls somebody or some place, and how they are spoken of."""
FILLER = (
    "и", "тогда", "мы", "говорили", "о", "том", "что", "было", "и", "чего", "не", "никто",
    "never", "and", "then", "again", "ovako", "onako",
)  # fmt: skip


def people_elsewhere() -> tuple[ReleasedPerson, ...]:
    return (
        ReleasedPerson("Анна Соколова", "Соколова, Анна", Role.INTERVIEWEE),
        ReleasedPerson("Никола Ђорђевић", "Ђорђевић, Никола", Role.INTERVIEWER),
    )


def elsewhere(**more: Any) -> ReleasedInterview:
    """An interview of its own in which nobody is spoken of: it brings the names in."""
    facts: dict[str, Any] = {
        "accession": "E-1",
        "people": people_elsewhere(),
        "place_names": {"en": "Belgrade", "sr-Latn": "Beograd", "ru": "Белград"},
        "place": "Belgrade",
        "index_points": (
            ReleasedIndexPoint(0, None, "First", place="Novi Sad"),
            ReleasedIndexPoint(1, None, "Second", place="Чебоксары"),
        ),
    }
    return interview(transcript(turn(1, "T", "x", 0), uuid="e-1"), **(facts | more))


def talk(seed: int, turns: int = 60) -> tuple[ReleasedInterview, random.Random]:
    """An interview in which they are spoken of at random, each time with a word to find."""
    chance = random.Random(seed)
    said: list[str] = []
    forms = [form for each in SAID.values() for form in each]
    for _ in range(turns):
        words = [chance.choice(FILLER) for _ in range(90)]
        for _ in range(chance.choice((0, 0, 1, 2))):
            words.insert(chance.randrange(1, len(words)), chance.choice(forms))
        said.append(" ".join(words))
    held = transcript(
        *(turn(n, "S", text, n * 9_000) for n, text in enumerate(said, start=1)), uuid=f"t{seed}"
    )
    one = interview(
        held, accession=f"T-{seed}", uuid=f"u{seed}",
        people=(ReleasedPerson("S", "S", Role.INTERVIEWEE),),
    )  # fmt: skip
    return one, chance


def with_layout(layout: Layout, paper: Paper) -> DossierContents:
    one, _ = talk(7)
    passages = (Passage("t7", 2, 20), Passage("t7", 30, 55))
    body = Excerpts(one, passages) if layout in (Layout.READER, Layout.CARDS) else one
    design = Design(layout=layout, paper=paper, grouping=Grouping.OUTLINE)
    return contents(Heading("All"), elsewhere(), body, design=design)


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("layout", [Layout.VOLUME, Layout.READER, Layout.CARDS])
def test_the_index_leads_to_every_page_a_name_stands_on(
    tmp_path: Path, layout: Layout, paper: Paper
) -> None:
    target = tmp_path / "d.pdf"
    build_dossier(target, with_layout(layout, paper))
    pages = {n: words for n, words in pages_of(target).items() if n.isdigit()}
    texts = {n: " ".join(word.text for word in words) for n, words in pages.items()}
    plain = {n: _whole_words(text) for n, text in texts.items()}
    index = _index_text(target)
    for term, forms in SAID.items():
        found = index_pages(index, term)
        assert found, term
        spoken = {int(n) for n, text in plain.items() if any(form in text for form in forms)}
        own = {int(n) for n, text in texts.items() if "E-1" in text}
        index_itself = {int(n) for n, text in texts.items() if re.search(r"\bIndex\b", text)}
        spoken -= own | index_itself
        assert spoken
        assert spoken <= found, (term, "missing")
        # A name may begin on one page and end on the next.
        begun = {int(n) for n, text in plain.items() if any(f.split()[0] in text for f in forms)}
        assert found <= begun | own, (term, "too many")


def _whole_words(text: str) -> str:
    """Return a page's text without times, the words parted at line ends whole again."""
    return re.sub("\u00ad\\s*", "", " ".join(TIME.sub("", text).split()))


def _index_text(target: Path) -> str:
    texts = page_texts(target)
    first = next(n for n, text in enumerate(texts) if "Names" in text.splitlines())
    return " ".join(" ".join(texts[first:-1]).split())


@pytest.mark.parametrize("layout", [Layout.READER, Layout.CARDS])
def test_who_speaks_in_a_passage_stands_in_the_index(tmp_path: Path, layout: Layout) -> None:
    one, _ = talk(5)
    people = (ReleasedPerson("Olga Simić", "Simić, Olga", Role.INTERVIEWEE),)
    parts = (
        Excerpts(replace(one, people=people), (Passage("t5", 2, 12), Passage("t5", 40, 41))),
        Excerpts(talk(6)[0], (Passage("t6", 1, 20),)),
    )
    target = tmp_path / "d.pdf"
    build_dossier(target, contents(*parts, design=Design(layout=layout, paper=Paper.A5)))
    pages = {n: words for n, words in pages_of(target).items() if n.isdigit()}
    wanted = {
        int(n) for n, words in pages.items() if "T-5" in " ".join(word.text for word in words)
    }
    found = index_pages(_index_text(target), "Simić, Olga")
    assert found
    assert wanted <= found


def test_pages_without_a_gap_are_joined(tmp_path: Path) -> None:
    long = " ".join(FILLER * 9)
    turns = [turn(n, "S", f"Beogradu {long}", n) for n in range(1, 9)]
    target = tmp_path / "d.pdf"
    build_dossier(target, contents(elsewhere(), interview(transcript(*turns), uuid="u")))
    held = re.search(r"Belgrade((?:, [\d–]+)+)", _index_text(target))
    assert held is not None
    assert held[1].count("–") == held[1].count(",") == 1


def test_many_pages_are_parted_by_interview(tmp_path: Path) -> None:
    parts: list[ReleasedInterview] = []
    for each in range(3):
        said = [("Beogradu" if n % 2 else "tamo") + " " + " ".join(FILLER * 22) for n in range(16)]
        held = transcript(*(turn(n, "S", t, n) for n, t in enumerate(said, 1)), uuid=f"m{each}")
        people = (ReleasedPerson("S", "S", Role.INTERVIEWEE),)
        titles = {"en": f"Talk {each}"}
        parts.append(
            interview(held, accession=f"M-{each}", uuid=f"m{each}", people=people, titles=titles)
        )
    target = tmp_path / "d.pdf"
    build_dossier(target, contents(elsewhere(), *parts, design=Design(paper=Paper.A5)))
    index = _index_text(target)
    below = index.split("Belgrade", 1)[1]
    found = [index_pages(below, f"Talk {each}") for each in range(3)]
    assert all(found)
    assert not set.intersection(*(pages or set() for pages in found))


def test_a_tag_above_others_says_see_also(tmp_path: Path) -> None:
    def tagging(path: tuple[str, ...], n: int) -> ReleasedTagging:
        return ReleasedTagging(path[-1], {"en": path[-1]}, path, "", n, 0, n, 3, "")

    held = transcript(
        *(turn(n, "S", "one two three", n) for n in range(1, 4)),
        taggings=(
            tagging(("Home",), 1),
            tagging(("Home", "Rent"), 2),
            tagging(("Home", "Keys"), 3),
        ),
    )
    target = tmp_path / "d.pdf"
    build_dossier(target, contents(interview(held)))
    index = _index_text(target)
    assert re.search(r"Home, \d+(–\d+)?\. See also Keys; Rent", index)
    assert re.search(r"Rent, \d+", index)


# -- what is a mention -----------------------------------------------------------------------


def mentions_in(text: str, *interviews: ReleasedInterview, own: tuple[str, ...] = ()) -> list[str]:
    ledger = Ledger()
    mentions = Mentions(contents(*(interviews or (elsewhere(),))), ledger)
    return [each.shown for each in mentions.find(text, set(own))]


def index_of(*texts: str, held: ReleasedInterview) -> str:
    """Return the terms that an index of these texts would name."""
    from archive_app.dossier.blocks import Block
    from archive_app.dossier.index import index_items
    from archive_app.dossier.pages import Place
    from archive_app.dossier.styles import Styles

    ledger = Ledger()
    mentions = Mentions(contents(held), ledger)
    anchors = [anchor for text in texts for _, anchor in mentions.enter(text, set())]
    places = dict.fromkeys(anchors, Place("1", 1))
    items = index_items(ledger, Styles(10), places, language="ru", title="T")
    return "\n".join(
        "".join(f.text for f in item.fragments) for item in items if isinstance(item, Block)
    )


def test_those_who_speak_are_not_mentioned_by_their_own_words() -> None:
    assert mentions_in("Я, Анна Соколова, жила в Белграде.", own=("Соколова, Анна",)) == [
        "Belgrade"
    ]


def test_small_letters_are_no_name() -> None:
    held = elsewhere(people=(ReleasedPerson("Роза", "Роза", Role.INTERVIEWEE),))
    assert mentions_in("росла роза у роз", held) == []
    assert mentions_in("пришла Роза с цветами", held) == ["Роза"]


def test_a_common_word_that_begins_a_sentence_is_no_name() -> None:
    held = elsewhere(people=(ReleasedPerson("Вера", "Вера", Role.INTERVIEWEE),))
    assert "Вера" not in index_of("Потом. Вера горами движет.", held=held)
    assert "Вера" in index_of("Потом пришла Вера.", held=held)
    nada = elsewhere(people=(ReleasedPerson("Nada", "Nada", Role.INTERVIEWEE),))
    assert "Nada" not in index_of("Nada umire poslednja.", "bez nada nema ničega", held=nada)
    assert "Nada" in index_of("Nada je došla u pet.", "ništa", held=nada)


def test_a_surname_of_two_people_is_nobodys_alone() -> None:
    people = (
        ReleasedPerson("Анна Соколова", "Соколова, Анна", Role.INTERVIEWEE),
        ReleasedPerson("Вера Соколова", "Соколова, Вера", Role.INTERVIEWER),
    )
    held = elsewhere(people=people)
    assert mentions_in("мы видели Соколову там", held) == []
    assert mentions_in("мы видели Веру Соколову там", held) == ["Соколова, Вера"]


def test_words_of_a_name_must_stand_together() -> None:
    assert mentions_in("к Новом, Саду и Novi. Sad je kasno") == []
    assert mentions_in("у Новом\nСаду") == ["Novi Sad"]


def test_a_place_has_one_entry_whatever_it_is_called() -> None:
    held = elsewhere(index_points=(ReleasedIndexPoint(0, None, "x", place="Beograd"),))
    mentions = Mentions(contents(held), Ledger())
    assert mentions.place("Beograd") == mentions.place("Белград") == "Belgrade"


def test_mentions_stand_where_they_are_said() -> None:
    text = "Потом в Белграде, с Анной Соколовой; i u Novom Sadu."
    mentions = Mentions(contents(elsewhere()), Ledger())
    found = {
        each.shown: text[each.at :].split(maxsplit=1)[0].strip(",;.")
        for each in mentions.find(text, set())
    }
    assert found == {"Belgrade": "Белграде", "Соколова, Анна": "Анной", "Novi Sad": "Novom"}


def test_only_names_of_the_released_copies_are_known() -> None:
    hidden = replace(elsewhere(), people=(), index_points=())
    assert mentions_in("Анна Соколова была в Чебоксарах", hidden) == []


# -- the order -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("ru", "Ђурић Ежов Ёлкин Ермаков Иванов Йовович Јовић Яшин Adams Čapek Zola"),
        ("sr-Latn", ("Cvetić Čolić Ćosić Dautović Džaja Đorđe Lukić Ljubić Nada Njegoš Zorić Žarko"
                    " Авдић Ђилас Јовић Џонић")),
        ("sr-Cyrl", "Авдић Дунић Ђилас Лукић Љубић Новак Његош Ћосић Џонић Шпанац Čolić Zorić"),
        ("en", "Adams Čapek Cook Ćosić Zola Авдић Ёлкин Яшин"),
    ],
)  # fmt: skip
def test_names_of_every_script_follow_their_own_alphabet(language: str, wanted: str) -> None:
    names = wanted.split()
    assert sorted(names, key=lambda name: index_key(name, language)) == names


def test_digraphs_are_letters_of_their_own_in_the_index() -> None:
    assert index_letter("Lukić", "sr-Latn") != index_letter("Ljubić", "sr-Latn")
    assert index_letter("Nada", "sr-Latn") != index_letter("Njegoš", "sr-Latn")
    assert index_letter("Ёлкин", "ru") == index_letter("Ежов", "ru")
    assert index_letter("Čapek", "en") == index_letter("Cook", "en")
    assert index_letter("1999", "en") == index_letter("2001", "en")


def test_a_name_in_another_script_is_read_aloud_in_its_own_language() -> None:
    assert language_by_letters("Соколова, Анна", "en") == "ru"
    assert language_by_letters("Ђурић, Нада", "en") == "sr-Cyrl"
    assert language_by_letters("Ана", "sr-Latn") == "sr-Cyrl"
    assert language_by_letters("Đurić, Ana", "ru") == "sr-Latn"
    assert language_by_letters("Adams", "ru") == language_by_letters("Adams", "en") == ""


def test_a_ledger_knows_every_anchor() -> None:
    ledger = Ledger()
    ledger.list_heading("Part", "a")
    ledger.list_interview("u", "Talk", "b")
    ledger.enter(Section.TAGS, "x", "c", "d")
    assert set(ledger.anchors()) == {"a", "b", "c", "d"}
