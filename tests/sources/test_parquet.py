"""Reports out of Parquet files: types, missing columns, damage, and memory."""

import datetime
import io
import random
from pathlib import Path
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from entente.errors import InputError
from entente.records import Failure, Incoming
from entente.sources.parquet import rows_of_parquet
from entente.sources.rows import Columns


def written(table: pa.Table | dict, **options) -> io.BytesIO:
    sink = io.BytesIO()
    pq.write_table(pa.table(table) if isinstance(table, dict) else table, sink, **options)
    sink.seek(0)
    return sink


def rows(stream: io.BytesIO, columns: Columns = Columns()) -> list[Incoming | Failure]:  # noqa: B008 - frozen
    return list(rows_of_parquet(stream, "box/a.parquet", "a.parquet", columns))


def test_each_row_is_a_report_with_its_place():
    table = {
        "text": ["Peru met Chile.", "Chile met Peru."],
        "id": ["r1", None],
        "title": ["Talks", None],
        "url": ["https://example.org/1", None],
        "publisher": ["La Voz", None],
        "published": ["2023-02-24", None],
        "unneeded": [[1], [2]],
    }
    first, second = rows(written(table))
    assert first == Incoming(
        text="Peru met Chile.",
        origin="box/a.parquet:1",
        source_id="r1",
        url="https://example.org/1",
        publisher="La Voz",
        title="Talks",
        published="2023-02-24",
    )
    assert second == Incoming(text="Chile met Peru.", origin="box/a.parquet:2", source_id="a.parquet:2")


@pytest.mark.parametrize(
    ("kind", "value", "published"),
    [
        (pa.date32(), datetime.date(2023, 2, 24), "2023-02-24"),
        (pa.date64(), datetime.date(2023, 2, 24), "2023-02-24"),
        (pa.timestamp("s"), datetime.datetime(2023, 2, 24, 9, 30), "2023-02-24T09:30:00"),
        (
            pa.timestamp("ns", "Asia/Karachi"),
            datetime.datetime(2023, 2, 24, 1, 0, tzinfo=ZoneInfo("Asia/Karachi")),
            "2023-02-24T01:00:00+05:00",
        ),
        (pa.int64(), 20230224, "20230224"),
        (pa.string(), None, None),
        (pa.null(), None, None),
    ],
)
def test_dates_come_as_iso_8601_with_their_zone(kind, value, published):
    table = pa.table({"text": ["Peru met Chile."], "published": pa.array([value], kind)})
    assert rows(written(table))[0].published == published


def test_time_finer_than_microseconds_or_outside_the_calendar_stops_nothing():
    fine = pa.table({"text": ["Peru"], "published": pa.array([1677231000123456789], pa.timestamp("ns", "UTC"))})
    assert rows(written(fine))[0].published == "2023-02-24T09:30:00.123456+00:00"
    far = pa.table({"text": ["Peru"], "published": pa.array([10**15], pa.timestamp("s"))})
    assert "timestamp" in rows(written(far))[0].published


@pytest.mark.parametrize(
    "kind", [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), pa.string()), pa.binary()]
)
def test_text_may_be_stored_in_any_way(kind):
    table = pa.table({"text": pa.array(["Türkiye met Peru."]).cast(pa.binary() if kind == pa.binary() else kind)})
    assert [row.text for row in rows(written(table))] == ["Türkiye met Peru."]


def test_text_that_is_not_utf8_is_read_or_named_for_its_row():
    raw = [b"Peru", b"The charg\xe9 d\x92affaires left.", "Посол прибыл".encode("koi8-r"), b"Chile"]
    for kind in (pa.binary(), pa.string()):
        table = pa.table({"text": pa.array(raw, pa.binary()).view(kind)})
        before, western, failure, after = rows(written(table))
        assert (before.text, after.text) == ("Peru", "Chile")
        assert western.text == "The chargé d’affaires left."
        assert "windows-1252" in western.warnings[0]
        assert isinstance(failure, Failure)
        assert "is not UTF-8" in failure.reason
        assert "UTF-8" in failure.remedy


