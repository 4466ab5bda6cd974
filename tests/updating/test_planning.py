"""What is due, and when something that failed is tried again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from entente.errors import InputError
from entente.records.standing import ItemState, ListedItem, StandingSource, StoredItem
from entente.updating.planning import (
    STAMP_BREAK,
    after_failure,
    due_items,
    failed_source,
    is_later,
    stamp_time,
    time_text,
)

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


def known(state: ItemState = "done", *, stamp: str = "1", next_try: str | None = None) -> dict[str, StoredItem]:
    return {"a": StoredItem(id="a", stamp=stamp, state=state, next_try=next_try)}


@pytest.mark.parametrize(
    ("before", "is_due"),
    [
        ({}, True),
        (known(), False),
        (known(stamp="2"), True),
        (known("waiting", next_try="2026-11-20T08:00:00Z"), True),
        (known("waiting", next_try="2026-11-20T08:00:01Z"), False),
        (known("given up"), False),
        (known("given up", stamp="2"), True),
        (known("waiting", stamp="2", next_try="2030-01-01T00:00:00Z"), True),
    ],
)
def test_an_item_is_due_where_it_is_new_or_changed_or_may_be_tried_again(
    before: dict[str, StoredItem], is_due: bool
) -> None:
    due = due_items([ListedItem(id="a", stamp="1")], before, kind="feed", now=NOW)
    assert bool(due) is is_due


def test_an_address_of_a_list_is_always_asked_for_until_it_is_given_up() -> None:
    listed = [ListedItem(id="a", stamp="1")]
    assert due_items(listed, known(), kind="list", now=NOW)
    assert not due_items(listed, known("given up"), kind="list", now=NOW)
    assert not due_items(listed, known("waiting", next_try="2026-11-20T09:00:00Z"), kind="list", now=NOW)


def test_a_failing_item_is_tried_after_one_six_and_24_hours_and_three_days_and_then_given_up() -> None:
    hours = [after_failure(tries, NOW) for tries in range(1, 6)]
    waits = [time_text(NOW + timedelta(hours=wait)) for wait in (1, 6, 24, 72)]
    assert hours == [*(("waiting", until) for until in waits), ("given up", None)]


def test_a_failure_that_does_not_pass_is_given_up_at_once() -> None:
    assert after_failure(1, NOW, for_good=True) == ("given up", None)


def test_nothing_is_tried_before_the_server_wants_it() -> None:
    assert after_failure(1, NOW, retry_after=7200) == ("waiting", "2026-11-20T10:00:00Z")
    assert after_failure(1, NOW, retry_after=60) == ("waiting", "2026-11-20T09:00:00Z")


def test_a_failing_source_on_this_machine_is_tried_each_time() -> None:
    source = failed_source(StandingSource(address="/desk/box", kind="folder"), InputError("x", "is gone.", ""), NOW)
    assert (source.tries, source.reason, source.next_try) == (1, "is gone.", None)


def test_a_failing_source_backs_off_and_is_never_given_up() -> None:
    source, waits = StandingSource(address="https://example.org/feed", kind="feed"), []
    for _ in range(6):
        source = failed_source(source, InputError("x", "is down.", "Wait."), NOW)
        waits.append(source.next_try)
    hours = [time_text(NOW + timedelta(hours=wait)) for wait in (1, 6, 24, 72, 72, 72)]
    assert waits == hours
    assert (source.tries, source.reason, source.remedy) == (6, "is down.", "Wait.")


@pytest.mark.parametrize(
    ("stamp", "time"),
    [
        ("2026-11-20T10:00:00+02:00", NOW),
        ("2026-11-20T08:00:00Z", NOW),
        ("2026-11-20T08:00", NOW),
        (f"Fri, 20 Nov 2026 08:00:00 GMT{STAMP_BREAK}0123456789abcdef", NOW),
        (f"{STAMP_BREAK}0123456789abcdef", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_the_time_of_a_stamp_is_read_as_feeds_and_sitemaps_write_it(stamp: str, time: datetime | None) -> None:
    assert stamp_time(stamp) == time


def test_a_stamp_without_a_time_may_always_be_later() -> None:
    assert is_later("", "2026-11-20T08:00:00Z")
    assert is_later("2026-11-20T09:00:00Z", "2026-11-20T08:00:00Z")
    assert not is_later("2026-11-19", "2026-11-20T08:00:00Z")
