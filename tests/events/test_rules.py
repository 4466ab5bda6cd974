from entente.events.commitments import commitment_kind, condition_in, due_in
from entente.events.detect import Draft
from entente.events.evidence import clause_of
from entente.events.rules import apply_rules, drop_borrowed, drop_repeats, is_whole
from entente.records import Event, Evidence, Span
from entente.tagger.reading import Found

TEXT = "Kenya's foreign minister visited Uganda on Monday, and the two sides agreed to reopen the Busia road."


def draft(event: str, trigger: str, roles: list[tuple[str, str]], *, text: str = TEXT, status: str = "actual",
          mode: tuple[str, ...] = (), probability: float = 0.9) -> Draft:  # fmt: skip
    found = tuple(Found(role, text.index(words), text.index(words) + len(words), 0.9) for role, words in roles)
    start = text.index(trigger)
    return Draft(sentence=0, trigger=Span(start, start + len(trigger)), event=event,
                 probability=probability, status=status, mode=mode, contexts=(),
                 roles=found)  # fmt: skip


def ruled(d: Draft) -> Draft:
    return apply_rules(d, TEXT[d.trigger.start : d.trigger.end])


def labels(d: Draft) -> list[tuple[str, str]]:
    return [(r.label, TEXT[r.start : r.end]) for r in d.roles]


def test_all_parties_of_a_meeting_are_actors() -> None:
    met = draft("CONSULT", "visited", [("actor", "Kenya's foreign minister"), ("recipient", "Uganda")])
    assert labels(ruled(met)) == [("actor", "Kenya's foreign minister"), ("actor", "Uganda")]


def test_the_visitor_is_the_actor_and_the_host_the_recipient() -> None:
    parties = [("actor", "Kenya's foreign minister"), ("recipient", "Uganda")]
    assert labels(ruled(draft("CONSULT", "visited", parties, mode=("visit",)))) == parties


def test_both_named_as_actors_of_a_visit_are_told_apart_by_the_verb() -> None:
    parties = [("actor", "Kenya's foreign minister"), ("actor", "Uganda")]
    visit = ruled(draft("CONSULT", "visited", parties, mode=("visit",)))
    assert labels(visit) == [("actor", "Kenya's foreign minister"), ("recipient", "Uganda")]
    text = "Uganda received Kenya's foreign minister."
    parties = [("actor", "Uganda"), ("actor", "Kenya's foreign minister")]
    hosted = apply_rules(draft("CONSULT", "received", parties, text=text, mode=("visit",)), "received")
    assert [r.label for r in hosted.roles] == ["recipient", "actor"]


def test_the_country_visited_is_the_host_where_nobody_else_is_named() -> None:
    visit = draft("CONSULT", "visited", [("actor", "Kenya's foreign minister"), ("place", "Uganda")], mode=("visit",))
    assert ("recipient", "Uganda") in labels(ruled(visit))


def test_concerns_that_two_share_are_talk_and_concerns_about_one_are_blame() -> None:
    text = "Oman and Qatar shared their concerns. Oman voiced concern over Yemen."
    shared = draft("ACCUSE", "concerns", [("actor", "Oman"), ("actor", "Qatar")], text=text)
    assert apply_rules(shared, "concerns", "Oman and Qatar shared their ").event == "CONSULT"
    voiced = draft("ACCUSE", "concern over", [("actor", "Oman"), ("recipient", "Yemen")], text=text)
    assert apply_rules(voiced, "concern over", "Oman voiced ").event == "ACCUSE"


def test_two_words_for_one_act_are_one_event_and_the_surer_one_stays() -> None:
    parties = [("actor", "the two sides")]
    weak, sure = draft("AGREE", "agreed", parties, probability=0.6), draft("AGREE", "reopen", parties, probability=0.8)
    assert drop_repeats([weak, sure]) == [sure]
    other = draft("CONSULT", "visited", [("actor", "Kenya's foreign minister")])
    assert drop_repeats([weak, other]) == [weak, other]


def test_nobody_meets_alone_and_only_attacks_and_pressure_may_have_no_known_actor() -> None:
    assert is_whole("CONSULT", 2, 0)
    assert is_whole("CONSULT", 1, 1)
    assert not is_whole("CONSULT", 1, 0)
    assert is_whole("ASSAULT", 0, 1)
    assert not is_whole("AID", 0, 1)
    assert is_whole("PROTEST", 1, 0)


def test_the_clause_runs_from_the_first_party_to_where_the_clause_ends() -> None:
    visit = draft("CONSULT", "visited", [("actor", "Kenya's foreign minister"), ("recipient", "Uganda")])
    span = clause_of(visit, TEXT, Span(0, len(TEXT)))
    assert TEXT[span.start : span.end] == "Kenya's foreign minister visited Uganda on Monday"


def test_a_clause_holds_the_whole_name_of_a_party_of_which_a_part_is_marked() -> None:
    visit = draft("CONSULT", "visited", [("actor", "minister"), ("recipient", "Uganda")])
    span = clause_of(visit, TEXT, Span(0, len(TEXT)), [(0, TEXT.index(" visited"))])
    assert TEXT[span.start : span.end] == "Kenya's foreign minister visited Uganda on Monday"


def test_a_clause_is_never_longer_than_330_characters() -> None:
    text = "Chad " + "very " * 120 + "thanked Niger."
    thanks = draft("SUPPORT", "thanked", [("actor", "Chad"), ("recipient", "Niger")], text=text)
    span = clause_of(thanks, text, Span(0, len(text)))
    assert span.end - span.start <= 330
    assert text[span.start : span.end] == "thanked Niger"


def event(kind: str, status: str = "actual") -> Event:
    words = Evidence.of(TEXT, 0, 5)
    return Event(id="e", event=kind, status=status, quad_class="verbal_cooperation", score=0.0, probability=0.9,  # type: ignore[arg-type]
                 evidence=words, trigger=words, coder="c", model="m")  # fmt: skip


def test_agreeing_undertakes_requesting_asks_and_holding_to_a_word_reminds() -> None:
    assert commitment_kind(event("AGREE"), TEXT) == "undertaken"
    assert commitment_kind(event("REQUEST"), "Oman asked Yemen to free the crew.") == "asked"
    assert commitment_kind(event("REQUEST"), "Mali must honour the commitments it made in Algiers.") == "reminded"
    assert commitment_kind(event("THREATEN"), TEXT) is None
    assert commitment_kind(event("AGREE", "negated"), TEXT) is None


def test_condition_and_due_time_are_the_words_that_say_so() -> None:
    assert condition_in("Peru will pay if Chile signs first.") == "if Chile signs first"
    assert due_in("The road is to be open by the end of March 2025.") == "by the end of March 2025"
    assert due_in("The road is long.") is None


def test_an_act_does_not_borrow_the_recipient_of_the_one_before_it() -> None:
    text = "Oman promised Peru rice and urged Chile to wait."
    promise = draft("AGREE", "promised", [("actor", "Oman"), ("recipient", "Peru")], text=text)
    urged = draft("REQUEST", "urged", [("actor", "Oman"), ("recipient", "Peru"), ("recipient", "Chile")], text=text)
    _, kept = drop_borrowed([promise, urged])
    assert [text[r.start : r.end] for r in kept.roles] == ["Oman", "Chile"]
    alone = draft("REQUEST", "urged", [("recipient", "Peru")], text=text)
    assert drop_borrowed([promise, alone]) == [promise, alone]
