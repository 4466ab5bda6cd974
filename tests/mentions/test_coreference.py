import pytest

from entente.mentions.coreference import Referent, anaphor_of, find_antecedents


def person(name: str, country: str, start: int, sentence: int, *, subject: bool = False, gender: str | None = None,
           office: str = "minister") -> Referent:  # fmt: skip
    return Referent(start=start, end=start + 5, sentence=sentence, subject=subject, kind="person", country=country,
                    name=name, office=office, gender=gender)  # fmt: skip


def state(code: str, start: int, sentence: int, *, subject: bool = False) -> Referent:
    return Referent(start=start, end=start + 5, sentence=sentence, subject=subject, kind="state", country=code)


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("He", "he"),
        ("her", "she"),
        ("the two sides", "plural"),
        ("both countries", "plural"),
        ("The two foreign ministers", "plural"),
        ("They", "plural"),
        ("we", "own"),
        ("the minister", "office"),
        ("the prime minister", "office"),
        ("its", "neuter"),
        ("the government", "neuter"),
        ("the latter", "latter"),
        ("the Kenyan minister", "none"),
        ("his minister", "none"),
        ("Kenya", "none"),
        ("President Ruto", "none"),
        ("two Brazilian men", "none"),
        ("both Kenyan ministers", "none"),
        ("two men", "none"),
    ],
)
def test_what_points_back_is_told_from_what_names(phrase: str, kind: str) -> None:
    assert anaphor_of(phrase).kind == kind


def test_a_pronoun_goes_to_the_person_of_its_gender() -> None:
    before = [person("Ibarra", "MEX", 0, 0, subject=True, gender="m"), person("Sicán", "GTM", 40, 0, gender="f")]
    ((who, _),) = find_antecedents(anaphor_of("She"), 100, 1, before)
    assert who.name == "Sicán"


def test_a_pronoun_goes_to_the_subject_of_the_last_sentence_and_says_that_it_is_unsure() -> None:
    before = [person("A", "MEX", 0, 0, subject=True), person("B", "GTM", 40, 0)]
    ((who, probability),) = find_antecedents(anaphor_of("he"), 100, 1, before)
    assert who.name == "A"
    assert probability < 1


def test_who_takes_the_other_part_in_the_act_is_not_meant() -> None:
    before = [person("A", "MEX", 0, 0, subject=True), person("B", "GTM", 40, 0)]
    ((who, _),) = find_antecedents(anaphor_of("him"), 100, 1, before, barred=["A"])
    assert who.name == "B"


def test_both_sides_are_the_two_latest_countries() -> None:
    before = [state("KEN", 0, 0), state("ETH", 10, 0), state("SOM", 60, 1)]
    found = find_antecedents(anaphor_of("both sides"), 100, 2, before)
    assert [r.country for r, _ in found] == ["KEN", "ETH"]


def test_two_countries_are_no_country_and_an_organisation() -> None:
    body = Referent(start=90, end=95, sentence=1, subject=True, kind="organisation", country="IGO")
    before = [state("PER", 0, 0, subject=True), state("BOL", 10, 0), body]
    found = find_antecedents(anaphor_of("the two countries"), 100, 2, before)
    assert [r.country for r, _ in found] == ["PER", "BOL"]


def test_a_title_goes_to_the_person_who_holds_it() -> None:
    before = [person("A", "MEX", 0, 0, office="ambassador"), person("B", "GTM", 40, 0, office="foreign minister")]
    ((who, _),) = find_antecedents(anaphor_of("the ambassador"), 100, 1, before)
    assert who.name == "A"


def test_nothing_before_means_nothing_found() -> None:
    assert find_antecedents(anaphor_of("he"), 0, 0, []) == []
    assert find_antecedents(anaphor_of("they"), 9, 3, [state("KEN", 0, 0)]) == []
    assert find_antecedents(anaphor_of("both sides"), 9, 0, [state("KEN", 0, 0)]) == []


def they(at: int, sentence: int, *named: Referent) -> list[str | None]:
    return [r.country for r, _ in find_antecedents(anaphor_of("they"), at, sentence, named)]


def test_they_are_two_who_were_named_together_also_some_sentences_on() -> None:
    met = (person("Ruto", "KEN", 0, 0), person("Sall", "SEN", 20, 0))
    assert they(90, 1, *met) == ["KEN", "SEN"]
    assert they(300, 4, *met, state("ITA", 280, 4)) == ["KEN", "SEN"]
    assert they(900, 12, *met) == []


def test_they_are_else_whoever_the_sentence_named_last() -> None:
    assert they(40, 1, state("RUS", 0, 0), state("TUR", 30, 1)) == ["TUR"]
    assert they(40, 1, state("RUS", 0, 0), state("TUR", 10, 0)) == ["RUS"]


def test_you_is_no_name() -> None:
    assert anaphor_of("you").kind == anaphor_of("your").kind == "you"


def test_both_sides_are_two_who_were_named_together_though_others_came_between() -> None:
    named = [person("Ruto", "KEN", 0, 0), person("Sall", "SEN", 20, 0), state("MLI", 90, 2), state("NGA", 150, 4)]
    assert [r.country for r, _ in find_antecedents(anaphor_of("both sides"), 200, 4, named)] == ["KEN", "SEN"]
