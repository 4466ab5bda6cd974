"""Who the words of a role are, with the report around them and without the network."""

from entente.records import Incoming, Span
from entente.reports.prepare import prepare
from entente.resolution.parties import resolve_party, snapped
from entente.resolution.scene import Scene, build_scene

TEXT = (
    "Kenya's Foreign Minister Alfred Wekesa met Ethiopian Ambassador Hana Tadesse in Nairobi on Monday. "
    "Wekesa urged Addis Ababa to share its water data. He thanked her for coming. "
    "Both sides agreed to meet again, and the ambassador invited him to Bahir Dar. "
    "Sudan, Egypt and the African Union sent observers. Police dispersed a small crowd."
)
PEOPLE = ("Alfred Wekesa", "Hana Tadesse")


def scene(
    text: str = TEXT, people: tuple[str, ...] = PEOPLE, *, title: str | None = None, url: str | None = None
) -> Scene:
    prepared = prepare(Incoming(text=text, origin="t", source_id="t", published="2024-03-12", title=title, url=url))
    spans = [Span(text.index(p), text.index(p) + len(p)) for p in people]
    return build_scene(prepared, spans)


def resolve(words: str, s: Scene | None = None, **more: object) -> list[str | None]:
    s = s or scene()
    start = s.text.index(words)
    return [p.country for p in resolve_party(s, start, start + len(words), **more)]  # type: ignore[arg-type]


def test_people_carry_the_office_and_country_that_the_words_give() -> None:
    first, second = scene().people
    assert (first.name, first.office, first.country) == ("Alfred Wekesa", "Foreign Minister", "KEN")
    assert (second.name, second.office, second.country) == ("Hana Tadesse", "Ambassador", "ETH")
    assert first.evidence.text == "Kenya's Foreign Minister Alfred Wekesa"


def test_a_surname_later_is_the_person_named_before() -> None:
    s = scene()
    start = s.text.index("Wekesa urged")
    (party,) = resolve_party(s, start, start + len("Wekesa"))
    assert (party.name, party.country) == ("Alfred Wekesa", "KEN")


def test_a_capital_stands_for_its_government() -> None:
    assert resolve("Addis Ababa") == ["ETH"]


def test_a_pronoun_is_followed_and_both_sides_are_two() -> None:
    s = scene()
    he = s.text.index("He thanked")
    (party,) = resolve_party(s, he, he + 2)
    assert (party.name, party.resolved_by) == ("Alfred Wekesa", "coreference")
    assert sorted(map(str, resolve("Both sides"))) == ["ETH", "KEN"]


def test_a_title_alone_is_whoever_holds_it_here() -> None:
    assert resolve("the ambassador") == ["ETH"]


def test_a_compound_is_split_and_each_member_keeps_its_own_words() -> None:
    s = scene()
    words = "Sudan, Egypt and the African Union"
    start = s.text.index(words)
    parties = resolve_party(s, start, start + len(words))
    assert [p.country for p in parties] == ["SDN", "EGY", "IGO"]
    assert all(s.text[p.start : p.end] == p.text for p in parties)


def test_a_party_known_by_its_kind_is_of_the_country_of_the_act() -> None:
    s = scene()
    start = s.text.index("Police")
    (party,) = resolve_party(s, start, start + 6, place_country="KEN")
    assert (party.country, party.sectors[0], party.resolved_by) == ("KEN", "COP", "setting")


def test_who_cannot_be_told_stays_unresolved() -> None:
    s = scene("They left. It rained in the valley.", ())
    (party,) = resolve_party(s, 0, 4)
    assert (party.country, party.resolved_by, party.probability) == (None, "unresolved", 0.0)


def test_we_is_the_speaker_and_without_one_the_state_that_writes() -> None:
    text = "We condemn the attack on Iraq's embassy."
    s = scene(text, (), url="https://www.whitehouse.gov/statement")
    assert resolve("We", s) == ["USA"]
    titled = scene(text, (), title="Statement by Japanese Foreign Minister Mori on the attack")
    assert titled.home == "JPN"
    (speaker,) = resolve_party(scene(), TEXT.index("Hana"), TEXT.index("Hana") + len("Hana Tadesse"))
    assert [p.country for p in resolve_party(s, 0, 2, speaker=speaker)] == ["ETH"]


def test_half_a_name_is_widened_to_the_whole_of_it() -> None:
    s = scene()
    start = s.text.index("Minister Alfred")
    a, b = snapped(s, start, start + len("Minister"))
    assert s.text[a:b] == "Kenya's Foreign Minister Alfred Wekesa"
