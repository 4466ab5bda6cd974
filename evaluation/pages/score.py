"""How much of the pages' main text is found, and how many of their days: entente beside plain trafilatura."""

from __future__ import annotations

import re
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import mean

import numpy as np

from entente.errors import InputError
from entente.evaluation.intervals import Interval, bootstrap
from entente.records import Document
from evaluation.gate import Measured
from evaluation.pages.made import FINGERPRINT, make_all
from evaluation.pages.story import Page
from evaluation.report import table

__all__ = [
    "TOOLS",
    "Found",
    "Judged",
    "Score",
    "as_markdown",
    "by_entente",
    "by_trafilatura",
    "judge",
    "measured",
    "run",
    "scores",
    "summarise",
    "word_f1",
    "words",
]


@dataclass(frozen=True)
class Found:
    """What a tool took out of a page: no text (and no date) where it says that there is no article."""

    text: str
    published: str | None
    seconds: float


@dataclass(frozen=True)
class Judged:
    """A page with what a tool found; ``same_instant`` is None where the page gives no full time."""

    page: Page
    found: Found
    f1: float
    same_day: bool
    same_instant: bool | None


@dataclass(frozen=True)
class Score:
    """How well a tool did on a layout, or on all pages (``layout`` is ``all``).

    Shares and means over pages, with 95 % bootstrap intervals; ``instants`` is None where no page gives a full time.
    """

    layout: str
    tool: str
    n: int
    f1: float
    f1_interval: Interval
    days: float
    days_interval: Interval
    instants: float | None
    milliseconds: float


def words(text: str) -> list[str]:
    """Return a text's words in small letters; soft hyphens are no letters."""
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text).replace("\u00ad", "").lower())


def word_f1(expected: str, found: str) -> float:
    """Return the F1 of the words found, as a bag; 1 where nothing was expected and nothing found."""
    gold, theirs = Counter(words(expected)), Counter(words(found))
    if not gold or not theirs:
        return float(not gold and not theirs)
    return 2 * (gold & theirs).total() / (gold.total() + theirs.total())


def by_entente(page: Page) -> Found:
    """Read a page as entente does when it is added; the date is what the report would hold."""
    from entente.reports.extract import extract
    from entente.reports.written_dates import normalise_published

    name = f"{page.layout}:{page.number}"
    document = Document(
        content=page.content, media="page", origin=name, source_id=name, url=page.url, charset=page.charset
    )
    start = time.perf_counter()
    try:
        incoming = extract(document)
    except InputError:
        return Found("", None, time.perf_counter() - start)
    seconds = time.perf_counter() - start
    return Found(incoming.text, incoming.published and normalise_published(incoming.published), seconds)


def by_trafilatura(page: Page) -> Found:
    """Read a page with trafilatura as it comes."""
    from trafilatura import bare_extraction

    start = time.perf_counter()
    document = bare_extraction(page.content, url=page.url, with_metadata=True)
    seconds = time.perf_counter() - start
    if document is None:
        return Found("", None, seconds)
    return Found(document.text or "", document.date, seconds)


TOOLS: dict[str, Callable[[Page], Found]] = {"trafilatura": by_trafilatura, "entente": by_entente}


def judge(page: Page, found: Found) -> Judged:
    """Compare what was found with what a careful reader takes out of the page."""
    silent = page.day is None and not words(found.text)
    same_day = silent or (found.published or "")[:10] == (page.day or "")
    same_instant = None
    if page.instant:
        same_instant = found.published is not None and _minute(found.published) == _minute(page.instant)
    return Judged(page, found, word_f1(page.text, found.text), same_day, same_instant)


def _minute(moment: str) -> datetime | None:
    """A moment to the minute, which is all that visible times give; None where it is only a day."""
    try:
        when = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return when.replace(second=0, microsecond=0) if when.tzinfo else None


def run(pages: Iterable[Page], tools: Sequence[str] = tuple(TOOLS)) -> dict[str, list[Judged]]:
    """Let each tool read every page; no tool profits from what another one left in a cache."""
    from trafilatura.meta import reset_caches

    pages, out = list(pages), {}
    for tool in tools:
        reset_caches()
        TOOLS[tool](pages[0])  # the libraries are loaded before the clock runs
        out[tool] = [judge(page, TOOLS[tool](page)) for page in pages]
    return out


def summarise(judged: dict[str, list[Judged]]) -> list[Score]:
    """Return the scores of every layout, then those of all pages, for each tool."""
    out = []
    layouts = dict.fromkeys(j.page.layout for pages in judged.values() for j in pages)
    for layout in [*layouts, "all"]:
        for tool, pages in judged.items():
            chosen = [j for j in pages if layout in (j.page.layout, "all")]
            if chosen:
                out.append(_score(layout, tool, chosen))
    return out


def _score(layout: str, tool: str, judged: Sequence[Judged]) -> Score:
    counts = np.array([[j.f1, j.same_day, 1] for j in judged])
    intervals = bootstrap(counts, lambda c: {"f1": c[0] / c[2], "days": c[1] / c[2]})
    instants = [j.same_instant for j in judged if j.same_instant is not None]
    return Score(
        layout=layout,
        tool=tool,
        n=len(judged),
        f1=mean(j.f1 for j in judged),
        f1_interval=intervals["f1"],
        days=float(mean(j.same_day for j in judged)),
        days_interval=intervals["days"],
        instants=float(mean(instants)) if instants else None,
        milliseconds=1000 * mean(j.found.seconds for j in judged),
    )


def scores() -> list[Score]:
    """Make all pages, let both tools read them, and return the scores."""
    return summarise(run(make_all()))


def measured(results: Iterable[Score]) -> list[Measured]:
    """Return the figures that have a floor: entente's, over all pages."""
    ours = next(s for s in results if (s.layout, s.tool) == ("all", "entente"))
    gold = FINGERPRINT[:16]
    out = [Measured("Pages: main text, word F1", ours.f1, gold), Measured("Pages: day", ours.days, gold)]
    return out if ours.instants is None else [*out, Measured("Pages: instant", ours.instants, gold)]


def as_markdown(results: Sequence[Score]) -> str:
    """Return the section of the document: layouts below each other, tools side by side."""
    by = {(s.layout, s.tool): s for s in results}
    rows = []
    for layout in dict.fromkeys(s.layout for s in results):
        e, t = by[layout, "entente"], by[layout, "trafilatura"]
        instants = "" if e.instants is None else f"{e.instants:.2f}"
        times = f"{e.milliseconds:.0f} / {t.milliseconds:.0f}"
        rows.append([layout, str(e.n), _cell(e.f1, e.f1_interval), _cell(t.f1, t.f1_interval),
                     _cell(e.days, e.days_interval), _cell(t.days, t.days_interval), instants, times])  # fmt: skip
    columns = [
        "layout",
        "n",
        "text F1, entente",
        "text F1, trafilatura",
        "day, entente",
        "day, trafilatura",
        "instant",
        "ms a page",
    ]
    head = (
        "`python -m evaluation.pages`. Pages made for the purpose, 25 of each layout (`evaluation/pages/`); trafilatura as\n"
        "it comes, in the same run. Mean F1 of the words of the main text; share of pages whose day is right; instants only\n"
        "where a page gives a time with its zone.\n"
    )
    return f"{head}\n{table(columns, rows)}"


def _cell(value: float, interval: Interval) -> str:
    return f"{value:.3f} ({interval[0]:.3f}–{interval[1]:.3f})"
