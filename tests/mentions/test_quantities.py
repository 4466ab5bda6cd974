"""Sums of money, shares and counted things mean their plain value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.mentions.quantities import find_quantities


def found(text, **options):
    return [(one.text, one.value, one.unit, one.currency) for one in find_quantities(text, **options)]


@pytest.mark.parametrize(
    ("text", "words", "value", "currency"),
    [
        ("a loan of $9.9 billion", "$9.9 billion", 9.9e9, "USD"),
        ("a loan of US$5 million", "US$5 million", 5e6, "USD"),
        ("a loan of US $5m", "US $5m", 5e6, "USD"),
        ("a loan of A$20 million", "A$20 million", 2e7, "AUD"),
        ("a loan of NZ$1,250", "NZ$1,250", 1250, "NZD"),
        ("a loan of €300m", "€300m", 3e8, "EUR"),
        ("a loan of £1.2bn", "£1.2bn", 1.2e9, "GBP"),
        ("a loan of 5 million euros", "5 million euros", 5e6, "EUR"),
        ("a loan of 300 million EUR", "300 million EUR", 3e8, "EUR"),
        ("a loan of 180 million dollars", "180 million dollars", 1.8e8, "USD"),
        ("a loan of 180 million Australian dollars", "180 million Australian dollars", 1.8e8, "AUD"),
        ("a loan of two billion US dollars", "two billion US dollars", 2e9, "USD"),
        ("a loan of a million dollars", "a million dollars", 1e6, "USD"),
        ("a loan of half a million pounds sterling", "half a million pounds sterling", 5e5, "GBP"),
        ("a loan of 500 billion yen", "500 billion yen", 5e11, "JPY"),
        ("a loan of 3 billion yuan", "3 billion yuan", 3e9, "CNY"),
        ("a loan of 2 trillion roubles", "2 trillion roubles", 2e12, "RUB"),
        ("a loan of 7 million Swiss francs", "7 million Swiss francs", 7e6, "CHF"),
        ("a loan of 40 million Kenyan shillings", "40 million Kenyan shillings", 4e7, "KES"),
        ("a loan of 60 lakh Sri Lankan rupees", "60 lakh Sri Lankan rupees", 6e6, "LKR"),
        ("a loan of PKR 2.5 crore", "PKR 2.5 crore", 2.5e7, "PKR"),
        ("a loan of $3-5 billion", "$3-5 billion", 3e9, "USD"),
        ("a loan of 5\nmillion euros", "5\nmillion euros", 5e6, "EUR"),
    ],
)
def test_money(text, words, value, currency):
    assert found(text) == [(words, value, None, currency)]


@pytest.mark.parametrize(
    ("hint", "unit", "currency"),
    [("IND", None, "INR"), ("PAK", None, "PKR"), ("NPL", None, "NPR"), (None, "rupee", None), ("FRA", "rupee", None)],
)
def test_shared_sign_means_the_money_of_the_country_at_hand(hint, unit, currency):
    assert found("It gave Rs 1,500 crore.", country_hint=hint) == [("Rs 1,500 crore", 1.5e10, unit, currency)]
    assert found("It gave 2 lakh rupees.", country_hint=hint) == [("2 lakh rupees", 2e5, unit, currency)]


def test_dollar_without_a_country_is_american_and_a_named_country_wins_over_the_hint():
    assert found("$20", country_hint="AUS") == [("$20", 20.0, None, "AUD")]
    assert found("$20", country_hint="FRA") == [("$20", 20.0, None, "USD")]
    assert found("US$20", country_hint="AUS") == [("US$20", 20.0, None, "USD")]
    assert found("9 Canadian dollars", country_hint="AUS") == [("9 Canadian dollars", 9.0, None, "CAD")]


@pytest.mark.parametrize(
    ("text", "words", "value", "unit"),
    [
        ("exports rose 12 percent", "12 percent", 12, "percent"),
        ("exports rose 3.5%", "3.5%", 3.5, "percent"),
        ("exports rose five per cent", "five per cent", 5, "percent"),
        ("with 20,000 tonnes of wheat", "20,000 tonnes", 20_000, "tonne"),
        ("a 300-km road", "300-km", 300, "kilometre"),
        ("it pumps 1.2 million barrels per day", "1.2 million barrels per day", 1.2e6, "barrel per day"),
        ("a plant of 600 MW", "600 MW", 600, "megawatt"),
        ("it sent 300 troops", "300 troops", 300, "troops"),
        ("it took two million refugees", "two million refugees", 2e6, "refugees"),
        ("it sent 1,500 more American soldiers", "1,500 more American soldiers", 1500, "soldiers"),
        ("five hundred thousand tons", "five hundred thousand tons", 5e5, "ton"),
        ("it killed 11 people", "11 people", 11, "people"),
    ],
)
def test_shares_measures_and_counts(text, words, value, unit):
    assert found(text) == [(words, value, unit, None)]


@pytest.mark.parametrize(
    "text",
    [
        "in 2019 the talks failed",
        "on May 3 officials met",
        "12 days later",
        "for two years",
        "Resolution 1540 was adopted",
        "a real chance",
        "five of them",
        "it won 5-3",
        "the second pound of flesh",
        "Flight 370 passengers",
        "at 5 p.m.",
        "try 3 again",
    ],
)
def test_numbers_that_measure_nothing_are_left_out(text):
    assert found(text) == []


def test_several_amounts_come_in_order_without_overlap():
    text = "Oslo gave $2 million and 300 tents; Lima added €1m, or 5 percent, for 40 villages."
    assert [one[0] for one in found(text)] == ["$2 million", "300 tents", "€1m", "5 percent", "40 villages"]


@given(st.text(), st.sampled_from(["$5m", "Rs 3 crore", "12 percent", "300 troops", "2 won", ""]), st.text())
def test_any_text_gives_exact_ordered_amounts(before, middle, after):
    text = before + middle + after
    end = 0
    for one in find_quantities(text):
        assert end <= one.start < one.end
        assert text[one.start : one.end] == one.text
        assert one.value >= 0
        assert one.unit or one.currency
        end = one.end
