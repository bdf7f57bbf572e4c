"""Every form of protected names, in both scripts, and the public name in the same case."""

from __future__ import annotations

import re
import unicodedata

import pytest

from archive_app.domain.names import HiddenNames
from archive_app.domain.records import NameKind, Person, PersonName
from archive_app.language.forms import name_forms


def person(public: str, *real: str, variants: tuple[tuple[str, str], ...] = ()) -> Person:
    names = [PersonName(name, NameKind.REAL) for name in real]
    names += [PersonName(name, NameKind.VARIANT, language) for name, language in variants]
    return Person(1, "p1", public, names=tuple(names))


def hidden(who: Person, text: str) -> str:
    names = HiddenNames.of(name_forms(who))
    shown = names.hidden(text)
    assert not names.leaks(shown)
    return shown


SERGEI = person("Viktor", "Сергей", "Серёжа", variants=(("Виктор", "ru"),))
FULL = person("Виктор Орлов", "Сергей Петрович Волков")
LATIN = person("Viktor", "Sergei Volkov")


def test_nobody_without_a_protected_name_has_forms() -> None:
    assert name_forms(person("Viktor", variants=(("Виктор", "ru"),))) == ()


def test_the_same_tuple_comes_back() -> None:
    again = person("Viktor", "Сергей", "Серёжа", variants=(("Виктор", "ru"),))
    assert name_forms(SERGEI) is name_forms(again)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Сергей", "Виктор"),
        ("Сергея", "Виктора"),
        ("Сергею", "Виктору"),
        ("Сергеем", "Виктором"),
        ("о Сергее", "о Викторе"),
        ("СЕРГЕЮ", "ВИКТОРУ"),
        ("Серёжа", "Виктор"),
        ("Сережа", "Виктор"),
        ("Серёжи", "Виктора"),
        ("Серёжей", "Виктором"),
        ("Серёж, иди сюда", "Виктор, иди сюда"),
        ("Серёжин дом", "Викторов дом"),
        ("Сергеева мать", "Викторова мать"),
        ("Сергеи", "Викторы"),
        ("Sergei", "Viktor"),
        ("Sergej", "Viktor"),
        ("Sergey", "Viktor"),
        ("SERGEY", "VIKTOR"),
        ("Serghei", "Viktor"),
        ("Seryozha", "Viktor"),
        ("Sergeja", "Viktora"),
        ("Sergeju", "Viktoru"),
        ("Sergejem", "Viktorom"),
        ("Sergeje!", "Viktore!"),
        ("Sergejev", "Viktorov"),
        ("Sergejevog", "Viktorovog"),
        ("Sergeya", "Viktora"),
        ("Сергеј", "Виктор"),
        ("Сергеја", "Виктора"),
        ("Сергејем", "Виктором"),
        ("Сергејевог", "Викторовог"),
        ("Sergei's", "Viktor's"),
        ("Sergey’s", "Viktor’s"),
        ("Sergei_2022.wav", "Viktor_2022.wav"),
        (unicodedata.normalize("NFD", "Серёжа и Сергей"), "Виктор и Виктор"),
        ("Серге́я", "Виктора"),
        ("Сергиев Посад", "Сергиев Посад"),
    ],
)
def test_a_given_name_in_every_form(written: str, shown: str) -> None:
    assert hidden(SERGEI, written) == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Сергей Петрович Волков", "Виктор Орлов"),
        ("Сергею Петровичу Волкову", "Виктору Орлову"),
        ("Сергей Волков", "Виктор Орлов"),
        ("Волкова Сергея", "Орлова Виктора"),
        ("Сергей Петрович", "Виктор"),
        ("Волков", "Орлов"),
        ("с Волковой", "с Орловой"),
        ("Волковы", "Орловы"),
        ("у Волковых", "у Орловых"),
        ("С. П. Волков", "Орлов"),
        ("Sergei Petrovich Volkov", "Viktor Orlov"),
        ("Sergeya Volkova", "Viktora Orlova"),
        ("sergeivolkov.wav", "viktororlov.wav"),
        ("VolkovSergey", "ViktorOrlov"),
        ("Волковыми", "Орловыми"),
        ("Петровне", "Виктору"),
        ("Петров", "Петров"),
    ],
)
def test_a_full_name_in_every_form(written: str, shown: str) -> None:
    assert hidden(FULL, written) in (shown, " ".join(reversed(shown.split())))


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Sergei Volkov", "Viktor"),
        ("Сергей Волков", "Виктор"),
        ("Сергеем Волковым", "Виктором"),
        ("Сергеем", "Виктором"),
        ("the Volkovs", "the Viktors"),
        ("Volkova", "Viktora"),
    ],
)
def test_a_name_registered_in_latin_letters_is_hidden_in_cyrillic(written: str, shown: str) -> None:
    assert hidden(LATIN, written) == shown


