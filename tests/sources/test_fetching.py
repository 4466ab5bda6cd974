"""Addresses are fetched politely, and whatever goes wrong is said in words."""

from __future__ import annotations

import gzip
import socket
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import brotli
import pytest

from entente.errors import InputError
from entente.sources.fetching import Fetched, Fetcher, NotModified, PageGone, Unavailable
from tests.web import Answer, Clock, Server


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def fetcher(clock: Clock) -> Iterator[Fetcher]:
    with Fetcher(clock=clock, sleep=clock.sleep, timeout_seconds=20) as made:
        yield made


def _fault(fetcher: Fetcher, url: str) -> InputError:
    with pytest.raises(InputError) as caught:
        fetcher.fetch(url)
    assert caught.value.what == url
    assert caught.value.remedy
    return caught.value


def test_a_page_comes_with_what_its_server_says_of_it(server: Server, fetcher: Fetcher):
    url = server.answer("/Talks.html?utm_source=rss", Answer(body=b"<p>Talks</p>", etag='"7"', last_modified="then"))
    got = fetcher.fetch(url + "#top")
    assert isinstance(got, Fetched)
    assert (got.asked, got.url) == (url + "#top", f"{server.url}/Talks.html")
    assert (got.status, got.content, got.content_type, got.charset) == (200, b"<p>Talks</p>", "text/html", "utf-8")
    assert (got.etag, got.last_modified, got.file_name) == ('"7"', "then", "Talks.html")
    assert got.date is not None
    (asked,) = server.asked
    assert asked.path == "/Talks.html?utm_source=rss"
    assert asked.headers["User-Agent"].startswith("entente/")


def test_what_is_held_already_does_not_come_again(server: Server, fetcher: Fetcher):
    url = server.answer(
        "/a", Answer(body=b"old", etag='"1"'), Answer(body=b"old", etag='"1"'), Answer(body=b"new", etag='"2"')
    )
    fetcher.fetch(url)
    assert fetcher.fetch(url, etag='"1"') == NotModified(asked=url, url=url, etag='"1"', last_modified=None)
    changed = fetcher.fetch(url, etag='"1"')
    assert isinstance(changed, Fetched)
    assert changed.content == b"new"
    dated = server.answer("/b", Answer(body=b"x", last_modified="Mon, 02 Mar 2026 06:00:00 GMT"))
    assert isinstance(fetcher.fetch(dated, last_modified="Mon, 02 Mar 2026 06:00:00 GMT"), NotModified)


def test_redirects_are_followed_to_the_page_that_counts(server: Server, fetcher: Fetcher):
    server.page("/2024/talks", "<p>Talks</p>")
    server.answer("/b", Answer(redirect="/2024/./talks?utm_medium=feed", status=301))
    url = server.answer("/a", Answer(redirect="b"))
    got = fetcher.fetch(url)
    assert isinstance(got, Fetched)
    assert (got.asked, got.url) == (url, f"{server.url}/2024/talks")


def test_a_redirector_is_not_asked_for_the_address_that_it_carries(server: Server, fetcher: Fetcher):
    page = server.page("/talks", "<p>Talks</p>")
    got = fetcher.fetch(f"{server.url}/rd?url={page}")
    assert isinstance(got, Fetched)
    assert got.url == page
    assert server.count("/talks") == len(server.asked) == 1


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_not_there_is_gone_for_good(server: Server, fetcher: Fetcher, status: int):
    fault = _fault(fetcher, server.answer("/a", Answer(status=status)))
    assert isinstance(fault, PageGone)
    assert f"answers {status}" in fault.reason
    assert server.count("/a") == 1


def test_a_part_that_nobody_asked_for_is_no_page(server: Server, fetcher: Fetcher):
    fault = _fault(fetcher, server.answer("/a", Answer(status=206, body=b"<p>Peru and")))
    assert isinstance(fault, Unavailable)
    assert "only a part" in fault.reason


