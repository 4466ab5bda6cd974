import pytest

from entente.coders.politics import is_political
from entente.records import Incoming
from entente.reports.prepare import prepare
from entente.resolution.scene import build_scene

MATCH = (
    "Peru beat Chile in Lima on Sunday. The visitors attacked from the first minute. Chile's captain refused to shake hands. "
    "Peru threatened again after the break. Both sides agreed that the pitch was heavy. Peru will host Bolivia in May."
)


@pytest.mark.parametrize(
    ("text", "political"),
    [
        (MATCH, False),
        (MATCH.replace("Both sides agreed", "The ministry and the police of both states agreed with the army"), True),
        (MATCH + " The European Union sent observers.", True),
        (" ".join(MATCH.split(". ")[:2]) + ".", True),
    ],
)
def test_a_report_in_which_nobody_acts_for_a_state_is_not_political(text: str, political: bool) -> None:
    scene = build_scene(prepare(Incoming(text=text, origin="t", source_id="t", published="2024-03-12")), [])
    assert is_political(scene) is political


def test_a_transcript_by_people_who_act_for_states_is() -> None:
    scene = build_scene(prepare(Incoming(text=MATCH, origin="t", source_id="t", published="2024-03-12")), [])
    assert is_political(scene, 2)
