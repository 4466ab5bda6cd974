import pytest

from entente.gazetteer.places import find_place


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Kyiv", "UKR"),
        ("Kiev", "UKR"),
        ("Goma", "COD"),
        ("Cairo", "EGY"),
        ("Ankara", "TUR"),
        ("Paris, Texas", "USA"),
        ("Pristina", "KOS"),
        ("San Juan, Argentina", "ARG"),
    ],
)
def test_city_is_found_under_its_english_names(name: str, country: str) -> None:
    found = find_place(name)
    assert found is not None
    assert found.country == country
    assert found.latitude is not None


def test_city_of_a_reported_country_wins_over_a_larger_one() -> None:
    assert find_place("San Jose").country == "USA"  # type: ignore[union-attr]  # a test may fail loudly
    assert find_place("San Jose", near=("CRI",)).country == "CRI"  # type: ignore[union-attr]
    assert find_place("Tripoli", near=("LBN",)).country == "LBN"  # type: ignore[union-attr]


def test_country_asked_for_is_binding() -> None:
    assert find_place("Cairo", country="PER") is None


def test_state_has_its_code_and_no_point() -> None:
    found = find_place("Kenya")
    assert found is not None
    assert (found.country, found.latitude) == ("KEN", None)


def test_unknown_name_is_no_place() -> None:
    assert find_place("Nowhereville") is None
    assert find_place("") is None
