"""Measure how well pages are read: ``python -m evaluation.pages``, or look at one: ``--show LAYOUT N``."""

from __future__ import annotations

import argparse
import dataclasses
import difflib
import json
import sys
from collections.abc import Sequence

from evaluation.gate import check, raise_floors
from evaluation.pages import later, made
from evaluation.pages.score import TOOLS, Judged, Score, judge, measured, run, summarise, words
from evaluation.pages.story import Page


def main() -> int:
    """Score, or show."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.pages", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print the scores for programs")
    parser.add_argument(
        "--show", nargs=2, metavar=("LAYOUT", "N"), help="print a page, its text, and what each tool gave"
    )
    parser.add_argument("--worst", type=int, metavar="N", help="also list entente's N worst pages and its wrong days")
    parser.add_argument("--raise", dest="raise_floors", action="store_true", help="move floors up to what was measured")
    parser.add_argument("--allow-lower", metavar="REASON", help="let floors fall, and keep the reason")
    parser.add_argument("--later", action="store_true", help="the second set, which has no floors")
    options = parser.parse_args()
    chosen = later if options.later else made
    if options.show:
        layout, number = options.show
        if layout not in chosen.LAYOUTS or not number.isdigit() or int(number) >= chosen.EACH:
            parser.error(f"--show takes a layout ({', '.join(chosen.LAYOUTS)}) and a number below {chosen.EACH}.")
        return _show(chosen.make(layout, int(number)))
    if options.later and (options.raise_floors or options.allow_lower):
        parser.error("--later has no floors: leave out --raise and --allow-lower.")
    pages = chosen.make_all()
    judged = run(pages)
    results = summarise(judged)
    figures = [] if options.later else measured(results)
    if options.raise_floors or options.allow_lower:
        for line in raise_floors(figures, allow_lower=options.allow_lower):
            print(line, file=sys.stderr)
    wrong = check(figures)
    if options.json:
        whole = {
            "fingerprint": made.fingerprint(pages),
            "scores": [dataclasses.asdict(r) for r in results],
            "wrong": wrong,
        }
        print(json.dumps(whole, indent=1))
    else:
        _table(results)
    if options.worst:
        _worst(judged["entente"], options.worst)
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


def _table(results: Sequence[Score]) -> None:
    print(f"{'':13}{'main text, word F1':^46}{'day right':^20}{'instant':^9}{'ms a page':^14}")
    print(f"{'':13}{'entente':>22}{'trafilatura':>24}{'ent.':>9}{'traf.':>9}{'ent.':>9}{'ent.':>9}{'traf.':>7}")
    by = {(r.layout, r.tool): r for r in results}
    for layout in dict.fromkeys(r.layout for r in results):
        ours, theirs = by[layout, "entente"], by[layout, "trafilatura"]
        texts = "".join(f"{s.f1:>9.3f} ({s.f1_interval[0]:.3f}–{s.f1_interval[1]:.3f})" for s in (ours, theirs))
        instants = "" if ours.instants is None else f"{ours.instants:.2f}"
        print(f"{layout:13}{texts}{ours.days:>9.2f}{theirs.days:>9.2f}{instants:>9}"
              f"{ours.milliseconds:>9.0f}{theirs.milliseconds:>7.0f}")  # fmt: skip
    for tool in ("entente", "trafilatura"):
        low, high = by["all", tool].days_interval
        print(f"days right, {tool}: {by['all', tool].days:.3f} ({low:.3f}–{high:.3f})")


def _worst(judged: Sequence[Judged], count: int) -> None:
    print("\nworst texts:")
    for j in sorted(judged, key=lambda j: j.f1)[:count]:
        print(f"  {j.page.layout} {j.page.number}: {j.f1:.3f}")
    print("wrong days and instants:")
    for j in judged:
        if not j.same_day or j.same_instant is False:
            print(f"  {j.page.layout} {j.page.number}: {j.found.published}, not {j.page.instant or j.page.day}")


def _show(page: Page) -> int:
    print(page.content.decode(page.charset or ("cp1252" if page.layout == "old" else "utf-8"), "replace"))
    print(f"\n===== {page.url}\n===== expected: {page.day}, {page.instant}\n{page.text}")
    for tool, read in TOOLS.items():
        j = judge(page, read(page))
        print(
            f"\n===== {tool}: F1 {j.f1:.3f}, {j.found.published} ({'right' if j.same_day else 'wrong'})\n{j.found.text}"
        )
        print(f"----- {tool}: words - missing, + extra")
        for line in _differences(words(page.text), words(j.found.text)):
            print(line)
    return 0


def _differences(expected: list[str], found: list[str]) -> list[str]:
    """Runs of words that only one of two texts has, in order."""
    out = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, expected, found, autojunk=False).get_opcodes():
        if kind != "equal" and b > a:
            out.append("- " + " ".join(expected[a:b]))
        if kind != "equal" and d > c:
            out.append("+ " + " ".join(found[c:d]))
    return out


if __name__ == "__main__":
    sys.exit(main())
