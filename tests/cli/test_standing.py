"""source, update, new and watch."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from entente.store import Store, arrivals
from entente.store.update_lock import lone_update
from tests.cli.conftest import Run
from tests.handmade import TEXT
from tests.updating.desk import publish, publish_feed
from tests.web import Answer, Server

HEAVY = ("onnxruntime", "numpy", "pyarrow", "tokenizers", "httpx", "feedparser", "lxml", "trafilatura", "py3langid")


def write(path: Path, text: str) -> None:
    """A file that was written an hour ago."""
    path.write_text(text, encoding="utf-8")
    os.utime(path, (time.time() - 3600,) * 2)


def test_a_source_is_added_once_listed_and_removed_and_its_reports_stay(run: Run, server: Server) -> None:
    publish(server, 1)
    feed = publish_feed(server, [1])
    added = run("source", "add", feed, "--publisher", "Example Times")
    assert (added.code, added.err) == (0, "")
    assert f"Added the feed {feed} (Example Times)" in added.out
    assert "is a source already" in run("source", "add", f" {feed}").out
    assert len(server.asked) == 1
    (listed,) = json.loads(run("source", "list", "--json").out)
    assert (listed["address"], listed["kind"], listed["publisher"]) == (feed, "feed", "Example Times")
    assert run("update").code == 0
    assert feed in run("source", "list").out
    assert run("source", "remove", feed).code == 0
    assert json.loads(run("source", "list", "--json").out) == []
    assert json.loads(run("status", "--json").out)["reports"] == 1


def test_an_unknown_source_is_wrong_usage_and_the_nearest_is_named(run: Run, server: Server) -> None:
    feed = publish_feed(server, [])
    run("source", "add", feed)
    for command in (["source", "remove"], ["update"]):
        answer = run(*command, feed.replace("feed.xml", "fed.xml"))
        assert answer.code == 2
        assert f"Did you mean {feed}?" in answer.err


def test_one_source_of_several_with_a_title_is_named_by_its_address(run: Run, server: Server) -> None:
    feed = publish_feed(server, [])
    run("source", "add", feed)
    assert run("update", "Example Times").code == 0
    run("source", "add", f"{feed}?section=world")
    for command in (["source", "remove"], ["update"]):
        answer = run(*command, "Example Times")
        assert answer.code == 2
        assert f"2 sources are called so: {feed}, {feed}?section=world. Give the address of one." in answer.err
    assert len(json.loads(run("source", "list", "--json").out)) == 2


def test_what_a_site_says_of_itself_commands_no_terminal(run: Run, server: Server) -> None:
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "News\x1b[2J", "items": [{"id": "\x1b[31m"}]}
    server.answer("/feed.json", Answer(body=json.dumps(feed).encode(), content_type="application/feed+json"))
    printed = run("source", "add", f"{server.url}/feed.json")
    assert "(News\ufffd[2J)" in printed.out
    for command in (["update"], ["source", "list"], ["failures"], ["source", "remove", "News\x1b[2K"]):
        answer = run(*command)
        assert "\x1b" not in answer.out + answer.err, command


def test_a_source_is_the_same_however_its_host_is_written(run: Run, server: Server) -> None:
    feed = publish_feed(server, [])
    run("source", "add", feed.replace("http://127.0.0.1", "HTTP://LocalHost") + "#news")
    (listed,) = json.loads(run("source", "list", "--json").out)
    assert listed["address"] == feed.replace("127.0.0.1", "localhost")
    assert "is a source already" in run("source", "add", listed["address"]).out
    assert run("source", "remove", listed["address"].replace("localhost", "LOCALHOST")).code == 0


@pytest.mark.parametrize("blank", ["", " "])
def test_a_blank_address_is_no_source(blank: str, run: Run) -> None:
    answer = run("source", "add", blank)
    assert (answer.code, answer.err) == (
        2,
        "source add: no address is given. Name a feed, a sitemap, a folder or a list.\n",
    )
    run("source", "add", ".")
    assert run("source", "remove", blank).code == 2
    assert run("update", blank).code == 2


def test_what_is_no_source_is_refused_with_the_reason_and_nothing_is_kept(run: Run, server: Server) -> None:
    answer = run("source", "add", server.url + "/missing")
    assert answer.code == 1
    assert "404" in answer.err
    assert not Path("entente.duckdb").exists()


def test_update_ends_with_0_also_where_nothing_is_new_and_says_it_in_a_line(run: Run, server: Server) -> None:
    publish(server, 1, 2)
    run("source", "add", publish_feed(server, [1, 2], etag='"x"'))
    first = run("update")
    assert (first.code, first.err) == (0, "")
    assert first.out == "1 source: 2 new reports with 4 events.\n"
    second = run("update")
    assert (second.code, second.out, second.err) == (0, "1 source: nothing new.\n", "")
    assert run("update", "--quiet").out == ""


def test_update_ends_with_1_where_something_failed_and_names_it_also_if_quiet(run: Run, server: Server) -> None:
    publish(server, 1)
    run("source", "add", publish_feed(server, [1, 2]))
    answer = run("update", "--quiet")
    assert (answer.code, answer.out) == (1, "")
    assert f"{server.url}/reports/2: answers 404" in answer.err
    assert run("update").code == 0
    assert f"{server.url}/reports/2" in run("failures").out


def test_a_source_that_failed_is_left_alone_until_it_is_named(run: Run, server: Server) -> None:
    feed = publish_feed(server, [])
    run("source", "add", feed)
    server.answer("/feed.xml", Answer(status=503))
    assert run("update").code == 1
    asked = len(server.asked)
    waiting = run("update")
    assert (waiting.code, len(server.asked)) == (0, asked)
    assert f"{feed}: not tried before" in waiting.out
    assert run("update", feed).code == 1
    assert len(server.asked) > asked


def test_update_as_json_tells_of_each_source(run: Run, server: Server, tmp_path: Path) -> None:
    publish(server, 1)
    feed = publish_feed(server, [1])
    box = tmp_path / "box"
    box.mkdir()
    write(box / "a.txt", f"date 2023-02-24\n{TEXT}")
    run("source", "add", feed)
    run("source", "add", "box")
    answers = {one["source"]: one for one in json.loads(run("update", "--json").out)}
    assert {source: one["added"] for source, one in answers.items()} == {feed: 1, str(box): 1}
    assert {one["schema"] for one in answers.values()} == {"entente/1"}


@pytest.mark.parametrize(
    "arguments",
    [("--rate", "-1"), ("--rate", "nan"), ("--rate", "inf"), ("--limit", "0"), ("--limit", "x"), ("--bogus",)],
)
def test_update_told_nonsense_ends_with_2(run: Run, server: Server, arguments: tuple[str, ...]) -> None:
    run("source", "add", publish_feed(server, []))
    assert run("update", *arguments).code == 2


def test_the_older_text_of_a_file_that_was_changed_is_shown_as_old(run: Run, tmp_path: Path) -> None:
    box = tmp_path / "box"
    box.mkdir()
    write(box / "a.txt", f"date 2023-02-24\n{TEXT}")
    run("source", "add", "box")
    run("update")
    (older,) = json.loads(run("reports", "--json").out)
    (box / "a.txt").write_text(f"date 2023-02-24\n{TEXT}Corrected.", encoding="utf-8")
    os.utime(box / "a.txt", (time.time() - 1800,) * 2)
    run("update")
    lines = [line.split() for line in run("reports").out.splitlines()[1:]]
    assert {line[0]: line[-1] for line in lines}[older["id"]] == "old"
    assert [line[-1] for line in lines].count("old") == 1
    newer = next(line[0] for line in lines if line[-1] != "old")
    assert f"superseded by {newer}" in run("show", older["id"]).out


def test_a_second_update_ends_with_1_and_says_who_is_at_work(run: Run, server: Server) -> None:
    run("source", "add", publish_feed(server, []))
    with lone_update(Path("entente.duckdb")):
        answer = run("update")
    assert answer.code == 1
    assert "another update is at work since 20" in answer.err
    assert f"pid {os.getpid()}" in answer.err


def test_updates_of_one_store_never_meet_also_where_one_goes_through_a_link(run: Run, server: Server) -> None:
    run("source", "add", publish_feed(server, []))
    Path("desk.duckdb").symlink_to("entente.duckdb")
    with lone_update(Path("entente.duckdb")):
        assert "another update is at work" in run("update", "--db", "desk.duckdb").err


def test_update_without_a_source_or_a_store_says_what_to_do(run: Run) -> None:
    without_store = run("update")
    assert without_store.code == 1
    assert "there is no store here" in without_store.err
    run("watch", "USA", "PAK")
    assert "entente source add" in run("update").err
    assert json.loads(run("update", "--json").out) == []


def test_new_tells_what_came_in_once(run: Run, box: Path) -> None:
    run("add", str(box))
    first = run("new")
    assert first.code == 0
    assert "2 new reports" in first.out
    assert "PAK USA" in first.out
    assert "1 not English" in first.out
    second = run("new")
    assert "Nothing new since" in second.out
    assert "PAK USA" not in second.out
    assert "2 new reports since" in run("new", "--since", "2023").out


def test_nothing_new_is_not_said_of_a_source_that_fails_without_saying_so(run: Run, server: Server) -> None:
    feed = publish_feed(server, [])
    run("source", "add", feed)
    run("update")
    assert run("new").out == "Nothing new.\n"
    server.answer("/feed.xml", Answer(status=503))
    run("update")
    assert "1 source not read the last time, see `entente source list`." in run("new").out
    assert json.loads(run("new", "--json").out)["sources_failing"] == 1
    publish_feed(server, [])
    run("update", feed)
    assert run("new").out == "Nothing new.\n"


def test_new_keeps_the_mark_where_it_is_told_to_or_goes_by_a_day(run: Run, box: Path) -> None:
    run("add", str(box))
    for arguments in (("--keep",), ("--since", "2023-02-24"), ("--since", "last", "--keep")):
        assert "2 new reports" in run("new", *arguments).out
    assert "2 new reports" in run("new", "--since", "last").out
    assert "Nothing new" in run("new").out
    assert run("new", "--since", "yesterday").code == 2


def test_new_as_json_is_the_whole_of_it(run: Run, box: Path) -> None:
    run("watch", "Kenya", "Uganda")
    run("add", str(box))
    told = json.loads(run("new", "--json").out)
    assert (told["reports"], told["events"], told["touched"]) == (2, 2, 1)
    assert [(one["a"], one["b"], one["watched"], one["events"]) for one in told["relations"]] == [
        ("KEN", "UGA", True, 0),
        ("PAK", "USA", False, 2),
    ]
    evidence = told["relations"][1]["event"]["evidence"]["text"]
    assert evidence in TEXT


def test_what_could_not_be_printed_stays_new(run: Run, box: Path, tmp_path: Path) -> None:
    run("add", str(box))
    command = [str(Path(sys.executable).with_name("entente")), "new"]
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        ended = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, cwd=tmp_path, check=False)
    assert ended.returncode == 1
    with Store(tmp_path / "entente.duckdb").reading() as connection:
        assert arrivals.arrivals(connection, (), since=None, most=None).reports == 2


def test_watched_relations_are_put_first_and_said_to_have_nothing_new(run: Run, box: Path) -> None:
    assert "Watching Kenya and Uganda" in run("watch", "uganda", "KEN").out
    assert "watched already" in run("watch", "Kenya", "Uganda").out
    assert run("watch").out == "KEN UGA  Kenya and Uganda\n"
    run("add", str(box))
    lines = run("new").out.splitlines()
    places = [
        next(place for place, line in enumerate(lines) if line.startswith(code)) for code in ("KEN UGA", "PAK USA")
    ]
    assert places == sorted(places)
    assert "nothing new" in lines[places[0]]
    assert run("watch", "--remove", "Kenya", "Uganda").code == 0
    assert json.loads(run("watch", "--json").out) == []


@pytest.mark.parametrize(
    "arguments",
    [("USA",), ("USA", "PAK", "KEN"), ("USA", "usa"), ("USA", "Atlantis"), ("--remove",), ("--remove", "USA", "PAK")],
)
def test_watching_anything_but_two_countries_is_wrong_usage(run: Run, arguments: tuple[str, ...]) -> None:
    run("watch", "KEN", "UGA")
    answer = run("watch", *arguments)
    assert answer.code == 2
    assert answer.err


def test_these_commands_load_nothing_heavy(run: Run, tmp_path: Path, box: Path) -> None:
    run("add", str(box))
    run("source", "add", "box")
    for arguments in (["source", "list"], ["source"], ["new", "--keep"], ["watch"], ["watch", "KEN", "UGA"], ["new"]):
        script = f"import sys; from entente.cli.main import main; main({arguments!r}); " + (
            f"sys.stderr.write(repr([name for name in {HEAVY!r} if name in sys.modules]))"
        )
        ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=tmp_path)
        assert ended.stderr.endswith("[]"), (arguments, ended.stderr)


def test_an_update_that_brings_nothing_loads_no_model(run: Run, server: Server, tmp_path: Path) -> None:
    publish(server, 1)
    run("source", "add", publish_feed(server, [1], etag='"x"'))
    run("update")
    script = "import sys; from entente.cli.main import main; code = main(['update']); " + (
        "sys.stderr.write(repr([n for n in ('onnxruntime', 'tokenizers', 'trafilatura') if n in sys.modules])); sys.exit(code)"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert (ended.stdout, ended.stderr) == ("1 source: nothing new.\n", "[]")


def test_ctrl_c_while_a_server_keeps_an_update_waiting_ends_it_with_130(
    run: Run, server: Server, tmp_path: Path
) -> None:
    run("source", "add", publish_feed(server, [1]))
    server.answer("/reports/1", Answer(hangs=True))
    with subprocess.Popen(
        [str(Path(sys.executable).with_name("entente")), "update"],
        stderr=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
        # A test run started in the background inherits an ignored SIGINT, and would pass it on.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    ) as process:
        while not server.count("/reports/1") and process.poll() is None:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        try:
            _, said = process.communicate(timeout=15)
        finally:
            process.kill()
    assert process.returncode == 130
    assert said == "entente: stopped. What was added stays; run the same command again to go on.\n"
    assert json.loads(run("failures", "--json").out) == []
