"""What an event takes from those told before it."""

import msgspec

from entente.coders.discourse import addressed, answered, blamed, dated_by_meeting, is_retold
from entente.records import Event, EventDate, Evidence, Incoming, Party
from entente.reports.prepare import prepare
from entente.resolution.scene import Scene, build_scene

TEXT = (
    "Chad and Niger met on Monday. Chad thanked its guests. Niger accused Mali of smuggling. "
    "Mali called the charge absurd. The ongoing talks between Chad and Niger were frank."
)
MONDAY = EventDate(value="2024-03-11", precision="day", text="Monday", start=22, end_char=28)


def scene() -> Scene:
    return build_scene(prepare(Incoming(text=TEXT, origin="t", source_id="t", published="2024-03-12")), [])


def party(code: str) -> Party:
    return Party(text=code, start=0, end=3, country=code, probability=0.9)


def event(
    kind: str, trigger: str, actor: tuple[str, ...], recipient: tuple[str, ...] = (), date: EventDate | None = None
) -> Event:
    at = TEXT.index(trigger)
    words = Evidence.of(TEXT, at, at + len(trigger))
    return Event(id=trigger, event=kind, quad_class="verbal_cooperation", score=0, probability=0.9, evidence=words,
                 trigger=words, coder="c", model="m", date=date or EventDate(value="2024-03-12", precision="recent"),
                 actor=tuple(map(party, actor)), recipient=tuple(map(party, recipient)))  # fmt: skip


MEETING = event("CONSULT", "met", ("TCD", "NER"), date=MONDAY)
CHARGE = event("ACCUSE", "accused", ("NER",), ("MLI",))


def test_what_one_side_of_a_meeting_says_is_towards_the_other_on_the_day_of_the_meeting() -> None:
    thanks = addressed(event("SUPPORT", "thanked", ("TCD",)), [MEETING])
    assert [(p.country, p.text, p.resolved_by) for p in thanks.recipient] == [("NER", None, "implied")]
    assert dated_by_meeting(thanks, [MEETING]).date == MONDAY


def test_a_third_party_is_not_drawn_into_a_meeting() -> None:
    outside = event("SUPPORT", "thanked", ("MLI",))
    assert addressed(outside, [MEETING]) == outside
    assert dated_by_meeting(outside, [MEETING]) == outside


def test_who_is_accused_answers_the_accuser() -> None:
    reply = answered(scene(), event("ACCUSE", "called", ("MLI",)), [MEETING, CHARGE])
    assert [p.country for p in reply.recipient] == ["NER"]
    stranger = event("ACCUSE", "called", ("TCD",))
    assert answered(scene(), stranger, [MEETING, CHARGE]) == stranger


def test_nobody_answers_the_own_state() -> None:
    at_home = event("ASSAULT", "accused", ("MLI",), ("MLI",))
    demand = event("REQUEST", "called", ("MLI",))
    assert answered(scene(), demand, [at_home]) == demand


def test_a_meeting_that_words_point_back_to_is_told_already_and_a_new_one_is_not() -> None:
    assert is_retold(scene(), event("CONSULT", "talks", ("TCD", "NER")), [MEETING])
    assert not is_retold(scene(), event("CONSULT", "talks", ("TCD", "MLI")), [MEETING])
    assert not is_retold(scene(), msgspec.structs.replace(MEETING, id="other"), [MEETING])


def test_blame_falls_on_whoever_does_the_act_that_it_names() -> None:
    blame, act = event("ACCUSE", "accused", ("TCD",)), event("COERCE", "smuggling", ("MLI",))
    act = msgspec.structs.replace(act, quad_class="material_conflict")
    assert [(p.country, p.resolved_by) for p in blamed(scene(), blame, [act, blame]).recipient] == [("MLI", "implied")]
    own = msgspec.structs.replace(act, actor=(party("TCD"),))
    assert blamed(scene(), blame, [own]) == blame
    assert blamed(scene(), CHARGE, [act]) == CHARGE
    elsewhere = event("COERCE", "absurd", ("MLI",))
    elsewhere = msgspec.structs.replace(elsewhere, quad_class="material_conflict")
    assert blamed(scene(), blame, [elsewhere]) == blame
