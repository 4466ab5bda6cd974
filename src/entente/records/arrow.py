"""Events as Arrow tables, there and back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from entente.records.relation import StoredEvent

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["event_schema", "events_from_table", "events_to_table"]

_REPORT = "report_"


def event_schema() -> pa.Schema:
    """The columns of an event table: one event a row, parties nested, its report's fields named ``report_…``."""
    import pyarrow as pa

    text, offset, number, texts = pa.string(), pa.int64(), pa.float64(), pa.list_(pa.string())
    span = pa.struct([("start", offset), ("end", offset), ("text", text)])
    party = pa.struct(
        [
            ("text", text),
            ("start", offset),
            ("end", offset),
            ("country", text),
            ("sectors", texts),
            ("name", text),
            ("office", text),
            ("resolved_by", text),
            ("probability", number),
        ]
    )
    place = pa.struct(
        [
            ("name", text),
            ("country", text),
            ("latitude", number),
            ("longitude", number),
            ("geonames_id", offset),
            ("start", offset),
            ("end", offset),
        ]
    )
    when = pa.struct(
        [("value", text), ("end", text), ("precision", text), ("text", text), ("start", offset), ("end_char", offset)]
    )
    report = [(_REPORT + name, text) for name in _report_fields()]
    return pa.schema(
        [
            ("id", text),
            ("event", text),
            ("mode", texts),
            ("contexts", texts),
            ("status", text),
            ("quad_class", text),
            ("score", number),
            ("probability", number),
            ("actor", pa.list_(party)),
            ("recipient", pa.list_(party)),
            ("place", place),
            ("date", when),
            ("evidence", span),
            ("trigger", span),
            ("speaker", party),
            ("coder", text),
            ("model", text),
            *report,
        ]
    )


def events_to_table(events: Sequence[StoredEvent]) -> pa.Table:
    """Events as a table of ``event_schema``, in the same order."""
    import pyarrow as pa

    rows = []
    for event in events:
        row = msgspec.to_builtins(event)
        row |= {_REPORT + name: value for name, value in row.pop("report").items()}
        rows.append(row)
    return pa.Table.from_pylist(rows, schema=event_schema())


def events_from_table(table: pa.Table) -> tuple[StoredEvent, ...]:
    """The events of a table of ``event_schema``, equal to those that it was made of."""
    events = []
    for row in table.to_pylist():
        report = {name: row.pop(_REPORT + name) for name in _report_fields()}
        events.append(msgspec.convert({**row, "report": report}, StoredEvent))
    return tuple(events)


def _report_fields() -> tuple[str, ...]:
    from entente.records.relation import ReportSource

    return ReportSource.__struct_fields__
