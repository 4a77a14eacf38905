"""Serves a stand-in for a service's API on this machine for as long as a test runs."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, Protocol


class Api(Protocol):
    """Answers requests; bytes go out as they are, anything else as JSON."""

    def answer(self, method: str, path: str, body: dict[str, Any]) -> tuple[int, object]: ...


@contextmanager
def served(api: Api, credential: tuple[str, str]) -> Iterator[str]:
    """Yields the address. A request without that header and value is refused."""

    class Handler(BaseHTTPRequestHandler):
        def _serve(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if self.headers.get(credential[0]) == credential[1]:
                code, answer = api.answer(self.command, self.path, json.loads(body or b"{}"))
            else:
                code, answer = 401, {}
            self.send_response(code)
            self.end_headers()
            self.wfile.write(answer if isinstance(answer, bytes) else json.dumps(answer).encode())

        do_GET = do_POST = do_PATCH = do_PUT = _serve  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()
