"""What a site asks of programs in its robots.txt is done, where a program chose the address."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from entente.sources.fetching import Fetched, Fetcher, RobotsRefusal, Unavailable
from tests.web import Answer, Clock, Server

RULES = "User-agent: *\nDisallow: /private\nAllow: /private/open\n\nUser-agent: greedy\nDisallow: /\n"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def fetcher(clock: Clock) -> Iterator[Fetcher]:
    with Fetcher(respect_robots=True, spares_own_machine=False, clock=clock, sleep=clock.sleep) as made:
        yield made


def _rules(server: Server, text: str) -> None:
    server.page("/robots.txt", text, "text/plain")


def test_an_allowed_page_is_fetched_and_the_rules_asked_for_once(server: Server, fetcher: Fetcher):
    _rules(server, RULES)
    for path in ("/a", "/private/open/b"):
        assert isinstance(fetcher.fetch(server.page(path, "x")), Fetched)
    assert server.count("/robots.txt") == 1


def test_a_page_that_programs_should_leave_alone_is_left_alone(server: Server, fetcher: Fetcher):
    _rules(server, RULES)
    url = server.page("/private/a", "x")
    with pytest.raises(RobotsRefusal, match="asks programs to leave this address alone"):
        fetcher.fetch(url)
    assert server.count("/private/a") == 0


def test_rules_for_this_program_go_before_those_for_all(server: Server, fetcher: Fetcher):
    _rules(server, "User-agent: *\nDisallow: /\n\nUser-agent: entente\nDisallow: /x\n")
    assert isinstance(fetcher.fetch(server.page("/a", "x")), Fetched)
    with pytest.raises(RobotsRefusal):
        fetcher.fetch(f"{server.url}/x")


def test_a_redirect_to_a_page_that_is_to_be_left_alone_is_not_followed(server: Server, fetcher: Fetcher):
    _rules(server, RULES)
    server.page("/private/a", "x")
    with pytest.raises(RobotsRefusal):
        fetcher.fetch(server.answer("/a", Answer(redirect="/private/a")))
    assert server.count("/private/a") == 0


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_site_without_rules_forbids_nothing(server: Server, fetcher: Fetcher, status: int):
    server.answer("/robots.txt", Answer(status=status))
    assert isinstance(fetcher.fetch(server.page("/a", "x")), Fetched)


@pytest.mark.parametrize("answer", [Answer(status=503), Answer(status=429), Answer(body=b"x", claimed_length=9)])
def test_a_site_that_cannot_tell_its_rules_is_left_alone_for_now(server: Server, fetcher: Fetcher, answer: Answer):
    server.answer("/robots.txt", answer)
    with pytest.raises(Unavailable, match=r"its site's robots\.txt cannot be read"):
        fetcher.fetch(server.page("/a", "x"))
    assert server.count("/a") == 0


def test_the_pause_that_a_site_asks_for_is_kept_up_to_half_a_minute(server: Server, fetcher: Fetcher, clock: Clock):
    _rules(server, "User-agent: *\nCrawl-delay: 12\n")
    for path in ("/a", "/b"):
        fetcher.fetch(server.page(path, "x"))
    assert clock.slept[-1] == 12
    with Fetcher(respect_robots=True, spares_own_machine=False, clock=clock, sleep=clock.sleep) as another:
        _rules(server, "User-agent: *\nCrawl-delay: 86400\n")
        for path in ("/a", "/b"):
            another.fetch(server.url + path)
    assert clock.slept[-1] == 30


def test_rules_that_go_on_for_ever_are_read_to_half_a_megabyte(server: Server, fetcher: Fetcher):
    _rules(server, "User-agent: *\nDisallow: /private\n" + "# on and on\n" * 60_000 + "Disallow: /late\n")
    assert isinstance(fetcher.fetch(server.page("/late", "x")), Fetched)
    with pytest.raises(RobotsRefusal):
        fetcher.fetch(f"{server.url}/private/a")


def test_rules_may_lie_behind_a_redirect(server: Server, fetcher: Fetcher):
    server.answer("/robots.txt", Answer(redirect="/rules"))
    server.page("/rules", RULES, "text/plain")
    with pytest.raises(RobotsRefusal):
        fetcher.fetch(server.page("/private/a", "x"))


def test_an_address_that_a_person_typed_is_fetched_without_asking(server: Server, clock: Clock):
    _rules(server, "User-agent: *\nDisallow: /\n")
    with Fetcher(spares_own_machine=False, clock=clock, sleep=clock.sleep) as fetcher:
        assert isinstance(fetcher.fetch(server.page("/a", "x")), Fetched)
    assert server.count("/robots.txt") == 0


def test_a_server_on_this_machine_has_no_rules(server: Server):
    _rules(server, "User-agent: *\nDisallow: /\n")
    with Fetcher(respect_robots=True) as fetcher:
        assert isinstance(fetcher.fetch(server.page("/a", "x")), Fetched)
