"""Whatever has happened to a file, reading it ends with reports and failures, and never with an exception."""

import gzip
import io
import zipfile
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entente.records import Document, Failure, Incoming
from entente.sources.contents import Place, Reading, read_content, read_named


def _record(address):
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><p>Peru and Chile met in Lima.</p></html>"
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nContent-Length: {len(answer)}\r\n\r\n"
    return head.encode() + answer + b"\r\n\r\n"


def _mail():
    message = EmailMessage()
    message["From"], message["Subject"] = "Büro <a@b.example>", "Traité"
    message.set_content("Peru and Chile met in Lima.\n\n-- \nBüro")
    message.add_alternative("<html><p>Peru and Chile met in Lima.</p></html>", subtype="html")
    message.add_attachment("Chile agreed.", filename="traité.txt")
    return message.as_bytes()


def _zip(files):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


WARC = [_record("https://example.org/1"), _record("https://[::1]/2")]
FEED = (
    b'<rss version="2.0"><channel><title>N</title><item><link>https://example.org/1</link><title>Talks</title>'
    b"<description>&lt;p&gt;Peru met Chile.&lt;/p&gt;</description></item></channel></rss>"
)
FILES = {
    "a.warc": b"".join(WARC),
    "a.warc.gz": b"".join(map(gzip.compress, WARC)),
    "a.eml": _mail(),
    "a.mbox": b"From a@b.example Tue May 21 06:00:00 2024\n" + _mail(),
    "a.rss": FEED,
    "a.zip": _zip({"a.txt": "Peru met Chile.", "b.eml": _mail(), "c.warc.gz": gzip.compress(WARC[0])}),
    "a.jsonl.gz": gzip.compress(b'{"text": "Peru met Chile."}\n' * 9),
    "unnamed": _mail(),
}
CHANGES = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 12), st.binary(max_size=6)), min_size=1, max_size=5
)  # where, how many bytes go, and what comes instead


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=40, deadline=None)
@given(changes=CHANGES)
def test_damage_is_a_failure_and_never_an_exception(name, changes):
    content = FILES[name]
    for where, gone, instead in changes:
        place = int(where * len(content))
        content = content[:place] + instead + content[place + gone :]
    found = list(read_named(io.BytesIO(content), name, Place(origin=name, source_id=name), Reading()))
    assert found
    assert {type(one) for one in found} <= {Incoming, Document, Failure}
    assert all(one.reason for one in found if isinstance(one, Failure))


@pytest.mark.parametrize("name", FILES)
def test_the_same_files_undamaged_give_no_failure(name):
    found = list(read_named(io.BytesIO(FILES[name]), name, Place(origin=name, source_id=name), Reading()))
    assert found
    assert not [one for one in found if isinstance(one, Failure)]


def test_address_that_is_none_in_a_record_loses_nothing():
    content = _record("https://[broken/1") + WARC[0]
    first, second = read_named(io.BytesIO(content), "a.warc", Place(origin="a", source_id="a"), Reading())
    assert (first.source_id, second.url) == ("https://[broken/1", "https://example.org/1")


def test_error_that_nobody_foresaw_is_a_failure_of_its_input_alone():
    class Odd(io.BytesIO):
        def read(self, size=-1, /):
            raise ValueError("odd")

    (failure,) = read_content(Odd(b"Peru"), "text", Place(origin="a.txt", source_id="a.txt"), Reading())
    assert isinstance(failure, Failure)
    assert "ValueError: odd" in failure.reason
    assert failure.remedy
