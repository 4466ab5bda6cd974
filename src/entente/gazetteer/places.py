"""Places on the map by name: cities from 15,000 inhabitants, capitals, states."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, TypedDict

from entente.gazetteer.countries import match_names
from entente.gazetteer.tables import DATA, fold
from entente.records import Place

if TYPE_CHECKING:
    from pyarrow import Table

__all__ = ["find_place", "place_key"]

# A city of the countries that a report is about is preferred to one of this many times its size elsewhere.
NEAR_WEIGHT = 40
ARTICLE = re.compile(r"^(?:the|The)\s+|^(?:city|town|village|port|capital) of\s+|\s+(?:city|City)$")


class _City(TypedDict):
    name: str
    country: str
    latitude: float
    longitude: float
    geonames_id: int
    population: int


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


def place_key(name: str) -> str:
    """A place's name as the table of cities files it: folded words."""
    return " ".join(re.findall(r"\w+", fold(name)))


@lru_cache(maxsize=4096)
def _city(name: str, country: str | None, near: tuple[str, ...]) -> Place | None:
    key = place_key(name)
    best, best_weight = None, 0.0
    for city in _named(key) if key else ():
        if country is not None and city["country"] != country:
            continue
        preferred = NEAR_WEIGHT if city["country"] in near else 1
        weight = float((city["population"] + 1) * preferred * (3 if place_key(city["name"]) == key else 1))
        if weight > best_weight:
            best, best_weight = city, weight
    if best is None:
        return None
    return Place(
        name=best["name"],
        country=best["country"],
        latitude=round(best["latitude"], 4),
        longitude=round(best["longitude"], 4),
        geonames_id=best["geonames_id"],
    )


def _named(key: str) -> list[_City]:
    """The cities that are called so, largest first."""
    import pyarrow.compute  # only who asks for a place pays for it

    table = _cities()
    rows: list[_City] = table.filter(pyarrow.compute.match_substring(table["keys"], f"|{key}|")).to_pylist()
    return rows


@cache
def _cities() -> Table:
    import pyarrow.parquet

    return pyarrow.parquet.read_table(DATA / "cities.parquet", use_threads=False)
