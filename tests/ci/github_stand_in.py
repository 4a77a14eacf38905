"""A local stand-in for GitHub's service, as far as the comment's script asks it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

SHA = "a" * 40


class Host:
    """GitHub, as far as the script asks it."""

    def __init__(self) -> None:
        self.comments: list[dict[str, Any]] = []
        self.sha = SHA
        self.requests: list[tuple[str, str]] = []
        self.broken = False

    def answer(self, method: str, path: str, body: dict[str, Any]) -> tuple[int, object]:
        self.requests.append((method, path))
        if self.broken:
            return 503, {}
        if method == "GET" and "/pulls?" in path:
            return 200, [{"number": 7, "head": {"sha": self.sha}}]
        if method == "GET":
            return 200, self.comments
        if method == "POST":
            self.comments.append(self.comment(len(self.comments) + 1, body["body"]))
        else:
            number = int(path.rsplit("/", 1)[1])
            next(item for item in self.comments if item["id"] == number)["body"] = body["body"]
        return 200, {}

    @staticmethod
    def comment(number: int, body: str, user: str = "github-actions[bot]") -> dict[str, Any]:
        return {"id": number, "body": body, "user": {"login": user}}


@contextmanager
def standing_in() -> Iterator[tuple[Host, dict[str, str]]]:
    state = Host()

    class Handler(BaseHTTPRequestHandler):
        def _serve(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            code, answer = state.answer(self.command, self.path, json.loads(body or b"{}"))
            self.send_response(code)
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

        do_GET = do_POST = do_PATCH = _serve  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield (
        state,
        {
            "GITHUB_API_URL": f"http://127.0.0.1:{server.server_port}",
            "GITHUB_REPOSITORY": "acme/access",
            "GITHUB_TOKEN": "t",
            "HEAD_OWNER": "someone",
            "HEAD_BRANCH": "poster",
            "HEAD_SHA": SHA,
        },
    )
    server.shutdown()
    server.server_close()
    thread.join()
