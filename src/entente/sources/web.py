"""Reports at addresses on the web: a page, a feed, a file of any kind that is read from the disk too."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import nullcontext

from entente.errors import InputError
from entente.records import Failure
from entente.sources.addresses import clean_address, without_password
from entente.sources.contents import Place, Reading, Taken, read_named
from entente.sources.fetching import Fetched, Fetcher

__all__ = ["read_address", "read_fetched"]


def read_address(url: str, reading: Reading, *, fetcher: Fetcher | None = None) -> Iterator[Taken]:
    """What an address that a person gave holds; whatever is wrong with it is a `Failure` and never an exception.

    The site's robots.txt is asked only where the fetcher is told to: it is for programs that choose what they fetch,
    not for a person who asks for one page.

    Parameters
    ----------
    url : str
        The address as typed.
    reading : Reading
        How rows and texts are read.
    fetcher : Fetcher, optional
        One fetcher for several addresses keeps a polite pace between those of one site.

    Yields
    ------
    Incoming, Document or Failure
        The items of a feed as they stand in it, the reports of a table or archive, a page or document as a whole.
    """
    try:
        with nullcontext(fetcher) if fetcher is not None else Fetcher() as using:
            answer = using.fetch(url)
    except InputError as problem:
        yield Failure(
            origin=without_password(url), source_id=clean_address(url), reason=problem.reason, remedy=problem.remedy
        )
        return
    assert isinstance(answer, Fetched)  # noqa: S101 - nothing was held, so nothing is unchanged
    yield from read_fetched(answer, reading)


def read_fetched(answer: Fetched, reading: Reading, *, publisher: str | None = None) -> Iterator[Taken]:
    """What fetched content holds, by the kind that it shows itself or is called by its server."""
    place = Place(
        origin=without_password(answer.asked),
        source_id=clean_address(answer.asked),
        url=answer.url,
        charset=answer.charset,
        publisher=publisher,
        obtained="web",
    )
    yield from read_named(io.BytesIO(answer.content), answer.file_name, place, reading, answer.content_type)