@pytest.mark.parametrize(
    ("public", "real", "written", "shown"),
    [
        ("Milica", "Jelena Petrović", "Jelena Petrović", "Milica"),
        ("Milica", "Jelena Petrović", "Jelene", "Milice"),
        ("Milica", "Jelena Petrović", "Jeleni Petrović", "Milici"),
        ("Milica", "Jelena Petrović", "Јеленом", "Милицом"),
        ("Milica", "Jelena Petrović", "PETROVIĆ", "MILICA"),
        ("Milica", "Jelena Petrović", "Petrovicima", "Milicama"),
        ("Milica", "Jelena Petrović", "Елену", "Милицу"),
        ("Milica", "Jelena Petrović", "Jelenin", "Miličin"),
        ("Jovan", "Đorđe Živković", "Djordje Zivkovic", "Jovan"),
        ("Jovan", "Đorđe Živković", "Ђорђа", "Јована"),
        ("Jovan", "Petar", "Petra", "Jovana"),
        ("Jovan", "Aleksandar", "Aleksandrom", "Jovanom"),
        ("Jovan", "Marko", "Markov", "Jovanov"),
        ("Jovan", "Никола", "Nikoli", "Jovanu"),
        ("Jovan", "Љубомир", "Ljubomira", "Jovana"),
        ("Мира", "Татьяна Щукина", "Tatjana", "Mira"),
        ("Мира", "Татьяна Щукина", "Tatiana Shchukina", "Mira"),
        ("Мира", "Татьяна Щукина", "Ščukina", "Mira"),
        ("Мира", "Татьяна Щукина", "Татьянину", "Мирину"),
        ("Мира", "Юрий", "Yuri Jurij Iurii Yuriy", "Mira Mira Mira Mira"),
        ("Мира", "Пётр", "Петра, Pyotr, Petr", "Миры, Mira, Mira"),
        ("Zoran", "Лев", "Льва", "Зорана"),
        ("Zoran", "Волк", "ВОЛКИ", "ЗОРАНЫ"),
        ("Zoran", "John Smith", "John's, Джоном", "Zoran's, Зораном"),
    ],
)
def test_names_of_many_kinds(public: str, real: str, written: str, shown: str) -> None:
    assert hidden(person(public, real), written) == shown


@pytest.mark.parametrize(
    ("real", "written"),
    [
        # Serbian names as Russians spell them: the soft letters' softness moves to the vowel.
        ("Љубица Његош", "о Любице Негош"),
        ("Ljubica Njegoš", "у Любицы Негош"),
        ("Миља Шљивић", "Миля Шливич"),
        ("Љиљана", "с Лиляной"),
        # The same name in -ья and -ия, and what Serbian makes of them.
        ("Наталья Соловьёва", "Наталия Соловьева"),
        ("Софья", "про Софию, Sofija"),
        ("Дария", "Дарья"),
        ("Наталья Соловьёва", "Natalia Solovieva"),
        # German, French, Polish and the usual English.
        ("Сергей Кузнецов", "Sergej Kusnezow, Serguei Kouznetsov, Kuznecow"),
        ("Пётр Чайковский", "Tchaikovsky, Tschaikowski, Czajkowskij"),
        ("Юлия Щербакова", "Schtscherbakowa, Chtcherbakova, Szczerbakowa"),
        # A patronymic that Serbian ears take for a surname, and his wife.
        ("Сергей Петрович", "Петровић, Петровићу"),
        ("Петар Ћирић", "Ћирићка, Ćirićku"),
    ],
)
def test_a_name_is_hidden_as_other_peoples_spell_it(real: str, written: str) -> None:
    words = re.findall(r"[^\W\d_]{3,}", written)
    shown = hidden(person("Ана", real), written)
    assert [word for word in words if word in shown and word != "про"] == []


