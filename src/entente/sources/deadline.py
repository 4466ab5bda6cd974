"""A limit to how long a server may take, also one that sends a byte now and then for ever."""

from __future__ import annotations

import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from types import TracebackType
from typing import Self
from weakref import WeakSet

import httpcore

__all__ = ["Deadline", "Sockets"]


class Sockets:
    """The open connections of an HTTP client, which tells of each by its trace extension."""

    def __init__(self) -> None:
        self._open: WeakSet[socket.socket] = WeakSet()
        self._lock = threading.Lock()

    def note(self, event: str, info: Mapping[str, object]) -> None:
        """Take note of a connection when it is made; to be given to a request as its ``trace``."""
        stream = info.get("return_value")
        if event.endswith(("connect_tcp.complete", "start_tls.complete")) and isinstance(
            stream, httpcore.NetworkStream
        ):
            connection = stream.get_extra_info("socket")
            if isinstance(connection, socket.socket):
                with self._lock:
                    self._open.add(connection)

    def shut(self) -> None:
        """End all connections: whoever waits for bytes of one goes on at once."""
        with self._lock:
            connections = list(self._open)
        for connection in connections:
            with suppress(OSError):  # closed already
                # The method of the plain socket: that of a TLS socket would take its state from the waiting thread.
                socket.socket.shutdown(connection, socket.SHUT_RDWR)


class Deadline:
    """A block that may wait for a server only so long; ``has_passed`` says whether it was cut short."""

    def __init__(self, seconds: float, sockets: Sockets) -> None:
        self.has_passed = False
        self._sockets = sockets
        self._timer = threading.Timer(seconds, self._pass)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()

    def _pass(self) -> None:
        self.has_passed = True
        self._sockets.shut()
