"""Whose words a sentence is, and who acts in it where no words say so."""

import pytest

from entente.coders.circumstances import is_history
from entente.coders.implied import Act, Situation, candidates_of, chances, traits_of
from entente.coders.voices import addressee_at, speaker_of, turns_of, voices_of
from entente.events.statements import StatementDraft
from entente.records import EventDate, Incoming, Span
from entente.reports.prepare import prepare
from entente.resolution.parties import resolve_party
from entente.resolution.scene import Scene, build_scene

TEXT = (
    "Togo's minister Afi Mensah and Ghana's envoy met on Monday.\n\n"
    "Togo's minister Afi Mensah said:\n\n"
    "I thank our neighbours. We will send rice.\n\n"
    "On the border, Ghana's envoy added:\n\n"
    "We are grateful."
)


def scene() -> Scene:
    prepared = prepare(Incoming(text=TEXT, origin="t", source_id="t", published="2024-03-12"))
    return build_scene(prepared, [Span(TEXT.index("Afi Mensah"), TEXT.index("Afi Mensah") + 10)])


@pytest.mark.parametrize(
    ("words", "country"), [("I thank", "TGO"), ("We will send", "TGO"), ("We are grateful", "GHA")]
)
def test_a_line_that_opens_a_speech_lends_its_voice_to_what_follows(words: str, country: str) -> None:
    at = TEXT.index(words)
    (said,) = [one for one in voices_of(scene(), []) if one.start <= at < one.end]
    assert said.speaker.country == country


def test_no_voice_reaches_back_before_its_line() -> None:
    at = TEXT.index("met on Monday")
    assert not [one for one in voices_of(scene(), []) if one.start <= at < one.end]


def test_the_nearest_voice_comes_last() -> None:
    s = scene()
    at = TEXT.index("We will send")
    (ghana,) = resolve_party(s, TEXT.index("Ghana"), TEXT.index("Ghana") + 5)
    quoted = StatementDraft(sentence=0, speaker=Span(TEXT.index("Ghana"), TEXT.index("Ghana") + 5), cue=None,
                            content=Span(at, at + 17), quoted=True)  # fmt: skip
    assert speaker_of(s, quoted) == ghana
    voices = [one.speaker.country for one in voices_of(s, [(quoted, ghana)]) if one.start <= at < one.end]
    assert voices == ["TGO", "GHA"]


SITUATION = Situation(
    event="ACCUSE", recipients=frozenset({"MLI"}), speakers=("NER",), home="TCD", ranked=("MLI", "NER"),
    here=frozenset({"MLI"}), just_before=frozenset(), opening=frozenset({"NER"}),
    earlier=(Act("CONSULT", frozenset({"NER", "TCD"}), frozenset()),),
)  # fmt: skip


def test_every_state_that_the_report_offers_may_be_meant_once() -> None:
    assert candidates_of(SITUATION) == ["NER", "TCD", "MLI"]


def test_chances_of_all_and_of_nobody_add_up_and_follow_the_weights() -> None:
    even = chances(SITUATION, {})
    assert even == {code: pytest.approx(0.25) for code in ("NER", "TCD", "MLI")}
    swayed = chances(SITUATION, {"ACCUSE: speaker": 3.0, "any": -1.0})
    assert max(swayed, key=lambda code: swayed[code]) == "NER"
    assert sum(swayed.values()) < 1.0


def test_traits_hold_for_all_acts_and_for_this_kind() -> None:
    traits = traits_of(SITUATION, "NER")
    assert {"speaker", "ACCUSE: speaker", "last actor", "somebody else receives"} <= set(traits)
    assert "somebody else speaks" in traits_of(SITUATION, "TCD")


@pytest.mark.parametrize(
    ("value", "end", "history"),
    [("2019", None, True), ("2023", None, False), ("2022-12", None, True), ("2023-03-20", None, False),
     ("2015", "2022-01-31", True), ("2015", "2024", False)],
)  # fmt: skip
def test_what_is_dated_more_than_a_year_back_is_history(value: str, end: str | None, history: bool) -> None:
    date = EventDate(value=value, end=end, precision="year", text=value, start=0, end_char=4)
    assert is_history(date, "2024-03-12") is history


def test_a_reports_own_day_is_no_history() -> None:
    assert not is_history(EventDate(value="2020-01-01", precision="recent"), "2024-03-12")
    assert not is_history(None, "2024-03-12")


TRANSCRIPT = (
    "PRIME MINISTER MENSAH:  Welcome.  I am glad to see you.\n\n"
    "PRESIDENT MOYO:  (As interpreted.)  Thank you. We will send rice.\n\n"
    "Q  Will you, Mr. President?\n\n"
    "PRESIDENT MOYO:  We will."
)


def test_turns_of_a_transcript_have_their_speakers_and_whom_they_speak_to() -> None:
    text = TRANSCRIPT + "\n\nPresident Tendai Moyo of Zimbabwe met Togo's Prime Minister Afi Mensah."
    people = [Span(text.index(name), text.index(name) + len(name)) for name in ("Tendai Moyo", "Afi Mensah")]
    s = build_scene(prepare(Incoming(text=text, origin="t", source_id="t", published="2024-03-12")), people)
    turns = turns_of(s)
    assert [turn.speaker.country for turn in turns] == ["TGO", "ZWE", "ZWE"]
    spoken_to = addressee_at(turns, text.index("see you"))
    assert spoken_to is not None
    assert spoken_to.country == "ZWE"
    assert addressee_at(turns, text.index("Will you")) is None
    assert turns_of(scene()) == []
