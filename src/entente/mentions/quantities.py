"""How much and how many: sums of money, shares and counted things, with their value in plain figures."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from importlib.resources import files

import msgspec

__all__ = ["Quantity", "find_quantities"]


class Quantity(msgspec.Struct, frozen=True, kw_only=True):
    """An amount that a text names.

    ``value`` is the number meant ("$9.9 billion" is 9,900,000,000); ``currency`` an ISO 4217 code, None for what is no
    money or money of an unknown country; ``unit`` is what is measured or counted ("percent", "tonne", "troops"), or the
    name of money of an unknown country ("rupee"), and None for other money. Of "$3-5 billion" the value is the lower.
    """

    start: int
    end: int
    text: str
    value: float
    unit: str | None = None
    currency: str | None = None


class _Tables(msgspec.Struct, frozen=True):
    """The signs, names, measures and scales of ``data/quantities.toml``; a name's codes are by country or "default"."""

    not_counted: frozenset[str]
    plurals: frozenset[str]
    common_words: frozenset[str]
    signs: dict[str, str]
    shared_signs: dict[str, str]
    forms: dict[str, str]
    names: dict[str, dict[str, str]]
    countries: dict[str, str]
    units: dict[str, str]
    scales: dict[str, int]


_TABLES = msgspec.convert(
    tomllib.loads((files("entente.mentions") / "data" / "quantities.toml").read_text(encoding="utf-8")), _Tables
)
_WORD_NUMBERS: dict[str, Decimal] = {
    word: Decimal(value)
    for value, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty".split(),
        start=1,
    )
} | {word: Decimal(10 * tens) for tens, word in enumerate("thirty forty fifty sixty seventy eighty ninety".split(), 3)}
_WORD_NUMBERS |= {"a": Decimal(1), "half a": Decimal("0.5")}
_DESCRIBING = (
    r"(?:(?:more|additional|extra|new|other|armed|heavily armed|elite|young|local|foreign|civilian|military|naval|"
    r"coast|fishing|national|senior|"
    r"[A-Z][a-z]+(?:ian|ish|ese|ean|can|ani|ari|eli|aqi|ench|tch|reek|iss|yan|ni)|U\.?S\.?|UN|NATO)\s+){0,3}"
)

_FIGURE = r"(?:\d{1,3}(?:,\d{2,3})+|\d+)(?:\.\d+)?"
_SCALE = r"(?:" + "|".join(sorted(_TABLES.scales, key=len, reverse=True)) + r")s?"
_LONG_SCALE = (
    r"(?:" + "|".join(sorted((word for word in _TABLES.scales if len(word) > 3), key=len, reverse=True)) + r")s?"
)
_CURRENCY_NAMES = "|".join(
    sorted({*(name for name in _TABLES.names if name.isalpha()), *_TABLES.forms}, key=lambda name: (-len(name), name))
)
_COUNTRY_NAMES = "|".join(re.escape(word) for word in sorted(_TABLES.countries, key=lambda word: (-len(word), word)))
_ALL_SIGNS = "|".join(
    re.escape(sign) for sign in sorted({*_TABLES.signs, *_TABLES.shared_signs}, key=lambda sign: (-len(sign), sign))
)
_UNIT_NAMES = "|".join(
    re.escape(word).replace(r"\ ", r"\s+") for word in sorted(_TABLES.units, key=lambda word: (-len(word), word))
)
_WORDS = "|".join(sorted((word for word in _WORD_NUMBERS if word not in ("a", "an")), key=len, reverse=True))

# $9.9 billion · US$300m · Rs 1,200 crore · £1.2bn
_SIGNED = re.compile(
    rf"(?<![\w$€£])(?P<sign>{_ALL_SIGNS})\s?(?P<figure>{_FIGURE})(?:\s?(?:-|–|to)\s?{_FIGURE}(?=\s?{_SCALE}(?!\w)))?"
    rf"(?:(?:\s|-)?(?P<scale>{_SCALE})(?![\w]))?(?:\s+(?P<scale2>{_LONG_SCALE})\b)?",
    re.IGNORECASE,
)
# 5 million euros · 35 lakh Nepalese rupees · two billion US dollars
_NAMED = re.compile(
    rf"(?<![\w.,$€£-])(?P<figure>{_FIGURE}|{_WORDS}|a)(?:[\s-]+(?P<scale>{_SCALE}))?(?:\s+(?P<scale2>{_LONG_SCALE}))?"
    rf"(?:\s+of)?[\s-]+(?:(?P<country>{_COUNTRY_NAMES})\s+)?(?P<name>(?:{_CURRENCY_NAMES})e?s?)\b"
    rf"(?:\s+(?P<after>sterling)\b)?",
    re.IGNORECASE,
)
# 300 million EUR
_CODED = re.compile(
    rf"(?<![\w.,$€£-])(?P<figure>{_FIGURE})(?:\s?(?P<scale>{_SCALE}))?\s?(?P<sign>[A-Z]{{3}}|€|£|₽|₹)(?!\w)"
)
# 12 percent · 20,000 tonnes
_MEASURED = re.compile(
    rf"(?<![\w.,$€£-])(?P<figure>{_FIGURE}|{_WORDS})(?:[\s-]+(?P<scale>{_SCALE}))?(?:\s+(?P<scale2>{_LONG_SCALE}))?"
    rf"(?:\s+of)?(?:\s*|-)(?P<unit>{_UNIT_NAMES})(?!\w)",
    re.IGNORECASE,
)
# 300 troops · two million refugees
_COUNTED = re.compile(
    rf"(?<![\w.,$€£/:-])(?P<figure>{_FIGURE}|(?i:{_WORDS}))(?:\s+(?P<scale>(?i:{_LONG_SCALE})))?"
    rf"(?:\s+(?P<scale2>(?i:{_LONG_SCALE})))?\s+{_DESCRIBING}(?P<unit>[a-z]{{2,}}(?:-[a-z]+)?)\b(?![-'’])"
)
_DATE_BEFORE = re.compile(
    r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?\s+$|(?:No\.|Resolution|Article|Flight|Route)\s+$"
)