def test_a_public_name_that_is_not_declined_stays_as_it_is() -> None:
    who = person("Interviewee 12", "Анна фон Траубе")
    assert hidden(who, "Анну Траубе видели; Anna") == "Interviewee 12 видели; Interviewee 12"
    assert hidden(who, "фон") == "фон"


def test_what_the_public_name_itself_shows_is_not_hidden() -> None:
    who = person("Сергей М.", "Сергей Волков")
    assert hidden(who, "Сергей, Сергею") == "Сергей, Сергею"
    assert hidden(who, "Сергей Волков, Волкова") == "Сергей М., Сергей М."


def test_the_cyrillic_public_name_comes_from_the_register_if_it_is_there() -> None:
    assert hidden(person("Victor", "Сергей"), "Сергея") == "Виктора"
    who = person("Viktor", "Сергей", variants=(("Витя", "ru"), ("Виктор", "sr-Cyrl")))
    assert hidden(who, "Сергея и Сергејем") == "Вити и Виктором"


def test_short_names_need_a_capital_or_their_company() -> None:
    who = person("Мартин", "Ли Ян")
    assert hidden(who, "пришёл ли Ли? ли ян") == "пришёл ли Мартин? мартин"


REAL = ["Сергей", "Серёжа", "Сергей Петрович Волков", "Sergei Volkov", "Jelena Petrović", "Ђорђе"]
REAL += ["Анна-Мария Ковальчук", "Волк", "Ли Ян", "Mary O'Brien", "Жан де ла Кур", "Юлия", "A", "-"]
PUBLIC = ["Viktor", "Виктор Орлов", "Марина", "Interviewee 12", "N.", "Сергей", "Волков", "Љиљана"]


@pytest.mark.parametrize("public", PUBLIC)
@pytest.mark.parametrize("real", REAL)
def test_no_form_of_any_name_is_left_in_any_spelling(real: str, public: str) -> None:
    forms = name_forms(person(public, real))
    names = HiddenNames.of(forms)
    for form in forms[::3]:
        for spelled in (form.form, form.form.upper(), unicodedata.normalize("NFD", form.form)):
            assert not names.leaks(names.hidden(f"«{spelled}» и {spelled}_1"))


@pytest.mark.parametrize(
    ("real", "forms"),
    [
        ("Мира", "Миры Мире Миру Мирой Мирин"),
        ("Дзынь", "Дзыня Дзыню Дзынем Дзыни Дзынью"),
        ("Хмырёв", "Хмырёва Хмырёву Хмырёвым Хмырёвой Хмырёвы Хмыревых"),
        ("Бабуцкий", "Бабуцкого Бабуцкому Бабуцким Бабуцком Бабуцкая Бабуцкую Бабуцкие"),
        ("Кыштымец", "Кыштымца Кыштымцу Кыштымцем Кыштымце"),
        ("Рюшкина", "Рюшкиной Рюшкину Рюшкины Рюшкин"),
        ("Гжаша", "Гжаши Гжаше Гжашу Гжашей Гжаш"),
    ],
)
def test_names_that_no_dictionary_has_are_declined_by_rule(real: str, forms: str) -> None:
    found = {form.form for form in name_forms(person("N. N.", real))}
    assert {form.replace("ё", "е") for form in forms.split()} <= {
        f.replace("ё", "е") for f in found
    }


def test_working_out_the_forms_is_quick_enough_for_a_register() -> None:
    assert len(name_forms(FULL)) < 5000
