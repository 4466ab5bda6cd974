"""Dates in the forms that only programs write."""

import pytest

from entente.reports.written_dates import normalise_published


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Tue May 21 06:00:00 2024", "2024-05-21"),
        ("Tue May  7 06:00:00 2024", "2024-05-07"),
        ("Tue May 21 06:00:00 UTC 2024", "2024-05-21T06:00:00+00:00"),
        ("Tue May 21 06:00:00 IST 2024", "2024-05-21"),
        ("Tue May 21 06:00:00 +0530 2024", "2024-05-21T06:00:00+05:30"),
        ("Tue May 21 2024 06:00:00 GMT+0200 (CEST)", "2024-05-21T06:00:00+02:00"),
        ("Tuesday, 21-May-24 06:00:00 GMT", "2024-05-21T06:00:00+00:00"),
        ("Friday, 21-May-99 06:00:00 GMT", "1999-05-21T06:00:00+00:00"),
        ("21-May-24", "2024-05-21"),
        ("Tue,21 May 2024 06:00:00 GMT", "2024-05-21T06:00:00+00:00"),
        ("20240521060000", "2024-05-21"),
        ("202405210600Z", "2024-05-21T06:00:00+00:00"),
        ("Tue, 21 May 24 06:00 +0200", "2024-05-21T06:00:00+02:00"),
        ("Tue, 21 May 2024 06:00:00 CST", "2024-05-21"),
    ],
)
def test_date_of_a_program_is_read(written, read):
    assert normalise_published(written) == read


@pytest.mark.parametrize(
    "written", ["Tue Bay 21 06:00:00 2024", "31-Jun-24", "20241321060000", "00000000000000", "5-6-24", "Tue,21"]
)
def test_what_is_no_date_of_a_program_is_none(written):
    assert normalise_published(written) is None
