"""Who the people of a report are: their sectors by rank and office, their country by the company that they keep."""

import pytest

from entente.records import Incoming, Person, Span
from entente.reports.prepare import prepare
from entente.resolution.scene import build_scene


def people(text: str, *names: str) -> dict[str, Person]:
    prepared = prepare(Incoming(text=text, origin="t", source_id="t", published="2024-03-12"))
    spans = [Span(text.index(name), text.index(name) + len(name)) for name in names]
    return {person.name: person for person in build_scene(prepared, spans).people}


@pytest.mark.parametrize(
    ("text", "sectors"),
    [
        ("Gen. Luis Moyo, the Peruvian chief of staff, left.", ("MIL",)),
        ("Peru's Col. Luis Moyo left.", ("MIL",)),
        ("Gen. Luis Moyo, the Peruvian president, left.", ("GOV",)),
        ("Gen. Luis Moyo, the Peruvian defence minister, left.", ("GOV", "MIL")),
        ("Luis Moyo, the Peruvian chief of staff, left.", ("GOV",)),
    ],
)
def test_an_officer_is_of_the_forces_unless_the_office_says_more(text: str, sectors: tuple[str, ...]) -> None:
    assert people(text, "Luis Moyo")["Luis Moyo"].sectors == sectors


def test_who_belongs_to_a_delegation_is_of_the_country_of_who_was_named_last() -> None:
    text = "Peru's minister Ana Rojas met Chile's envoy Luis Moyo. No. 2 of the delegation, Col. Eva Lindt, left."
    assert people(text, "Ana Rojas", "Luis Moyo", "Eva Lindt")["Eva Lindt"].country == "CHL"


def test_his_aide_is_of_the_country_of_who_was_named_first() -> None:
    text = "Peru's minister Luis Rojas met Chile's envoy Tom Moyo. His aide, Capt. Eva Lindt, left."
    assert people(text, "Luis Rojas", "Tom Moyo", "Eva Lindt")["Eva Lindt"].country == "PER"