@pytest.mark.parametrize("status", [401, 403, 451, 418])
def test_a_refusal_is_not_asked_again(server: Server, fetcher: Fetcher, status: int):
    fault = _fault(fetcher, server.answer("/a", Answer(status=status)))
    assert not isinstance(fault, Unavailable | PageGone)
    assert f"answers {status}" in fault.reason
    assert server.count("/a") == 1


def test_a_busy_server_is_asked_again_after_longer_and_longer_pauses(server: Server, fetcher: Fetcher, clock: Clock):
    busy = Answer(status=503)
    got = fetcher.fetch(server.answer("/a", busy, busy, busy, Answer(body=b"at last")))
    assert isinstance(got, Fetched)
    assert [0.5 * 2**n <= pause <= 2**n for n, pause in enumerate(clock.slept)] == [True, True, True]


def test_a_server_that_stays_busy_is_given_up_for_now(server: Server, fetcher: Fetcher):
    fault = _fault(fetcher, server.answer("/a", Answer(status=500)))
    assert isinstance(fault, Unavailable)
    assert fault.reason == "answers 500: the server cannot answer now."
    assert server.count("/a") == 4


def test_a_server_that_says_how_long_to_wait_is_left_alone_that_long(server: Server, fetcher: Fetcher, clock: Clock):
    fetcher.fetch(server.answer("/a", Answer(status=429, headers={"Retry-After": "90"}), Answer(body=b"x")))
    assert clock.slept == [90]


def test_a_server_may_name_the_time_until_when_to_wait(server: Server, fetcher: Fetcher, clock: Clock):
    until = format_datetime(datetime.now(UTC) + timedelta(seconds=120), usegmt=True)
    fetcher.fetch(server.answer("/a", Answer(status=503, headers={"Retry-After": until}), Answer(body=b"x")))
    assert sum(clock.slept) == pytest.approx(120, abs=3)


@pytest.mark.parametrize("said", ["soon", "", "-5", "Mon, 99 Foo 2026"])
def test_a_wait_that_means_nothing_is_a_short_pause(server: Server, fetcher: Fetcher, clock: Clock, said: str):
    fetcher.fetch(server.answer("/a", Answer(status=503, headers={"Retry-After": said}), Answer(body=b"x")))
    assert clock.now < 1002


def test_a_site_that_wants_a_long_rest_is_not_asked_for_anything_else(server: Server, fetcher: Fetcher, clock: Clock):
    fault = _fault(fetcher, server.answer("/a", Answer(status=429, headers={"Retry-After": "900"})))
    assert isinstance(fault, Unavailable)
    assert (fault.retry_after_seconds, fault.remedy) == (900, "Try again in 15 minutes.")
    other = _fault(fetcher, server.page("/b", "x"))
    assert isinstance(other, Unavailable)
    assert other.reason == "its site asks to be left alone for another 15 minutes."
    assert (server.count("/a"), server.count("/b"), clock.slept) == (1, 0, [])
    clock.now += 901
    assert isinstance(fetcher.fetch(f"{server.url}/b"), Fetched)


@pytest.mark.parametrize("length", ["9" * 400, "99999999999"])
def test_a_wait_of_ages_is_still_a_number(server: Server, fetcher: Fetcher, length: str):
    fault = _fault(fetcher, server.answer("/a", Answer(status=429, headers={"Retry-After": length})))
    assert isinstance(fault, Unavailable)
    assert fault.retry_after_seconds == 7 * 24 * 3600


def test_redirects_without_end_end(server: Server, fetcher: Fetcher):
    server.answer("/b", Answer(redirect="/a"))
    fault = _fault(fetcher, server.answer("/a", Answer(redirect="/b")))
    assert fault.reason == "redirects without end (20 times)."
    assert len(server.asked) == 21


