import math

import msgspec

from entente.coders.calibration import calibrated, probability_of, traits_of
from entente.records import Event, Evidence, Party

TEXT = "Chad asked Niger for grain."


def event(*recipients: Party, probability: float = 0.9, status: str = "actual") -> Event:
    words = Evidence.of(TEXT, 0, 10)
    chad = Party(text="Chad", start=0, end=4, country="TCD", resolved_by="name", probability=0.95)
    return Event(id="e", event="REQUEST", status=status, quad_class="verbal_conflict", score=-3.0,  # type: ignore[arg-type]
                 probability=probability, actor=(chad,), recipient=recipients, evidence=words, trigger=words,
                 coder="c", model="m")  # fmt: skip


NIGER = Party(text="Niger", start=11, end=16, country="NER", resolved_by="name", probability=0.95)
IMPLIED = Party(text=None, start=None, end=None, country="NER", resolved_by="implied", probability=0.5)


def test_without_weights_the_probability_is_the_networks_own() -> None:
    assert calibrated(event(NIGER), {}) == event(NIGER)


def test_the_weights_of_an_events_traits_make_its_probability() -> None:
    weights = {"bias": -1.0, "network": 1.0, "by implied": -2.0}
    assert math.isclose(probability_of(event(NIGER), weights), 0.9 / (0.9 + 0.1 * math.e), abs_tol=1e-4)
    assert calibrated(event(IMPLIED), weights).probability < calibrated(event(NIGER), weights).probability


def test_traits_tell_how_the_parties_were_found() -> None:
    traits = traits_of(event(IMPLIED, status="negated"))
    assert traits["by implied"] == 1.0
    assert traits["not actual"] == 1.0
    assert traits["recipient: none"] == 0.0
    assert traits_of(event())["recipient: none"] == 1.0
    lost = msgspec.structs.replace(NIGER, country=None)
    assert traits_of(event(lost))["recipient: unresolved"] == 1.0


def test_certainty_without_end_is_no_infinite_trait() -> None:
    assert traits_of(event(NIGER, probability=1.0))["network"] == -traits_of(event(NIGER, probability=0.0))["network"]
