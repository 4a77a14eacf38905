"""A local stand-in for GitHub's service, as far as the comment's script asks it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from local_service import served

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
    with served(state, ("Authorization", "Bearer t")) as address:
        yield (
            state,
            {
                "GITHUB_API_URL": address,
                "GITHUB_REPOSITORY": "acme/access",
                "GITHUB_TOKEN": "t",
                "HEAD_OWNER": "someone",
                "HEAD_BRANCH": "poster",
                "HEAD_SHA": SHA,
            },
        )