@pytest.mark.parametrize(
    "target", ["mailto:desk@kurier.example", "ftp://kurier.example/a", "http://[", "file:///etc/hosts"]
)
def test_a_redirect_out_of_the_web_is_not_followed(server: Server, fetcher: Fetcher, target: str):
    fault = _fault(fetcher, server.answer("/a", Answer(redirect=target)))
    assert fault.reason == f"redirects to '{target}', which is no http or https address."


def test_a_redirect_that_names_no_target_is_no_page(server: Server, fetcher: Fetcher):
    assert "answers 302" in _fault(fetcher, server.answer("/a", Answer(status=302))).reason


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(hangs=True), "the server does not answer within 0.3 seconds."),
        (Answer(endless_headers=True), "the server does not answer within 0.3 seconds."),
        (Answer(body=b"x" * 999, drips_seconds=0.05), "the download did not end within 0.3 seconds"),
    ],
)
def test_a_server_may_not_take_for_ever(server: Server, answer: Answer, reason: str):
    with Fetcher(timeout_seconds=0.3) as fetcher:
        fault = _fault(fetcher, server.answer("/a", answer))
        assert isinstance(fault, Unavailable)
        assert fault.reason.startswith(reason)
        assert server.count("/a") == 1
        assert isinstance(fetcher.fetch(server.page("/b", "x")), Fetched)


def test_redirects_share_the_time_that_an_address_has(server: Server):
    for number in range(20):
        server.answer(f"/{number}", Answer(redirect=f"/{number + 1}", delay_seconds=0.1))
    with Fetcher(timeout_seconds=0.35) as fetcher:
        assert "within 0.35 seconds" in _fault(fetcher, f"{server.url}/0").reason
    assert 2 <= len(server.asked) <= 4


def test_a_server_that_stops_in_the_middle_is_asked_again(server: Server, clock: Clock):
    with Fetcher(read_seconds=0.2, clock=clock, sleep=clock.sleep, tries=2) as fetcher:
        fault = _fault(fetcher, server.answer("/a", Answer(hangs=True)))
    assert isinstance(fault, Unavailable)
    assert fault.reason == "the server stopped answering."
    assert server.count("/a") == 2


def test_a_download_that_breaks_off_is_tried_again(server: Server, fetcher: Fetcher):
    torn = Answer(body=b"half of it", claimed_length=2000)
    got = fetcher.fetch(server.answer("/a", torn, Answer(body=b"all of it")))
    assert isinstance(got, Fetched)
    assert got.content == b"all of it"
    assert _fault(fetcher, server.answer("/b", torn)).reason == "the download broke off after 10 of 2,000 bytes."
    assert server.count("/b") == 4


def test_nobody_listening_is_a_refused_connection(fetcher: Fetcher):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    fault = _fault(fetcher, f"http://127.0.0.1:{port}/a")
    assert isinstance(fault, Unavailable)
    assert fault.reason == "the connection is refused: no server answers there."


def test_a_host_that_nobody_knows_is_named(fetcher: Fetcher):
    fault = _fault(fetcher, "http://desk.invalid/a")
    assert isinstance(fault, Unavailable)
    assert "desk.invalid" in fault.reason


def test_a_server_without_tls_gives_no_secure_connection(server: Server, fetcher: Fetcher):
    fault = _fault(fetcher, server.url.replace("http:", "https:") + "/a")
    assert fault.reason.startswith("no secure connection")


@pytest.mark.parametrize("body", [b"", b" \r\n\t"])
def test_an_empty_answer_is_no_page(server: Server, fetcher: Fetcher, body: bytes):
    assert _fault(fetcher, server.answer("/a", Answer(body=body))).reason == "the answer is empty."


