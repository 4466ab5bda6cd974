"""What date words mean, seen from the day of publication (a Wednesday, 21 June 2023, where nothing else is said)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.resolution.dates import document_day_first, find_dates, resolve_date

WEDNESDAY = "2023-06-21"


def only(text):
    (expression,) = find_dates(text)
    assert text[expression.start : expression.end] == expression.text
    return expression


def resolved(text, published=WEDNESDAY, **options):
    found = resolve_date(only(text), published, **options)
    return found.value, found.end, found.precision


PAST = [
    ("They met on Friday.", "2023-06-16", None, "day"),
    ("They met on Wednesday.", "2023-06-21", None, "day"),
    ("They met late on Thursday night.", "2023-06-15", None, "day"),
    ("They met last Wednesday.", "2023-06-14", None, "day"),
    ("They met last Monday.", "2023-06-19", None, "day"),
    ("They met on Friday last week.", "2023-06-16", None, "day"),
    ("They met on Monday of last week.", "2023-06-12", None, "day"),
    ("They met today.", "2023-06-21", None, "day"),
    ("They met tonight.", "2023-06-21", None, "day"),
    ("They met this morning.", "2023-06-21", None, "day"),
    ("They met yesterday.", "2023-06-20", None, "day"),
    ("They met last night.", "2023-06-20", None, "day"),
    ("They met the day before yesterday.", "2023-06-19", None, "day"),
    ("They met last week.", "2023-06-12", "2023-06-18", "week"),
    ("They met earlier this week.", "2023-06-19", "2023-06-25", "week"),
    ("They met two weeks ago.", "2023-06-05", "2023-06-11", "week"),
    ("They met last weekend.", "2023-06-17", "2023-06-18", "day"),
    ("They met three days ago.", "2023-06-18", None, "day"),
    ("They met 10 days ago.", "2023-06-11", None, "day"),
    ("They met a month ago.", "2023-05", None, "month"),
    ("They met earlier this month.", "2023-06", None, "month"),
    ("They met last month.", "2023-05", None, "month"),
    ("They met six months ago.", "2022-12", None, "month"),
    ("They met earlier this year.", "2023", None, "year"),
    ("They met last year.", "2022", None, "year"),
    ("They met two years ago.", "2021", None, "year"),
    ("They met on 3 May.", "2023-05-03", None, "day"),
    ("They met on the 3rd of May.", "2023-05-03", None, "day"),
    ("They met on December 3.", "2022-12-03", None, "day"),
    ("They met on Dec. 3.", "2022-12-03", None, "day"),
    ("They met on May 3, 2021.", "2021-05-03", None, "day"),
    ("They met on Monday, 3 May 2021, in Lima.", "2021-05-03", None, "day"),
    ("They met on Friday, June 16.", "2023-06-16", None, "day"),
    ("They met on Wednesday, July 19.", "2023-07-19", None, "day"),
    ("They met on Sunday, November 7.", "2022-11-07", None, "day"),
    ("They met on Feb. 29.", "2020-02-29", None, "day"),
    ("They met in March.", "2023-03", None, "month"),
    ("They met in December.", "2022-12", None, "month"),
    ("They met in June.", "2023-06", None, "month"),
    ("They met last March.", "2023-03", None, "month"),
    ("They met last June.", "2022-06", None, "month"),
    ("They met in April of last year.", "2022-04", None, "month"),
    ("They met in late March.", "2023-03", None, "month"),
    ("They met in mid-May.", "2023-05", None, "month"),
    ("They met in May 2019.", "2019-05", None, "month"),
    ("They have met since January.", "2023-01", None, "month"),
    ("They met in 2019.", "2019", None, "year"),
    ("They met in late 2021.", "2021", None, "year"),
    ("They met (2019) and parted.", "2019", None, "year"),
    ("They met in the 1990s.", "1990", "1999", "year"),
    ("They met in the 19th century.", "1801", "1900", "year"),
    ("They met in spring 2022.", "2022-03", "2022-05", "month"),
    ("They met in the summer of 2017.", "2017-06", "2017-08", "month"),
    ("They met in the winter of 2017.", "2017", None, "year"),
    ("They met last summer.", "2022-06", "2022-08", "month"),
    ("They met last spring.", "2023-03", "2023-05", "month"),
    ("They met in the first quarter of 2023.", "2023-01", "2023-03", "month"),
    ("They met in the second half of 2022.", "2022-07", "2022-12", "month"),
    ("They met in Q3 2022.", "2022-07", "2022-09", "month"),
    ("They met on 2023-05-03.", "2023-05-03", None, "day"),
    ("They met on 19/04/2023.", "2023-04-19", None, "day"),
    ("They met on 04/19/2023.", "2023-04-19", None, "day"),
    ("They met on 19.04.2023.", "2023-04-19", None, "day"),
    ("They met on 31/12/22.", "2022-12-31", None, "day"),
    ("They met from 3 to 5 May.", "2023-05-03", "2023-05-05", "day"),
    ("They met on May 3–5.", "2023-05-03", "2023-05-05", "day"),
    ("They met on May 3-5, 2021.", "2021-05-03", "2021-05-05", "day"),
    ("They met between 3 and 5 May 2021.", "2021-05-03", "2021-05-05", "day"),
    ("They met between May 3 and 5.", "2023-05-03", "2023-05-05", "day"),
    ("They met from 30 April to 2 May 2021.", "2021-04-30", "2021-05-02", "day"),
    ("They met from December 30 to January 2.", "2022-12-30", "2023-01-02", "day"),
    ("They met from 30 December to 2 January 2021.", "2020-12-30", "2021-01-02", "day"),
    ("They met from January to March 2021.", "2021-01", "2021-03", "month"),
    ("They met between June 2014 and April 2016.", "2014-06", "2016-04", "month"),
    ("They met between 2014 and 2016.", "2014", "2016", "year"),
    ("They fought in 2019–2021.", "2019", "2021", "year"),
    ("They fought in 2019-21.", "2019", "2021", "year"),
    ("They met from Monday to Friday.", "2023-06-12", "2023-06-16", "day"),
    ("They met in the past three days.", "2023-06-18", "2023-06-21", "day"),
    ("They met over the last two weeks.", "2023-06-07", "2023-06-21", "week"),
    ("They met in the last 24 hours.", "2023-06-20", "2023-06-21", "day"),
    ("They met recently.", "2023-06-21", None, "recent"),
    ("They met at a recent conference.", "2023-06-21", None, "recent"),
    ("They met in recent weeks.", "2023-06-21", None, "recent"),
    ("They had met the day before.", None, None, "unknown"),
    ("They had met two days earlier.", None, None, "unknown"),
]


@pytest.mark.parametrize(("text", "value", "end", "precision"), PAST, ids=[row[0] for row in PAST])
def test_past_tense(text, value, end, precision):
    assert resolved(text) == (value, end, precision)


FUTURE = [
    ("They meet on Friday.", "2023-06-23", None, "day"),
    ("They meet on Wednesday.", "2023-06-21", None, "day"),
    ("They meet next Friday.", "2023-06-30", None, "day"),
    ("They meet on Monday next week.", "2023-06-26", None, "day"),
    ("They meet tomorrow.", "2023-06-22", None, "day"),
    ("They meet the day after tomorrow.", "2023-06-23", None, "day"),
    ("They meet next week.", "2023-06-26", "2023-07-02", "week"),
    ("They meet next month.", "2023-07", None, "month"),
    ("They meet next year.", "2024", None, "year"),
    ("They meet on 3 May.", "2024-05-03", None, "day"),
    ("They meet on December 3.", "2023-12-03", None, "day"),
    ("They meet in March.", "2024-03", None, "month"),
    ("They meet in June.", "2023-06", None, "month"),
    ("They meet next March.", "2024-03", None, "month"),
    ("They meet in two weeks' time.", "2023-07-03", "2023-07-09", "week"),
    ("They meet three months from now.", "2023-09", None, "month"),
    ("They meet next summer.", "2024-06", "2024-08", "month"),
    ("They meet this weekend.", "2023-06-24", "2023-06-25", "day"),
    ("They meet from Monday to Friday.", "2023-06-26", "2023-06-30", "day"),
]


@pytest.mark.parametrize(("text", "value", "end", "precision"), FUTURE, ids=[row[0] for row in FUTURE])
def test_future_tense(text, value, end, precision):
    assert resolved(text, tense="future") == (value, end, precision)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("They will meet again on Friday.", "2023-06-23"),
        ("They agreed to meet on Friday.", "2023-06-23"),
        ("They agreed on Friday to meet.", "2023-06-16"),
        ("They must leave by Friday.", "2023-06-23"),
        ("Talks are scheduled for Friday.", "2023-06-23"),
        ("The summit is due to open on December 3.", "2023-12-03"),
        ("They have fought since Friday.", "2023-06-16"),
        ("On December 3, the ministers will meet in Lima.", "2023-12-03"),
        ("On Friday, the ministers met.", "2023-06-16"),
        ("On July 3 the ministers discuss the sea in Lima.", "2023-07-03"),
    ],
)
def test_words_around_a_date_say_its_direction(text, value):
    assert resolved(text, tense="past")[0] == value


def test_one_word_is_two_dates_in_one_report():
    text = "The ministers met in Lima on Friday. They will meet again in Quito on Friday."
    assert [resolve_date(one, WEDNESDAY).value for one in find_dates(text)] == ["2023-06-16", "2023-06-23"]


@pytest.mark.parametrize(
    "text",
    [
        "China may retaliate.",
        "May I ask?",
        "Theresa May said no.",
        "Troops march on Kyiv.",
        "The second round failed.",
        "It took a second.",
        "The Sunday Times said so.",
        "They observed Good Friday.",
        "About 2,019 people fled.",
        "The killing of 2000 people was denied.",
        "The 2015 deal failed.",
        "Flight 1998 landed.",
        "It cost $2000.",
        "The 24/7 line is open.",
        "Resolution 1540 was adopted.",
        "He fell from grace.",
        "They meet on Fridays.",
        "Act 2003/25 was passed.",
        "It rose 3 to 5 percent.",
        "The score was 3-5.",
        "He spoke for June Smith.",
        "One may decide.",
        "We march in step.",
    ],
)
def test_words_that_are_no_dates(text):
    assert find_dates(text) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("They met on Friday, 24 February 2023, in Lima.", "Friday, 24 February 2023"),
        ("They met in early\nMarch.", "early\nMarch"),
        ("They met last\nmonth.", "last\nmonth"),
        ("They met from May 3 to June 5.", "May 3 to June 5"),
        ("On May 3 they met.", "May 3"),
        ("They met on June\n13-14 in Lima.", "June\n13-14"),
    ],
)
def test_expression_is_the_words_without_the_preposition(text, words):
    assert only(text).text == words


RELATIVE = [row[0] for row in PAST if not any(year in row[0] for year in ("20", "19", "/22"))]


@pytest.mark.parametrize("text", RELATIVE)
def test_undated_report_leaves_relative_dates_unresolved(text):
    value, end, precision = resolved(text, published=None)
    assert (value, end) == (None, None)
    assert precision in ("unknown", "recent")


def test_undated_report_still_has_its_complete_dates():
    assert resolved("They met on 3 May 2021.", published=None)[0] == "2021-05-03"


def test_one_order_of_day_and_month_holds_for_a_whole_document():
    text = "They signed on 05/04/2024. They meet from 19/04/2024."
    assert document_day_first(text) is True
    first, second = find_dates(text)
    assert resolve_date(first, "2024-04-08", day_first=True).value == "2024-04-05"
    assert resolve_date(second, "2024-04-08", day_first=True).value == "2024-04-19"
    assert document_day_first(text.replace("19/04", "04/19")) is False
    assert document_day_first("They signed on 05/04/2024.") is None


def test_without_an_order_the_reading_nearer_to_publication_counts():
    assert resolved("They signed on 05/04/2024.", published="2024-04-08")[0] == "2024-04-05"
    assert resolved("They signed on 05/04/2024.", published="2024-05-06")[0] == "2024-05-04"
    assert resolved("They signed on 05/04/2024.", published=None) == ("2024", None, "year")


def test_time_of_publication_counts_as_its_day():
    assert resolved("They met today.", published="2023-06-21T23:30:00+05:00")[0] == "2023-06-21"


DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
WEEKDAYS = st.sampled_from(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"])


@given(DAYS, WEEKDAYS)
def test_weekday_is_within_the_week_before_or_after_publication(published, weekday):
    past = date.fromisoformat(resolved(f"They met on {weekday}.", published.isoformat())[0])
    future = date.fromisoformat(resolved(f"They meet on {weekday}.", published.isoformat(), tense="future")[0])
    assert past.strftime("%A") == future.strftime("%A") == weekday
    assert timedelta(0) <= published - past <= timedelta(6)
    assert timedelta(0) <= future - published <= timedelta(6)


@given(DAYS, DAYS)
def test_day_and_month_without_a_year_are_the_nearest_on_the_tenses_side(published, meant):
    text = f"They met on {meant.day} {meant:%B}."
    past = date.fromisoformat(resolved(text, published.isoformat())[0])
    future = date.fromisoformat(resolved(text, published.isoformat(), tense="future")[0])
    assert (past.day, past.month) == (future.day, future.month) == (meant.day, meant.month)
    assert published <= future
    assert past <= published or (past == future and (future - published).days <= 45)


@given(DAYS, st.sampled_from(["%d %B %Y", "%B %d, %Y", "%Y-%m-%d", "%d %b. %Y", "%A, %B %d, %Y", "%A, %d %B %Y"]))
def test_complete_date_means_itself_whenever_it_is_read(day, form):
    written = day.strftime(form).replace("May.", "May")
    assert resolved(f"They met on {written}.") == (day.isoformat(), None, "day")


SAID = [form(row[0]) for row in PAST + FUTURE for form in (str, str.title, str.upper, str.lower)]


@given(st.text(), st.sampled_from(SAID), st.text(), st.none() | DAYS)
def test_any_text_gives_ordered_exact_expressions_that_never_fail(before, middle, after, published):
    text = before + middle + after
    end = 0
    for one in find_dates(text):
        assert end <= one.start < one.end
        assert text[one.start : one.end] == one.text
        end = one.end
        found = resolve_date(one, published and published.isoformat())
        assert found.value is None or found.end is None or found.value[: len(found.end)] <= found.end
        assert (found.precision == "unknown") <= (found.value is None)


def test_a_number_of_years_is_read_whole():
    assert resolved("They have been neighbours since 1,000 days ago.") == ("2020-09-24", None, "day")
    assert resolved("The first war was 1,200 years ago.") == ("0823", None, "year")
    assert resolved("The first war was 5,000 years ago.") == (None, None, "unknown")
    assert not find_dates("The first war was 2.5 years ago.")
