"""Reports out of the rows of Parquet files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import BinaryIO

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from entente.errors import InputError
from entente.records import Failure, Incoming
from entente.sources.decoding import decode_noting
from entente.sources.rows import Columns, no_text, report_of_fields

__all__ = ["rows_of_parquet"]

_BATCH_ROWS = 128
_NO_UTF8 = "Write the file anew with its texts in UTF-8."
_DAMAGED = "Fetch it again, or write it anew as Parquet, JSONL or CSV."


def rows_of_parquet(stream: BinaryIO, origin: str, name: str, columns: Columns) -> Iterator[Incoming | Failure]:
    """The reports of a Parquet file, one a row; the rows are numbered from 1.

    Only the columns that are needed are read, a few rows at a time. Dates and times become ISO 8601, whole numbers the
    text they are written as.

    Parameters
    ----------
    stream : BinaryIO
        The file, which must allow seeking: what it holds stands at its end.
    origin, name : str
        Where it is, for messages, and its own name, for the ids of rows that give none.
    columns : Columns
        Which column holds what; all but that of the text may be missing.

    Raises
    ------
    InputError
        The file is damaged, has no rows, or has no column with the text; a column that is needed holds lists or the
        like. Rows before the damage are yielded first.
    """
    number = 0
    try:
        file = pq.ParquetFile(stream, buffer_size=1 << 16)
        found = {field.name: field.type for field in file.schema_arrow}
        if columns.text not in found:
            raise InputError(origin, *no_text(found, columns))
        wanted = [column for column in dict.fromkeys(msgspec.structs.astuple(columns)) if column in found]
        for column in wanted:
            _check_type(found[column], column, columns, origin)
        for batch in _batches(file, wanted):
            for row in zip(*(_values(batch.column(column)) for column in wanted), strict=True):
                number += 1
                fields = dict(zip(wanted, row, strict=True))
                yield _report(fields, f"{origin}:{number}", f"{name}:{number}", columns)
    except (pa.ArrowException, OSError) as problem:
        reason = f"is no Parquet file that can be read ({_first_line(problem)})."
        if number:
            reason = f"cannot be read after row {number} ({_first_line(problem)})."
        raise InputError(origin, reason, _DAMAGED) from problem
    if not number:
        raise InputError(origin, "the table has no rows.", "Leave it out, or check how it was made.")


def _batches(file: pq.ParquetFile, wanted: list[str]) -> Iterator[pa.RecordBatch]:
    """The rows, a few at a time; no batch crosses a row group, so that damage to one costs no row of another."""
    for group in range(file.num_row_groups):
        yield from file.iter_batches(batch_size=_BATCH_ROWS, row_groups=[group], columns=wanted)


def _check_type(kind: pa.DataType, column: str, columns: Columns, origin: str) -> None:
    """Refuse a column whose values are no text and stand for none."""
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    is_number = pa.types.is_integer(kind) or pa.types.is_floating(kind)  # tables with gaps make 7.0 of an id 7
    if _is_text(kind) or pa.types.is_null(kind) or (is_number and column != columns.text):
        return
    if column == columns.published and (pa.types.is_date(kind) or pa.types.is_timestamp(kind)):
        return
    remedy = "Write it as text, or name another column: see --text-column and its like in --help."
    raise InputError(origin, f"the column {column!r} holds values of the type {kind}, not text.", remedy)


def _is_text(kind: pa.DataType) -> bool:
    """Whether values are text; older programs write it as bytes, without saying that it is text."""
    tests: tuple[Callable[[pa.DataType], bool], ...] = (
        pa.types.is_string,
        pa.types.is_large_string,
        pa.types.is_string_view,
        pa.types.is_binary,
        pa.types.is_large_binary,
        pa.types.is_binary_view,
    )
    return any(test(kind) for test in tests)


def _report(fields: dict[str, object], place: str, fallback: str, columns: Columns) -> Incoming | Failure:
    """The report of a row whose texts may still be bytes."""
    warnings: list[str] = []
    try:
        for column, value in fields.items():
            if isinstance(value, bytes):
                decoded = decode_noting(value, place)
                fields[column] = decoded.text
                warnings += decoded.warnings
    except InputError as problem:
        return Failure(origin=place, source_id=fallback, reason=problem.reason, remedy=_NO_UTF8)
    report = report_of_fields(fields, place, fallback, columns)
    if warnings and isinstance(report, Incoming):
        return msgspec.structs.replace(report, warnings=tuple(dict.fromkeys(warnings)))
    return report


def _values(array: pa.Array) -> list[object]:
    """A column's values as a row of JSON would hold them; texts that are not UTF-8 as bytes."""
    kind = array.type
    if pa.types.is_timestamp(kind) and kind.unit == "ns":  # Python's times are not as fine
        array = array.cast(pa.timestamp("us", kind.tz), safe=False)
    if pa.types.is_date(kind) or pa.types.is_timestamp(kind):
        return [_written(scalar) for scalar in array]
    try:
        values: list[object] = array.to_pylist()
    except UnicodeDecodeError:  # Parquet calls such texts UTF-8, but not every program that writes it keeps to that
        plain = array.dictionary_decode() if pa.types.is_dictionary(kind) else array
        values = plain.cast(pa.large_binary()).to_pylist()
    return values


def _written(scalar: pa.Scalar) -> str | None:
    """A date or time in ISO 8601; one outside Python's calendar as the number it is stored as, which is no date."""
    if not scalar.is_valid:
        return None
    with suppress(ValueError, OverflowError):
        return str(scalar.as_py().isoformat())
    return f"{scalar.type} {scalar.value}"


def _first_line(problem: Exception) -> str:
    return str(problem).split("\n", 1)[0].strip().rstrip(".")[:200] or type(problem).__name__
