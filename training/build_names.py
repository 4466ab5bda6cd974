"""Makes ``mentions/data/given-names.tsv`` from Wikidata's office holders: which given names are borne by men, which by women."""

from __future__ import annotations

import csv
import gzip
import re
from collections import Counter, defaultdict
from pathlib import Path

TARGET = Path("src/entente/mentions/data/given-names.tsv")


def given_names(holders: Path) -> list[tuple[str, str]]:
    """Given names that only one gender bears in the register, with "f" or "m"; short ones at least twice."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    seen = set()
    with gzip.open(holders, "rt", encoding="utf-8") as rows:
        for row in csv.DictReader(rows, delimiter="\t"):
            words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)?", row["person"])
            if row["gender"] in ("male", "female") and len(words) > 1 and row["wikidata"] not in seen:
                seen.add(row["wikidata"])
                counts[words[0].casefold()][row["gender"][0]] += 1
    return sorted(
        (name, next(iter(c))) for name, c in counts.items() if len(c) == 1 and (len(name) > 3 or c.total() > 1)
    )


if __name__ == "__main__":
    rows = given_names(Path("../shared/data/registers/office-holders.tsv.gz"))
    TARGET.write_text("".join(f"{name}\t{gender}\n" for name, gender in rows), encoding="utf-8")
