import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entente.coders.dictionary import DictionaryCoder
from entente.coders.phrases import find_hits, inflections, load_vocabulary, tokens_of
from entente.coders.protocol import MarkedPair
from entente.ontology.codebook import load_codebook
from entente.records import Incoming, Span
from entente.reports.prepare import prepare


def coding(text, published="2024-05-17"):
    return DictionaryCoder().code(prepare(Incoming(text=text, origin="x", source_id="x", published=published)))


def told(text, **more):
    """(type, mode, actors, recipients, status) of each event."""
    return [
        (
            e.event,
            *e.mode,
            "+".join(p.country or "?" for p in e.actor),
            "+".join(p.country or "?" for p in e.recipient),
            e.status,
        )
        for e in coding(text, **more).events
    ]


def test_who_stands_left_acts_and_who_stands_right_is_acted_on():
    assert told("Norway condemned Belarus on Monday.") == [("ACCUSE", "disapprove", "NOR", "BLR", "actual")]


def test_a_passive_changes_sides():
    assert told("Belarus was condemned by Norway.") == [("ACCUSE", "disapprove", "NOR", "BLR", "actual")]
    assert told("Mali, sharply criticized by Niger, kept silent.")[0][2:4] == ("NER", "MLI")


def test_who_receives_is_acted_on():
    assert told("Malawi received food aid from Finland.") == [("AID", "FIN", "MWI", "actual")]


def test_a_nouns_owner_acts():
    assert told("Peru's attack on Ecuador was brief.") == [("ASSAULT", "PER", "ECU", "actual")]
    assert told("The invasion of Ecuador by Peru was brief.") == [("ASSAULT", "PER", "ECU", "actual")]


def test_all_who_meet_are_actors_and_a_visitor_has_a_host():
    assert told("Chile held lengthy talks with Bolivia.") == [("CONSULT", "CHL+BOL", "", "actual")]
    assert told("The Polish president visited Estonia.") == [("CONSULT", "visit", "POL", "EST", "actual")]
    assert told("Estonia hosted the Polish president.") == [("CONSULT", "visit", "POL", "EST", "actual")]


def test_parties_joined_by_and_are_one_compound():
    assert told("Ghana and Togo accused Benin of smuggling.") == [("ACCUSE", "allege", "GHA+TGO", "BEN", "actual")]


def test_the_longest_phrase_wins():
    assert told("Spain suspended all aid to Mali.") == [("SANCTION", "discontinue", "ESP", "MLI", "actual")]
    assert told("Spain broke off diplomatic relations with Mali.") == [
        ("SANCTION", "discontinue", "ESP", "MLI", "actual")
    ]


def test_what_is_asked_for_or_threatened_is_no_act_of_its_own():
    assert told("Jamaica urged Haiti to release the pilots.") == [("REQUEST", "yield", "JAM", "HTI", "actual")]
    assert told("Chad threatened to attack Libya.") == [("THREATEN", "violence", "TCD", "LBY", "actual")]


def test_a_negated_act_did_not_take_place():
    assert told("Oman did not attack Yemen.") == [("ASSAULT", "OMN", "YEM", "negated")]


def test_cooperation_to_come_is_an_agreement_and_conflict_to_come_is_future():
    assert told("Japan will provide aid to Laos next year.") == [("AGREE", "JPN", "LAO", "actual")]
    assert told("Japan will investigate Laos next year.") == [("ACCUSE", "investigate", "JPN", "LAO", "future")]


def test_what_might_happen_is_hypothetical_and_what_is_long_past_historical():
    assert told("Iraq may invade Kuwait.") == [("ASSAULT", "IRQ", "KWT", "hypothetical")]
    assert told("Iraq invaded Kuwait in 1990.") == [("ASSAULT", "IRQ", "KWT", "historical")]


def test_who_only_tells_of_an_act_has_no_part_in_it():
    assert told("Belarus condemned Latvia, a spokesman for Norway said.") == [
        ("ACCUSE", "disapprove", "BLR", "LVA", "actual")
    ]


def test_a_pronoun_stands_for_who_acted_before():
    assert told("Fiji spoke first. It condemned Tonga.")[-1] == ("ACCUSE", "disapprove", "FJI", "TON", "actual")


def test_a_group_without_a_name_is_of_the_country_where_it_acts():
    assert told("Police arrested dozens of protesters in Senegal.") == [("COERCE", "arrest", "SEN", "SEN", "actual")]


def test_where_something_happens_is_a_place_and_no_party():
    (event,) = coding("Danish diplomats met Swedish officials in Iceland.").events
    assert (event.place.country, {p.country for p in event.actor}) == ("ISL", {"DNK", "SWE"})


