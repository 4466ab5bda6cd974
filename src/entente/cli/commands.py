"""The commands of the command line."""

from __future__ import annotations

from cyclopts import App, Parameter

from entente import __version__

__all__ = ["COMMANDS", "app"]

app = App(
    name="entente",
    help="Reads reports on relations between states and keeps a verifiable record of the relationship.",
    help_epilogue="Begin with: entente read REPORT.txt",
    version=__version__,
    help_format="markdown",
    suppress_keyboard_interrupt=False,
    default_parameter=Parameter(negative=(), show_default=lambda value: value or None),
)

# Each command's import path, so that it loads only what it needs; what it does; and an example that ends its help.
COMMANDS = {
    "read": (
        "inputs:read",
        "Read reports and print their records. Stores nothing.\n\nWith --json one report is one object and several are a "
        "list; with --jsonl each input is a line, in order, also one that failed or is not English: its lists are empty "
        "and its warnings say why.",
        "entente read examples/us-pakistan-2023-02-24.txt",
    ),
    "add": (
        "inputs:add",
        "Add reports to the record. Safe to repeat; picks up where it stopped.\n\nThe same report is added once, from "
        "wherever it comes. A new text under the same address is a new version: both are kept, the older no longer counts.",
        "entente add examples --db demo.duckdb",
    ),
    "relation": (
        "outputs:relation",
        "Say how the relationship of two countries stands and moves.",
        "entente relation USA Pakistan --since 2023-01",
    ),
    "events": (
        "outputs:events",
        "List events, the latest first.",
        "entente events --type CONSULT --actor Pakistan --since 2023",
    ),
    "people": (
        "outputs:people",
        "List who holds which office, and between which days reports say so.",
        "entente people --country Pakistan",
    ),
    "reports": (
        "showing:reports",
        "List reports, the latest first, also superseded versions.",
        "entente reports --since 2023",
    ),
    "show": (
        "showing:show",
        "Show an event in the sentence that tells it, or a report with its record.\n\nWith --raw, show what of a report's "
        "source is no prose, and what never came into the report.",
        "entente show 3f2a9c01d4",
    ),
    "status": ("outputs:status", "Say what the record holds.", "entente status --json"),
    "failures": (
        "outputs:failures",
        "List inputs that could not be taken in, and why.\n\nAdding one again with success clears it.",
        "entente failures",
    ),
    "update": (
        "standing:update",
        "Fetch what is new of the sources, and add it.\n\nMade for cron: nothing is fetched twice, two updates never meet, "
        "and the exit status is 1 only if something failed, which is listed. See `entente source`.",
        "entente update --quiet",
    ),
    "new": (
        "arrivals:new",
        "Say what came in since you last asked, and which relations it tells of.\n\nWatched relations come first; see "
        "`entente watch`.",
        "entente new --since 2023-02-24",
    ),
    "watch": (
        "arrivals:watch",
        "List the relations that `entente new` puts first, or watch one more.",
        "entente watch USA Pakistan",
    ),
    "forget": (
        "upkeep:forget",
        "Take reports out of the record for good, or list those that were.\n\nAll that rests on them goes, and no word of "
        "them stays in the store. What is left keeps them, and other versions of a page of which none is left, from coming "
        "back.",
        "entente forget 9b1c02d4e8f7a653 --reason 'taken down by its publisher'",
    ),
    "backup": (
        "upkeep:backup",
        "Copy the record to one file, while others may read it.",
        "entente backup monday.duckdb.backup",
    ),
    "restore": (
        "upkeep:restore",
        "Put a copy in the place of the record; what was there is kept beside it.",
        "entente restore monday.duckdb.backup",
    ),
    "merge": (
        "upkeep:merge",
        "Join another store's reports into this one, without doubling any.\n\nThe other store is not changed. What was "
        "forgotten in either is in this one no more.",
        "entente merge other-desk.duckdb",
    ),
    "actor": (
        "lookups:actor",
        "Say whom a phrase means: its country and sectors, and why.",
        'entente actor "Pakistan\'s Defence Minister" --on 2023-02-24',
    ),
    "schema": ("lookups:schema", "Print the JSON Schema of a report's record.", "entente schema"),
}
for _name, (_path, _help, _example) in COMMANDS.items():
    app.command(f"entente.cli.{_path}", name=_name, help=_help, help_epilogue=f"Example: {_example}")
app.command(
    "entente.cli.standing:app",
    name="source",
    help="Name feeds, sitemaps, folders and lists of addresses that `entente update` looks at.",
)
app.command("entente.cli.evaluate:app", name="evaluate", help="Score the coder on texts with known answers.")
