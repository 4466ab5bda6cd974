import json
from pathlib import Path

import pytest

from entente.records import Evidence, Person
from entente.resolution.actors import ActorContext, resolve_actor
from entente.resolution.sectors import sector_of

ROWS = [json.loads(line) for line in (Path(__file__).parent / "actors.jsonl").read_text(encoding="utf-8").splitlines()]


def context_of(row: dict[str, str]) -> ActorContext | None:
    sentence = row.get("sentence", "")
    start = sentence.find(row["phrase"])
    return ActorContext(sentence=sentence, start=start, end=start + len(row["phrase"])) if sentence else None


def person(name: str, office: str | None, country: str | None) -> Person:
    return Person(id="p1", name=name, office=office, country=country, evidence=Evidence.of(name, 0, len(name)))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['id']} {row['phrase']}")
def test_phrase_means_its_country_and_sector_on_its_day(row: dict[str, str]) -> None:
    found = resolve_actor(row["phrase"], on=row["on"], context=context_of(row))
    assert found.country == row["country"], found.explanation
    assert list(found.sectors[: len(row["sectors"])]) == row["sectors"], found.explanation


def test_every_answer_says_why_and_how_surely() -> None:
    for row in ROWS:
        found = resolve_actor(row["phrase"], on=row["on"], context=context_of(row))
        assert found.explanation
        assert (found.probability > 0) == (found.country is not None)
        assert 0 <= found.probability < 1


def test_office_and_name_are_taken_from_the_words() -> None:
    found = resolve_actor("Pakistan's Defence Minister Khawaja Muhammad Asif")
    assert (found.country, found.sectors) == ("PAK", ("GOV", "MIL"))
    assert (found.name, found.office) == ("Khawaja Muhammad Asif", "Defence Minister")


def test_person_of_the_report_wins_over_a_namesake_in_the_registers() -> None:
    people = (person("Ana Merkel", "Ambassador", "CHL"),)
    assert resolve_actor("Merkel", on="2015-06-01").country == "DEU"
    found = resolve_actor("Merkel", on="2015-06-01", context=ActorContext(people=people))
    assert (found.country, found.name, found.resolved_by) == ("CHL", "Ana Merkel", "report")


def test_what_belongs_to_a_person_of_the_report_is_of_that_country() -> None:
    people = (person("Samira Haddad", "Interior Minister", "TUN"),)
    found = resolve_actor("Haddad's spokesman", context=ActorContext(people=people))
    assert found.country == "TUN"


def test_office_without_a_name_is_its_only_holder_in_the_report() -> None:
    people = (person("Jonas Berg", "Vice President", "NOR"), person("Li Wen", "Premier", "CHN"))
    found = resolve_actor(
        "the Vice President", context=ActorContext(people=people, sentence="The Vice President left.")
    )
    assert found.country == "NOR"


def test_surname_that_is_a_state_is_the_person_where_the_report_knows_one() -> None:
    people = (person("Valerie Jordan", "Ambassador", "CAN"),)
    assert resolve_actor("Jordan", context=ActorContext(people=people)).country == "CAN"
    assert resolve_actor("Jordan's army", context=ActorContext(people=people)).country == "JOR"


def test_actor_known_by_kind_is_of_the_place_of_the_act() -> None:
    found = resolve_actor("riot police", context=ActorContext(place_country="PER"))
    assert (found.country, found.sectors, found.resolved_by) == ("PER", ("COP",), "setting")


def test_actor_known_by_kind_is_of_the_only_state_of_the_sentence() -> None:
    context = ActorContext(sentence="Lawmakers in Ghana passed the bill.", report_countries=("GHA", "TGO"))
    assert resolve_actor("Lawmakers", context=context).country == "GHA"


def test_what_points_back_to_others_is_left_to_coreference() -> None:
    context = ActorContext(sentence="Ghana and Togo met.", report_countries=("GHA", "TGO"))
    for phrase in ("both countries", "the two leaders", "its neighbours", "his government", "allies"):
        assert resolve_actor(phrase, context=context).country is None


def test_body_that_many_states_have_is_the_reported_states() -> None:
    assert resolve_actor("the Senate").country == "USA"
    assert resolve_actor("the Senate", context=ActorContext(report_countries=("KEN", "UGA"))).country == "KEN"
    assert resolve_actor("the Senate", context=ActorContext(report_countries=("KEN", "USA"))).country == "USA"


def test_joined_states_name_the_others_as_alternatives() -> None:
    found = resolve_actor("US-Pakistan relations")
    assert {found.country, *found.alternatives} == {"USA", "PAK"}


def test_resolving_twice_gives_the_same() -> None:
    for row in ROWS[:40]:
        assert resolve_actor(row["phrase"], on=row["on"]) == resolve_actor(row["phrase"], on=row["on"])


@pytest.mark.parametrize(
    ("phrase", "sectors"),
    [
        ("riot police in Cairo", ("COP",)),
        ("former president", ("ELI",)),
        ("chairman of the company's board", ("BUS",)),
        ("head of the army", ("MIL",)),
        ("spokesman for the supreme court", ("JUD",)),
        ("opposition lawmakers", ("LEG", "OPP")),
        ("defence minister", ("GOV", "MIL")),
        ("ex-minister", ("ELI",)),
        ("the ruling party", ("PTY", "GOV")),
        ("the weather", ()),
    ],
)
def test_nouns_tell_the_sector(phrase: str, sectors: tuple[str, ...]) -> None:
    assert sector_of(phrase) == sectors
