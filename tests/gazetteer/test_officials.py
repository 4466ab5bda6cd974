from entente.gazetteer.officials import find_officials


def test_person_is_found_by_given_and_family_name_without_middle_name() -> None:
    assert [o.country for o in find_officials("Khawaja Asif")] == ["PAK"]


def test_accents_do_not_matter() -> None:
    assert {o.name for o in find_officials("Juan Guaido")} == {o.name for o in find_officials("Juan Guaidó")} != set()


def test_state_of_an_office_depends_on_the_day() -> None:
    (merkel,) = (o for o in find_officials("Angela Merkel") if o.known)
    chancellor = merkel.holdings[0]
    assert chancellor.state_on("2004-01-01") == "future"
    assert chancellor.state_on("2015-01-01") == "current"
    assert chancellor.state_on("2022-01-01") == "past"


def test_day_within_a_year_known_only_by_number_is_current() -> None:
    found = find_officials("Domingos Culolo")
    assert found[0].holdings[0].state_on("2002-06-01") == "current"
    assert found[0].holdings[0].state_on("2003-01-01") == "past"


def test_nobody_unknown_is_found() -> None:
    assert find_officials("Zzyzx Qwertyuiop") == ()
