import re
import subprocess
import sys
import time
from itertools import pairwise

import pytest

from entente.gazetteer.countries import country_code, country_codes, country_name, country_names, find_names
from entente.gazetteer.tables import DATA

PASSAGE = (
    "ISLAMABAD, Feb 24 - The United States and Pakistan held talks on Friday as NATO troops left Afghanistan. "
    "A spokesman for the Kremlin said Russian forces, backed by the Wagner Group, would stay in Mali; the European Union "
    "condemned it. In Goma, M23 rebels fought Congo's army while Guinea-Bissau and Equatorial Guinea looked on. "
)


def codes(text: str) -> list[tuple[str, str, str]]:
    return [(m.text, m.code, m.kind) for m in find_names(text)]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Pakistan", "PAK"), ("pakistan", "PAK"), ("PAK", "PAK"), ("pak", "PAK"), ("the United Kingdom", "GBR"), ("UK", "GBR"),
        ("Ivory Coast", "CIV"), ("Côte d’Ivoire", "CIV"), ("South Korea", "KOR"), ("EU", "EUR"), ("UN", "UNO"), ("Kosovo", "KOS"),
        ("Türkiye", "TUR"), ("DR Congo", "COD"), ("Atlantis", None), ("", None), ("Moscow", None),
    ],
)  # fmt: skip
def test_name_alias_or_code_gives_the_code(typed: str, code: str | None) -> None:
    assert country_code(typed) == code


def test_every_printed_name_leads_back_to_its_code() -> None:
    for name, code in country_names():
        assert country_name(code) == name
        assert country_code(code) == code
        if code not in ("IGO", "NGO", "ISM", "IMG", "MNC"):
            assert country_code(name) == code


def test_unknown_code_is_printed_as_it_is() -> None:
    assert country_name("XXX") == "XXX"


def test_longest_name_wins() -> None:
    assert codes("Guinea-Bissau, Papua New Guinea and Guinea") == [
        ("Guinea-Bissau", "GNB", "country"), ("Papua New Guinea", "PNG", "country"), ("Guinea", "GIN", "country"),
    ]  # fmt: skip
    assert codes("the Niger Delta") == [("Niger Delta", "NGA", "region")]
    assert codes("South Sudanese soldiers") == [("South Sudanese", "SSD", "demonym")]


@pytest.mark.parametrize(
    "text",
    [
        "The South China Sea", "the Gulf of Mexico", "French fries", "the Panama Papers", "the Geneva Conventions", "Michael Jordan",
        "roast turkey", "Turkey and stuffing were served.", "the island of New Guinea", "It told us who is there", "the Korean Peninsula", "pro-Russian rebels", "anti-American slogans",
        "Soviet-era tanks", "a Korean War memorial", "Latin America and the West", "Chad Kroeger sang", "WHO IS THERE",
    ],
)  # fmt: skip
def test_look_alikes_are_no_names(text: str) -> None:
    assert codes(text) == []


def test_seats_bodies_and_groups_have_their_kinds() -> None:
    assert codes("the Kremlin, NATO, Boko Haram and Beijing") == [
        ("Kremlin", "RUS", "seat"), ("NATO", "IGO", "organisation"), ("Boko Haram", "NGA", "group"), ("Beijing", "CHN", "capital"),
    ]  # fmt: skip


def test_place_elsewhere_is_of_the_state_after_the_comma() -> None:
    assert codes("Lebanon, Pennsylvania") == [("Pennsylvania", "USA", "region")]
    assert codes("Athens, Georgia") == [("Georgia", "USA", "region")]
    assert [c for _, c, _ in codes("Tbilisi, Georgia")] == ["GEO", "GEO"]


def test_ambiguous_name_is_decided_by_the_words_around_it() -> None:
    assert codes("Georgia and Florida count votes after the runoff")[0][1] == "USA"
    assert codes("Georgia protested in Tbilisi")[0][1] == "GEO"
    assert codes("Congo's president flew to Brazzaville")[0][1] == "COG"


def test_acronym_counts_only_in_its_own_spelling() -> None:
    assert codes("The U.S. told us") == [("U.S.", "USA", "country")]
    assert codes("He is ill; IS claimed it") == [("IS", "IMG", "group")]


def test_prefix_counts_before_a_hyphen_only() -> None:
    assert [c for _, c, _ in codes("Franco-German talks")] == ["FRA", "DEU"]
    assert codes("General Franco died") == []


def test_offsets_are_those_of_the_text() -> None:
    for m in find_names(PASSAGE):
        assert PASSAGE[m.start : m.end] == m.text


def test_names_are_found_fast() -> None:
    text = PASSAGE * 20
    find_names(text)
    times = []
    for _ in range(5):
        begun = time.perf_counter()
        find_names(text)
        times.append(time.perf_counter() - begun)
    assert min(times) / len(text) * 1000 < 0.004, (
        "contract: about 1 ms for 1,000 characters, with room for a busy machine"
    )


def test_importing_the_gazetteer_loads_no_data() -> None:
    code = "import entente.gazetteer.countries as c, entente.gazetteer.tables as t; print(t.load_names.cache_info().currsize)"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "0"
    )


def test_data_is_small_and_no_row_has_more_cells_than_its_table() -> None:
    assert sum(p.stat().st_size for p in DATA.iterdir()) < 6_000_000
    for path in sorted(DATA.glob("*.tsv")):
        head, *lines = path.read_text(encoding="utf-8").splitlines()
        for line in lines:
            assert line.startswith("#") or 2 <= len(line.split("\t")) <= len(head.split("\t")), (path.name, line)


def test_periods_of_a_name_do_not_overlap() -> None:
    spans: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for name in ("seats.tsv", "organisations.tsv"):
        for line in (DATA / name).read_text(encoding="utf-8").splitlines()[1:]:
            cells = [*line.split("\t"), "", "", "", ""]
            if line.startswith("#") or not (cells[4] or cells[5]):
                continue
            for form in cells[0].split("|"):
                spans.setdefault((form, cells[1]), []).append((cells[4] or "0000", cells[5] or "9999"))
    for key, periods in spans.items():
        periods.sort()
        for (_, until), (since, _) in pairwise(periods):
            assert until < since, key


def test_dates_in_the_data_are_iso_days() -> None:
    for line in (DATA / "leaders.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        if not line.startswith("#"):
            for day in line.split("\t")[3:5]:
                assert re.fullmatch(r"(\d{4}-\d{2}-\d{2})?", day), line


def test_a_meal_makes_no_bird_of_a_state_that_acts() -> None:
    assert codes("Over roast lamb, Turkey and NATO agreed on Syria.")[0] == ("Turkey", "TUR", "country")
    assert [m[1] for m in codes("Turkey withdrew. " + "It rained. " * 60 + "Leftovers and gravy were served.")] == [
        "TUR"
    ]


def test_a_name_of_two_states_has_both_codes() -> None:
    assert country_codes("Korea") == ("KOR", "PRK")
    assert country_codes("the Congo") == ("COD", "COG")
    assert country_codes("Georgia") == ("GEO",)
    assert country_codes("Atlantis") == ()
