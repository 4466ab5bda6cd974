"""Places on the map by name: cities from 15,000 inhabitants, capitals, states."""

from __future__ import annotations

import re
from functools import cache

from entente.gazetteer.countries import match_names
from entente.gazetteer.tables import DATA, fold
from entente.records import Place

__all__ = ["find_place"]

# A city of the countries that a report is about is preferred to one of this many times its size elsewhere.
NEAR_WEIGHT = 40
ARTICLE = re.compile(r"^(?:the|The)\s+|^(?:city|town|village|port|capital) of\s+|\s+(?:city|City)$")


def find_place(name: str, *, country: str | None = None, near: tuple[str, ...] = ()) -> Place | None:
    """Return the place that a name means, or None where the gazetteer has none.

    Parameters
    ----------
    name : str
        The place's name as a report writes it; "Paris, Texas" and "Kunduz, Afghanistan" give the part after the comma
        as the country.
    country : str, optional
        Code of the state in which it must lie.
    near : tuple of str
        Codes of the countries that the report is about, most important first: a city there wins over a larger one.

    Returns
    -------
    Place
        With coordinates for a city; a state or region has its code alone.
    """
    name = name.strip(" .")
    head, _, tail = name.partition(", ")
    if tail and country is None:
        within = match_names(tail)
        if within:
            country, name = within[0].code, head
    city = _city(name, country, near) or _city(ARTICLE.sub("", name), country, near)
    whole = [
        m for m in match_names(name, near=near) if m.kind in ("country", "region") and m.end - m.start >= len(name) - 4
    ]
    if whole and country in (None, whole[0].code) and (city is None or whole[0].kind == "country"):
        return Place(name=whole[0].text, country=whole[0].code)
    return city


def _city(name: str, country: str | None, near: tuple[str, ...]) -> Place | None:
    rows = _by_name().get(" ".join(re.findall(r"\w+", fold(name))), ())
    table = _cities()
    best, best_weight = None, 0.0
    for row in rows:
        code, size, own = table["country"][row], table["population"][row], fold(table["name"][row]) == fold(name)
        if country is not None and code != country:
            continue
        weight = (size + 1) * (NEAR_WEIGHT if code in near else 1) * (3 if own else 1)
        if weight > best_weight:
            best, best_weight = row, weight
    if best is None:
        return None
    return Place(
        name=table["name"][best],
        country=table["country"][best],
        latitude=round(table["latitude"][best], 4),
        longitude=round(table["longitude"][best], 4),
        geonames_id=table["geonames_id"][best],
    )


@cache
def _cities() -> dict[str, list]:  # type: ignore[type-arg]  # columns of several types
    import pyarrow.parquet  # only who asks for a place pays for it

    table = pyarrow.parquet.read_table(DATA / "cities.parquet", use_threads=False)
    return {name: table.column(name).to_pylist() for name in table.column_names}


@cache
def _by_name() -> dict[str, list[int]]:
    out: dict[str, list[int]] = {}
    table = _cities()
    for row, (name, also) in enumerate(zip(table["name"], table["also"], strict=True)):
        for form in dict.fromkeys([name, *also.split("|")]):
            if form:
                out.setdefault(" ".join(re.findall(r"\w+", fold(form))), []).append(row)
    return out
