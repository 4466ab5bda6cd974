"""Countries and organisations as people type them, and as entente prints them."""

from __future__ import annotations

import functools

from entente.cli.options import UsageError, nearest

__all__ = ["country", "title_of"]


def country(typed: str) -> str:
    """The code of a country or organisation, however it was typed.

    Raises
    ------
    UsageError
        Nothing is called so, and the nearest names are suggested; or several are ("Korea").
    """
    wanted = typed.strip()
    titles = _titles()
    if wanted.upper() in titles:
        return wanted.upper()
    by_title = {title.casefold(): code for code, title in titles.items()}
    if wanted.casefold() in by_title:
        return by_title[wanted.casefold()]
    from entente.gazetteer.countries import country_codes

    codes = country_codes(wanted)
    if not codes:
        hint = nearest(typed, list(titles.values())) or "Write a name (Pakistan) or an ISO code of three letters (PAK)."
        raise UsageError(f"{typed!r}", "no country or organisation is called so.", hint)
    if len(codes) > 1:
        names = " and ".join(f"{title_of(code)} ({code})" for code in codes)
        raise UsageError(f"{typed!r}", f"{len(codes)} are called so: {names}.", "Write one of these.")
    return codes[0]


def title_of(code: str) -> str:
    """The name under which entente prints a code; an unknown code as it is."""
    return _titles().get(code, code)


@functools.cache
def _titles() -> dict[str, str]:
    """Printed name by code, without the rest of the gazetteer, which would cost a command 40 ms more."""
    from entente.gazetteer.tables import rows

    return {row[1]: row[0] for file in ("states.tsv", "names.tsv") for row in rows(file) if row[2] == "title"}