def _raw_deflate(plain: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(plain) + packer.flush()


PACKERS = {"gzip": gzip.compress, "br": brotli.compress, "deflate": zlib.compress, "raw deflate": _raw_deflate}


@pytest.mark.parametrize("packer", PACKERS)
def test_compressed_answers_are_unpacked_or_refused_where_they_are_damaged(
    server: Server, fetcher: Fetcher, packer: str
):
    plain = b"<p>The talks went on in the harbour.</p>" * 5000
    packed, headers = PACKERS[packer](plain), {"Content-Encoding": packer.rpartition(" ")[2]}
    got = fetcher.fetch(server.answer("/a", Answer(body=packed, headers=headers)))
    assert isinstance(got, Fetched)
    assert got.content == plain
    for damaged in (packed[:-9], b"no such thing" + packed):
        fault = _fault(fetcher, server.answer("/b", Answer(body=damaged, headers=headers)))
        assert isinstance(fault, Unavailable)
        assert fault.reason.startswith("the answer's compression is damaged")


def test_an_answer_may_be_compressed_twice_and_in_several_packets(server: Server, fetcher: Fetcher):
    twice = brotli.compress(gzip.compress(b"Talks ") + gzip.compress(b"ended."))
    got = fetcher.fetch(server.answer("/a", Answer(body=twice, headers={"Content-Encoding": "gzip, br"})))
    assert isinstance(got, Fetched)
    assert got.content == b"Talks ended."


def test_a_file_that_is_unpacked_on_its_way_is_called_so(server: Server, fetcher: Fetcher):
    packed = Answer(body=gzip.compress(b"{}"), headers={"Content-Encoding": "gzip"})
    got = fetcher.fetch(server.answer("/rows.jsonl.gz", packed))
    assert isinstance(got, Fetched)
    assert got.file_name == "rows.jsonl"


@pytest.mark.parametrize("times", [0, 1, 2])
def test_more_than_one_takes_in_is_not_taken(server: Server, times: int):
    body = b"x" * 3_000_000
    for _ in range(times):
        body = gzip.compress(body)
    answer = Answer(body=body, headers={"Content-Encoding": ", ".join(["gzip"] * times)} if times else {})
    with Fetcher(max_bytes=2_000_000) as fetcher:
        assert _fault(fetcher, server.answer("/a", answer)).reason == "is longer than 2 MB."


def test_the_server_may_name_the_file(server: Server, fetcher: Fetcher):
    headers = {"Content-Disposition": 'attachment; filename="../Bericht 7.pdf"'}
    got = fetcher.fetch(server.answer("/get?id=7", Answer(body=b"%PDF-", headers=headers, content_type=None)))
    assert isinstance(got, Fetched)
    assert (got.file_name, got.content_type) == ("Bericht 7.pdf", None)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("ftp://kurier.example/a", "ftp addresses are not fetched."),
        ("https://", "is not a web address."),
        ("http://[::1", "is not a web address."),
        ("kurier.example/a", "is not a web address."),
        ("", "is not a web address."),
    ],
)
def test_what_is_no_web_address_is_not_asked_for(fetcher: Fetcher, typed: str, reason: str):
    assert _fault(fetcher, typed).reason == reason


def test_one_site_is_asked_no_more_than_once_a_second(server: Server, clock: Clock):
    asked = []
    with Fetcher(spares_own_machine=False, rate_seconds=1.0, clock=clock, sleep=clock.sleep) as fetcher:
        for path in ("/a", "/b", "/c"):
            fetcher.fetch(server.page(path, "x"))
            asked.append(clock.now)
            clock.now += 0.4
    assert asked == [1000, 1001, 1002]


def test_a_server_on_this_machine_is_not_waited_for(server: Server, fetcher: Fetcher, clock: Clock):
    for path in ("/a", "/b"):
        fetcher.fetch(server.page(path, "x"))
    assert clock.slept == []


def test_what_one_page_sets_is_not_told_to_the_next(server: Server, fetcher: Fetcher):
    server.page("/in", "<p>welcome</p>")
    fetcher.fetch(server.answer("/a", Answer(redirect="/in", headers={"Set-Cookie": "seen=1"})))
    fetcher.fetch(server.page("/b", "x"))
    assert [one.headers.get("Cookie") for one in server.asked] == [None, "seen=1", None]