def test_whole_numbers_are_ids():
    assert [row.source_id for row in rows(written({"text": ["Peru", "Chile"], "id": [7, 8]}))] == ["7", "8"]


def test_whole_numbers_that_a_gap_has_made_fractions_are_ids():
    table = {"text": ["Peru met Chile."] * 3, "id": [7.0, None, float("nan")]}
    assert [report.source_id for report in rows(written(table))] == ["7", "a.parquet:2", "a.parquet:3"]


@pytest.mark.parametrize("empty", [None, "", " \n"])
def test_row_without_text_is_a_failure_in_its_place(empty):
    before, failure, after = rows(written({"text": ["Peru", empty, "Chile"], "id": ["1", "2", "3"]}))
    assert (before.text, after.text) == ("Peru", "Chile")
    assert isinstance(failure, Failure)
    assert (failure.origin, failure.source_id) == ("box/a.parquet:2", "2")
    assert "holds nothing" in failure.reason
    assert failure.remedy


def test_columns_may_have_other_names():
    columns = Columns(text="body", id="key", published="day")
    (row,) = rows(written({"body": ["Peru"], "key": ["k"], "day": ["2023-02-24"], "text": [5]}), columns)
    assert (row.text, row.source_id, row.published) == ("Peru", "k", "2023-02-24")


def test_file_without_the_text_column_names_those_it_has():
    with pytest.raises(InputError, match=r"found: key, body") as caught:
        rows(written({"key": ["1"], "body": ["Peru"]}))
    assert "--text-column" in caught.value.remedy


@pytest.mark.parametrize(
    ("column", "values"),
    [("text", [5]), ("text", [["Peru"]]), ("title", [{"main": "Peru"}]), ("id", [True]), ("published", [[1]])],
)
def test_column_that_holds_no_text_is_refused_once(column, values):
    table = {"text": ["Peru"]} | {column: values}
    with pytest.raises(InputError, match=f"column '{column}' holds values of the type") as caught:
        rows(written(table))
    assert caught.value.remedy


def test_file_without_rows_is_an_error():
    with pytest.raises(InputError, match="no rows"):
        rows(written({"text": pa.array([], pa.string())}))


@pytest.mark.parametrize("raw", [b"", b"PAR1", b"PAR1" + b"x" * 40 + b"PAR1", b"Peru met Chile."])
def test_what_is_no_parquet_file_is_an_error_with_a_remedy(raw):
    with pytest.raises(InputError, match="Parquet") as caught:
        rows(io.BytesIO(raw))
    assert caught.value.remedy


def test_cut_off_file_is_an_error():
    whole = written({"text": ["Peru met Chile."] * 500}).getvalue()
    with pytest.raises(InputError, match="Parquet"):
        rows(io.BytesIO(whole[: len(whole) // 2]))


def test_rows_before_the_damage_are_kept():
    texts = [random.Random(n).randbytes(400).hex() for n in range(2000)]  # noqa: S311 - no secret
    whole = bytearray(written({"text": texts}, row_group_size=500, compression="zstd", use_dictionary=False).getvalue())
    group = pq.ParquetFile(io.BytesIO(whole)).metadata.row_group(3).column(0)
    start = group.data_page_offset + 60
    whole[start : start + 2000] = bytes(2000)
    kept = []
    with pytest.raises(InputError, match="after row 1500"):
        kept += rows_of_parquet(io.BytesIO(whole), "a", "a", Columns())  # a list keeps what came before an error
    assert len(kept) == 1500


def test_long_file_is_streamed(tmp_path: Path):
    path = tmp_path / "a.parquet"
    table = pa.table({"text": [f"{n} Peru and Chile met in Lima. " * 200 for n in range(3000)]})
    pq.write_table(table, path, row_group_size=200)
    del table
    before = pa.total_allocated_bytes()
    most = 0
    with path.open("rb") as stream:
        for _ in rows_of_parquet(stream, "a", "a", Columns()):
            most = max(most, pa.total_allocated_bytes() - before)
    assert 0 < most < 6_000_000
