"""What tests of several rooms use."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.web import Server, serving


@pytest.fixture
def server() -> Iterator[Server]:
    """A real web server on this machine, answering as the test tells it."""
    with serving() as running:
        yield running
