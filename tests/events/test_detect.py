"""Where the words of a party begin."""

import pytest

from entente.events.detect import _start_of_owner


@pytest.mark.parametrize(
    ("text", "begins_at", "party_from"),
    [
        ("Then Norway's envoy spoke.", "'s envoy", "Norway's envoy"),
        ("Then Norway’s envoy spoke.", "s envoy", "Norway’s envoy"),
        ("The Philippines’ envoy spoke.", "’ envoy", "Philippines’ envoy"),
        ("Norway's sailors spoke.", "sailors", "sailors"),
        ("the sailors of Oslo", "sailors", "sailors"),
    ],
)
def test_a_party_never_begins_within_a_possessive(text: str, begins_at: str, party_from: str) -> None:
    start = _start_of_owner(text, text.index(begins_at))
    assert text[start:].startswith(party_from)
