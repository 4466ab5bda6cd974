"""A small real web server on 127.0.0.1 for tests: it answers as told and remembers what it was asked."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the server answers at a path; with an ETag or Last-Modified it answers 304 to who holds the page already."""

    body: bytes = b""
    status: int = 200
    content_type: str | None = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)
    redirect: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    claimed_length: int | None = None
    """The Content-Length to announce, whatever comes: more than the body is a download that breaks off."""
    delay_seconds: float = 0.0
    hangs: bool = False
    """Take the request and never answer."""
    drips_seconds: float = 0.0
    """Send the body byte by byte, with this long a wait before each."""
    endless_headers: bool = False
    """Begin an answer whose headers come byte by byte and never end."""


class Clock:
    """A time that passes only where somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@dataclass(frozen=True)
class Asked:
    """A request that came in."""

    path: str
    headers: Mapping[str, str]


class _QuietServer(ThreadingHTTPServer):
    """One that says nothing of whoever hangs up."""

    def handle_error(self, request: object, client_address: object) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class Server:
    """Answers by path (query included where it was given with one); a path without an answer is a 404."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self._answers: dict[str, list[Answer]] = {}
        self._stopping = threading.Event()
        self._http = _QuietServer(("127.0.0.1", 0), self._handler())
        self._http.daemon_threads = True

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}"

    def answer(self, path: str, *answers: Answer) -> str:
        """Answer a path with these, one after the other, the last of them from then on; returns its address."""
        self._answers[path] = list(answers)
        return self.url + path

    def page(self, path: str, body: str | bytes, content_type: str = "text/html; charset=utf-8") -> str:
        content = body.encode() if isinstance(body, str) else body
        return self.answer(path, Answer(body=content, content_type=content_type))

    def count(self, path: str) -> int:
        """How often a path was asked for."""
        return sum(one.path == path for one in self.asked)

    def start(self) -> None:
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def stop(self) -> None:
        self._stopping.set()
        self._http.shutdown()
        self._http.server_close()

    def _next(self, path: str) -> Answer:
        answers = self._answers.get(path) or self._answers.get(urlsplit(path).path)
        if not answers:
            return Answer(status=404, body=b"<p>Nothing here.</p>")
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True  # else each body waits 40 ms for the client to acknowledge the headers

            def do_GET(self) -> None:
                server.asked.append(Asked(self.path, dict(self.headers.items())))
                with suppress(ConnectionError):
                    self._give(server._next(self.path))

            def _give(self, answer: Answer) -> None:
                if server._stopping.wait(1e9 if answer.hangs else answer.delay_seconds):
                    self.close_connection = True
                    return
                if answer.endless_headers:
                    self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
                    while not server._stopping.wait(0.02):
                        self.wfile.write(b"a")
                    return
                held = self._is_held(answer)
                body = b"" if held or answer.redirect else answer.body
                length = len(body) if answer.claimed_length is None else answer.claimed_length
                status = 304 if held else 302 if answer.redirect and answer.status == 200 else answer.status
                self.send_response(status)
                for name, value in self._headers_of(answer).items():
                    self.send_header(name, value)
                if not held:
                    self.send_header("Content-Length", str(length))
                self.end_headers()
                self.close_connection |= length > len(body)
                if answer.drips_seconds:
                    for byte in body:
                        if server._stopping.wait(answer.drips_seconds):
                            return
                        self.wfile.write(bytes([byte]))
                else:
                    self.wfile.write(body)

            def _is_held(self, answer: Answer) -> bool:
                if "If-None-Match" in self.headers:
                    return answer.etag is not None and self.headers["If-None-Match"] == answer.etag
                since = self.headers["If-Modified-Since"]
                return since is not None and since == answer.last_modified

            def _headers_of(self, answer: Answer) -> dict[str, str]:
                named = {
                    "Content-Type": answer.content_type,
                    "Location": answer.redirect,
                    "ETag": answer.etag,
                    "Last-Modified": answer.last_modified,
                }
                return {name: value for name, value in named.items() if value is not None} | dict(answer.headers)

            def log_message(self, format: str, *arguments: object) -> None:
                pass

        return Handler


@contextmanager
def serving() -> Iterator[Server]:
    """A server for as long as the block lasts."""
    server = Server()
    server.start()
    try:
        yield server
    finally:
        server.stop()
