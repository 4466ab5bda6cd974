"""Who is named with which office, from the words around a name."""

import pytest

from entente.gazetteer.countries import find_names
from entente.mentions.offices import PersonMention, find_people, holder_after
from entente.records import Span


def person(text: str, name: str) -> PersonMention:
    start = text.index(name)
    (found,) = find_people(text, [Span(0, len(text))], [Span(start, start + len(name))], find_names(text))
    return found


@pytest.mark.parametrize(
    ("text", "name", "office", "country"),
    [
        ("Kenya's Foreign Minister Alfred Wekesa spoke.", "Alfred Wekesa", "Foreign Minister", "KEN"),
        (
            "Kenya's Energy Cabinet Secretary, Josephat Kiplimo, signed.",
            "Josephat Kiplimo",
            "Energy Cabinet Secretary",
            "KEN",
        ),
        ("Prime Minister Narendra Rao of India spoke.", "Narendra Rao", "Prime Minister", "IND"),
        ("Ana Sicán, the Guatemalan interior minister, spoke.", "Ana Sicán", "interior minister", "GTM"),
        ("Kenyan and Ethiopian Water Minister Hirut Dessie met.", "Hirut Dessie", "Water Minister", "ETH"),
        ("Oman's transport minister, Salim al-Harthy, signed.", "Salim al-Harthy", "transport minister", "OMN"),
        ("Somebody saw Josephat Kiplimo there.", "Josephat Kiplimo", None, None),
    ],
)
def test_office_and_country_come_from_the_words_beside_the_name(
    text: str, name: str, office: str | None, country: str | None
) -> None:
    found = person(text, name)
    assert (found.name, found.office, found.country) == (name, office, country)
    assert text[found.whole.start : found.whole.end].count(name) == 1


def test_a_former_office_is_not_current() -> None:
    assert not person("Former Peruvian president Luz Quispe spoke.", "Luz Quispe").current
    assert person("Peruvian president Luz Quispe spoke.", "Luz Quispe").current


@pytest.mark.parametrize("name", ["Spokesperson", "He", "the Kenyan delegation", "Kenya"])
def test_an_office_a_pronoun_or_a_state_is_nobodys_name(name: str) -> None:
    text = f"On Monday {name} spoke."
    start = text.index(name)
    assert find_people(text, [Span(0, len(text))], [Span(start, start + len(name))], find_names(text)) == []


def test_gender_comes_from_the_title_or_the_given_name() -> None:
    assert person("Spokeswoman Dian Tan spoke.", "Dian Tan").gender == "f"
    assert person("Minister Raúl Ibarra spoke.", "Raúl Ibarra").gender == "m"


@pytest.mark.parametrize(
    ("text", "name", "office", "is_officer"),
    [
        ("Col. Ivo T. Rojas left.", "Ivo T. Rojas", "Col.", True),
        ("Brig. Gen. Sofia L. Andrade of Ecuador left.", "Sofia L", "Brig. Gen.", True),
        ("Adm. (ret.) Luis Moyo left.", "Luis Moyo", None, False),
        ("U.S. Amb. Helen Strand left.", "Helen Strand", "Amb.", False),
        ("Capt. Luz Ortega left.", "Luz Ortega", "Capt.", False),
        ("Gen. Luis Moyo, the Peruvian chief of staff, left.", "Luis Moyo", "chief of staff", True),
        ("Grenada's foreign minister, Dr. Yvette Charles, left.", "Yvette Charles", "foreign minister", False),
        ("Peru's envoy Ana Rojas visited Lima.", "Ana Rojas visited", "envoy", False),
    ],
)
def test_a_rank_is_the_office_where_the_report_gives_no_other(
    text: str, name: str, office: str | None, is_officer: bool
) -> None:
    found = person(text, name)
    assert (found.office, found.is_officer) == (office, is_officer)
    assert not found.name.endswith(("L", "visited"))


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("Peru's foreign minister spoke.", "foreign minister"),
        ("Peru’s chargé d’affaires left.", "chargé d’affaires"),
        ("Peru's Foreign Minister Ana Rojas spoke.", None),
        ("Peru's fishermen spoke.", None),
        ("Peru spoke of a minister.", None),
        ("Peru's minister", "minister"),
        ("Peru", None),
    ],
)
def test_office_of_a_state_without_a_name_is_somebody(text: str, office: str | None) -> None:
    found = holder_after(text, len("Peru"), len(text))
    assert (found and text[found.start : found.end]) == office
