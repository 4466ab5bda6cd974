"""The conductor: inputs are prepared, coded and stored in small batches, and what fails is recorded.

Memory is bounded by a batch. A batch is written in one opening of the store and one transaction a report, so that a
process killed at any moment leaves whole reports only, and the same inputs given again go on where it stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Literal

import msgspec

from entente.coders.protocol import Coder
from entente.errors import EntenteError
from entente.records import Coding, Document, Failure, Incoming, Prepared, Report
from entente.reports.extract import extract
from entente.reports.prepare import prepare
from entente.store import Store
from entente.store.takedown import forgotten_among
from entente.store.versions import count_again, superseded
from entente.store.writing import (
    clear_failures,
    failed_before,
    known_reports,
    outlived_failures,
    record_failure,
    write_coding,
)

__all__ = ["Outcome", "Summary", "add", "read"]

BATCH_REPORTS = 16
BATCH_CHARACTERS = 60_000
"""Together these keep the store open for writing about 0.3 s at a time."""

Result = Literal["coded", "added", "new version", "back again", "already there", "forgotten", "failed"]
"""``back again`` is a page that went back to a text that the store holds."""


class Outcome(msgspec.Struct, frozen=True):
    """What became of one input; its coding is empty where nothing was coded, and its warnings say why."""

    origin: str
    result: Result
    coding: Coding
    codable: bool = True
    failure: Failure | None = None


class Summary(msgspec.Struct, kw_only=True):
    """How many inputs were added, were there, or failed; of the added ones how many cannot be coded or dated.

    ``back_again`` are pages that went back to an earlier text, ``forgotten`` were taken down before and left out.
    """

    added: int = 0
    new_versions: int = 0
    back_again: int = 0
    forgotten: int = 0
    already_there: int = 0
    failed: int = 0
    not_coded: int = 0
    undated: int = 0
    events: int = 0

    def count(self, outcome: Outcome) -> None:
        """Take one more input into account."""
        match outcome.result:
            case "failed":
                self.failed += 1
                return
            case "already there":
                self.already_there += 1
                return
            case "back again":
                self.back_again += 1
                return
            case "forgotten":
                self.forgotten += 1
                return
            case "new version":
                self.new_versions += 1
            case _:
                self.added += 1
        self.not_coded += not outcome.codable
        self.undated += outcome.coding.report.published is None
        self.events += len(outcome.coding.events)


class _Item(msgspec.Struct):
    """One input of a batch on its way: either a failure or a prepared report, then its coding."""

    origin: str
    source_id: str
    prepared: Prepared | None = None
    failure: Failure | None = None
    coding: Coding | None = None
    known: bool = False
    back: bool = False
    forgotten: bool = False


def add(
    inputs: Iterable[Incoming | Document | Failure],
    coder: Coder,
    store: Store,
    *,
    places: Collection[str] = (),
    on_outcome: Callable[[Outcome], None] | None = None,
) -> Summary:
    """Add reports to a store: once each, in order, whatever was added before.

    Parameters
    ----------
    inputs : iterable
        Reports as sources hand them over, and inputs that already failed there.
    coder : Coder
        Codes the reports that the store does not hold yet.
    store : Store
        Opened for each batch and closed again.
    places : collection of str
        What the inputs were asked for, as their origins begin: failures recorded there that did not come again at the
        end are cleared, such as that of a file which is gone.
    on_outcome : callable, optional
        Called for each input, in order, once it is stored.

    Raises
    ------
    StoreError
        The store cannot be written; what was added until then stays.
    """
    summary = Summary()
    failed = set()
    for batch in _batches(inputs):
        to_clear = _look_up(batch, store)
        _code(batch, coder)
        for outcome in _write(batch, coder, store, to_clear):
            summary.count(outcome)
            if outcome.failure is not None:
                failed.add(outcome.failure.origin)
            if on_outcome is not None:
                on_outcome(outcome)
    _clear_outlived(store, places, failed)
    return summary


def _clear_outlived(store: Store, places: Collection[str], failed: set[str]) -> None:
    if not places or not store.path.exists():
        return
    with store.reading() as connection:
        outlived = outlived_failures(connection, places, failed)
    if outlived:
        with store.writing() as connection:
            clear_failures(connection, outlived)


def read(inputs: Iterable[Incoming | Document | Failure], coder: Coder) -> Iterator[Outcome]:
    """Code reports without storing them: one outcome for each input, in order.

    A report that came before in the same inputs is coded again, and a warning says which it equals.
    """
    origins: dict[str, str] = {}
    for batch in _batches(inputs):
        _code(batch, coder)
        for item in batch:
            outcome = _outcome(item, "coded")
            if item.coding is not None and outcome.result == "coded":
                first = origins.setdefault(item.coding.report.id, item.origin)
                if first != item.origin:
                    outcome = msgspec.structs.replace(outcome, coding=_warned(item.coding, f"Same report as {first}."))
            yield outcome


def _batches(inputs: Iterable[Incoming | Document | Failure]) -> Iterator[list[_Item]]:
    batch: list[_Item] = []
    characters = 0
    for one in inputs:
        item = _prepared(one)
        batch.append(item)
        characters += len(item.prepared.report.text) if item.prepared else 0
        if len(batch) >= BATCH_REPORTS or characters >= BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def _prepared(one: Incoming | Document | Failure) -> _Item:
    if isinstance(one, Failure):
        return _Item(one.origin, one.source_id or one.origin, failure=one)
    item = _Item(one.origin, one.source_id)
    try:
        item.prepared = prepare(extract(one) if isinstance(one, Document) else one)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one report must not stop the others
        item.failure = _failure(item, error, "prepared")
    return item


def _look_up(batch: list[_Item], store: Store) -> list[str]:
    """Mark what the store holds already, or forgot; return the origins whose earlier failure is to be cleared."""
    if not store.path.exists():
        known: set[str] = set()
        back: set[str] = set()
        forgotten: set[str] = set()
        failed: set[str] = set()
    else:
        reports = [item.prepared.report for item in batch if item.prepared]
        with store.reading() as connection:
            known = known_reports(connection, reports)
            back = superseded(connection, reports)
            forgotten = forgotten_among(connection, reports)
            read_now = [origin for item in batch if item.prepared for origin in (item.origin, _file_of(item.origin))]
            failed = failed_before(connection, read_now)
    for item in batch:
        if item.prepared is not None:
            item.known = item.prepared.report.id in known
            item.back = item.prepared.report.id in back
            item.forgotten = not item.known and item.prepared.report.id in forgotten
    settled = [item.origin for item in batch if item.known or item.forgotten]
    settled += [_file_of(item.origin) for item in batch if item.prepared is not None]
    return [origin for origin in dict.fromkeys(settled) if origin in failed]


def _file_of(origin: str) -> str:
    """The file that a row comes from, empty where the origin is a whole file."""
    file, _, number = origin.rpartition(":")
    return file if number.isdecimal() else ""


def _code(batch: list[_Item], coder: Coder) -> None:
    """Code what is not known yet; where one report makes the coder fail, only that one is lost."""
    todo = [(item, item.prepared) for item in batch if item.prepared and not (item.known or item.forgotten)]
    try:
        codings = list(coder.code_many([prepared for _, prepared in todo]))
        for (item, prepared), coding in zip(todo, codings, strict=True):
            item.coding = _warned(coding, *prepared.warnings)
    except Exception:  # noqa: BLE001 - one report of the batch: the next lines find which
        for item, prepared in todo:
            _code_alone(item, prepared, coder)


def _code_alone(item: _Item, prepared: Prepared, coder: Coder) -> None:
    try:
        (coding,) = coder.code_many([prepared])
        item.coding = _warned(coding, *prepared.warnings)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one report must not stop the others
        item.failure = _failure(item, error, "coded")


def _write(batch: list[_Item], coder: Coder, store: Store, to_clear: list[str]) -> list[Outcome]:
    """Store a batch in one opening; a batch with nothing new leaves the store alone."""
    if not to_clear and all((item.known and not item.back) or item.forgotten for item in batch):
        return [_outcome(item, "already there") for item in batch]
    outcomes = []
    with store.writing() as connection:
        clear_failures(connection, to_clear)
        for item in batch:
            result: Result = "already there"
            if item.failure is not None:
                record_failure(connection, item.failure)
            elif item.back and item.prepared is not None:
                result = "back again" if count_again(connection, item.prepared.report.id) else result
            elif item.coding is not None and item.prepared is not None:
                result = write_coding(
                    connection,
                    item.coding,
                    origin=item.origin,
                    coded=item.prepared.codable,
                    coder=coder.name,
                    model=coder.model,
                    whole=item.prepared.whole,
                )
            outcomes.append(_outcome(item, result))
    return outcomes


def _outcome(item: _Item, result: Result) -> Outcome:
    if item.failure is not None:
        reason = f"{item.failure.reason} {item.failure.remedy}".strip()
        return Outcome(item.origin, "failed", _empty(item, reason), codable=False, failure=item.failure)
    assert item.prepared is not None  # noqa: S101 - an input that did not fail was prepared
    if item.forgotten or result == "forgotten":
        coding = Coding(report=item.prepared.report, warnings=("Forgotten before: nothing was coded or added.",))
        return Outcome(item.origin, "forgotten", coding, codable=item.prepared.codable)
    if item.coding is None or result == "already there":
        coding = Coding(report=item.prepared.report, warnings=("Already in the store: nothing was coded or added.",))
        kept: Result = "back again" if result == "back again" else "already there"
        return Outcome(item.origin, kept, coding, codable=item.prepared.codable)
    return Outcome(item.origin, result, item.coding, codable=item.prepared.codable)


def _warned(coding: Coding, *warnings: str) -> Coding:
    """The coding with those of the warnings that it does not give already."""
    missing = tuple(one for one in warnings if one not in coding.warnings)
    return msgspec.structs.replace(coding, warnings=missing + coding.warnings) if missing else coding


def _empty(item: _Item, reason: str) -> Coding:
    report = Report(
        id="",
        source_id=item.source_id,
        url=None,
        publisher=None,
        title=None,
        published=None,
        language="",
        obtained="",
        sha256="",
        text="",
    )
    return Coding(report=report, warnings=(reason,))


def _failure(item: _Item, error: Exception, done: str) -> Failure:
    if isinstance(error, EntenteError):
        return Failure(origin=item.origin, reason=error.reason, remedy=error.remedy, source_id=item.source_id)
    if isinstance(error, OSError):  # such as a full disk, where a library unpacks its tables
        reason = f"could not be {done}: the system says {error.strerror or error!s}."
        return Failure(
            origin=item.origin, reason=reason, remedy="Mend that and add it again.", source_id=item.source_id
        )
    reason = f"could not be {done} ({type(error).__name__}: {error})."
    remedy = "This is a fault of entente: please report it with this text."
    return Failure(origin=item.origin, reason=reason, remedy=remedy, source_id=item.source_id)