def find_quantities(text: str, *, country_hint: str | None = None) -> tuple[Quantity, ...]:
    """The amounts of money, shares and counted things that a text names, in order and without overlap.

    Parameters
    ----------
    text : str
        Any stretch of a report.
    country_hint : str, optional
        The country (ISO 3166 alpha-3) whose money is meant where a name or sign is shared, as "Rs" and "$" are. A
        nationality in the text ("Nepalese rupees") wins. Rupees without either have no currency; dollars without
        either are those of the United States.

    Returns
    -------
    tuple of Quantity
        Offsets are those of ``text``. Numbers with no thing counted are left out, and so are stretches of time.
    """
    # Where two begin together the first kind wins: money is no count of things ("5 million euros").
    ranked = [
        *((one, 0) for one in _money(text, country_hint)),
        *((_quantity(match, unit=_TABLES.units[_plain(match["unit"])]), 1) for match in _MEASURED.finditer(text)),
        *((_quantity(match, unit=match["unit"]), 2) for match in _COUNTED.finditer(text) if _is_count(text, match)),
    ]
    ranked.sort(key=lambda pair: (pair[0].start, pair[1], -pair[0].end))
    kept: list[Quantity] = []
    for one, _ in ranked:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return tuple(kept)


def _plain(words: str) -> str:
    return re.sub(r"\s+", " ", words.lower())


def _money(text: str, country_hint: str | None) -> Iterator[Quantity]:
    """The sums of money that a text names; one in money of an unknown country has the money's name as its unit."""
    for match in _SIGNED.finditer(text):
        sign = match["sign"]
        if sign in _TABLES.signs:
            yield _quantity(match, currency=_TABLES.signs[sign])
        elif sign in _TABLES.shared_signs:  # written as usual: "Rs", not "RS"
            name = _TABLES.shared_signs[sign]
            currency = _currency(name, country_hint)
            yield _quantity(match, currency=currency, unit=None if currency else name)
    for match in _NAMED.finditer(text):
        name = _singular(match["name"])
        country = _TABLES.countries.get(_plain(match["country"] or match["after"] or ""))
        is_sum = match["scale"] or country or (match["figure"].isdigit() and int(match["figure"]) >= 100)
        if is_sum or (name not in _TABLES.common_words and match["figure"].lower() != "a"):
            currency = _currency(name, country or country_hint)
            yield _quantity(match, currency=currency, unit=None if currency else name)
    for match in _CODED.finditer(text):
        if match["sign"] in _TABLES.signs:
            yield _quantity(match, currency=_TABLES.signs[match["sign"]])


def _is_count(text: str, match: re.Match[str]) -> bool:
    """Whether the word after a number is a thing counted, and the number no day, year or part of a name."""
    unit, figure = match["unit"], match["figure"]
    if unit in _TABLES.not_counted or not (unit.endswith("s") or unit in _TABLES.plurals):
        return False
    if _DATE_BEFORE.search(text[max(0, match.start() - 14) : match.start()]):
        return False
    return (
        not re.fullmatch(r"1[89]\d\d|20\d\d", figure)
        or bool(match["scale"])
        or unit in ("people", "troops", "soldiers")
    )


def _singular(name: str) -> str:
    """A currency's name as the table has it."""
    lowered = name.lower()
    for candidate in (lowered, lowered.removesuffix("s"), lowered.removesuffix("es")):
        known = _TABLES.forms.get(candidate, candidate)
        if known in _TABLES.names:
            return known
    return lowered


def _currency(name: str, country: str | None) -> str | None:
    """The ISO 4217 code of a currency's name, by the country that is meant."""
    codes = _TABLES.names.get(name, {})
    return codes.get(country or "default") or codes.get("default")


def _quantity(match: re.Match[str], *, unit: str | None = None, currency: str | None = None) -> Quantity:
    """The amount that a match's figure and scales make."""
    groups = match.groupdict()
    figure = _plain(match["figure"])
    value = _WORD_NUMBERS[figure] if figure in _WORD_NUMBERS else Decimal(figure.replace(",", ""))
    for scale in (groups.get("scale"), groups.get("scale2")):
        if scale:
            lowered = scale.lower()
            value *= _TABLES.scales.get(lowered) or _TABLES.scales[lowered.removesuffix("s")]
    return Quantity(
        start=match.start(),
        end=match.end(),
        text=match.group(),
        value=float(value),
        unit=unit,
        currency=currency,
    )