def test_a_noun_is_not_taken_for_a_verb():
    assert told("Support from Cyprus was large.") == []
    assert told("The aid to Malta from Cyprus was large.")[0][0] == "AID"


def test_a_text_without_an_act_gives_no_event():
    assert told("The sun rose over Portugal. The hotel in Brazil has a large garden.") == []


def test_every_span_is_the_text_at_its_offsets():
    text = (
        "RABAT, May 17 (Reuters) — Norway's prime minister thanked Morocco; “Spain must\nrelease the boats,” he said.\n"
    )
    record = coding(text)
    assert record.events
    for event in record.events:
        spans = [event.evidence, event.trigger, *event.actor, *event.recipient]
        assert all(record.report.text[s.start : s.end] == s.text for s in spans)


def test_the_same_text_gives_the_same_record():
    text = "Norway thanked Morocco. Ghana and Togo accused Benin of smuggling."
    assert coding(text) == coding(text)
    assert len({e.id for e in coding(text).events}) == 2


def test_a_text_in_another_language_is_not_coded():
    assert coding("Der norwegische Außenminister hat am Montag die Regierung in Minsk scharf verurteilt.").events == ()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "Mali",
                "Niger",
                ",",
                "and",
                ".",
                "by",
                "was",
                "will",
                "not",
                "attack",
                "attacked",
                "talks",
                "with",
                "the",
                "of",
                "to’s",
                "“",
                "said",
            ]
        )
    )
)
def test_any_order_of_words_is_coded_without_failing(words):
    record = coding(" ".join(words))
    book = load_codebook()
    for event in record.events:
        assert event.event in book.types
        assert set(event.mode) <= set(book.types[event.event].modes)
        assert event.score == book.score(event.event, event.mode)


def test_every_phrase_is_of_a_type_and_mode_of_the_codebook():
    book = load_codebook()
    vocabulary = load_vocabulary()
    entries = {id(e): e for found in vocabulary.by_form.values() for e in found}.values()
    assert vocabulary.size > 2000
    assert {e.event for e in entries} == set(book.types)
    assert all(e.mode is None or e.mode in book.types[e.event].modes for e in entries)
    assert {e.kind for e in entries} == {"verbs", "swapped", "joint", "nouns"}


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("condemn", {"condemn", "condemns", "condemned", "condemning"}),
        ("meet", {"meet", "meets", "met", "meeting"}),
        ("ban", {"ban", "bans", "banned", "banning"}),
        ("accuse", {"accuse", "accuses", "accused", "accusing"}),
        ("deny", {"deny", "denies", "denied", "denying"}),
        ("free", {"free", "frees", "freed", "freeing"}),
        ("withdraw", {"withdraw", "withdraws", "withdrew", "withdrawn", "withdrawing"}),
        ("clash", {"clash", "clashes", "clashed", "clashing"}),
        ("veto", {"veto", "vetoes", "vetoed", "vetoing"}),
        ("obey", {"obey", "obeys", "obeyed", "obeying"}),
        ("press", {"press", "presses", "pressed", "pressing"}),
    ],
)
def test_a_verb_is_known_in_all_its_forms(verb, forms):
    assert set(inflections(verb)) == forms


def test_a_gap_holds_up_to_four_words_and_no_mark():
    def found(text):
        return [h.entry.mode for h in find_hits(load_vocabulary(), tokens_of(text, 0, len(text)))]

    assert found("They suspended all of their military aid.") == ["discontinue"]
    assert found("They suspended work; aid arrived.") == []


def shares(sentence, source, target):
    spans = [Span(sentence.index(w), sentence.index(w) + len(w)) for w in (source, target)]
    (found,) = DictionaryCoder().classify_pairs([MarkedPair(sentence, *spans)])
    return found


def test_for_two_given_parties_the_phrase_between_them_counts_most():
    sentence = "Mali denounced Niger after Chad had thanked Togo."
    for pair, expected in ((("Mali", "Niger"), "ACCUSE"), (("Chad", "Togo"), "SUPPORT")):
        found = shares(sentence, *pair)
        assert max(found, key=found.get) == expected
        assert sum(found.values()) == pytest.approx(1)
        assert set(found) == set(load_codebook().types)


def test_cooperation_that_is_refused_is_a_rejection():
    found = shares("Mali will never again help Niger.", "Mali", "Niger")
    assert max(found, key=found.get) == "REJECT"


def test_without_a_phrase_what_is_frequent_is_guessed():
    found = shares("Mali and the hills of Niger.", "Mali", "Niger")
    assert max(found, key=found.get) == "ASSAULT"
    assert found["CONCEDE"] < 0.05
