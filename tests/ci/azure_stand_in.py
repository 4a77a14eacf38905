"""A local stand-in for Azure DevOps' service: one pull request and its threads."""

from __future__ import annotations

from typing import Any

BUILD = {"id": "build-service"}


class PullRequest:
    """What Azure DevOps knows of pull request 12. `sha`: its newest commit."""

    HOME = "/acme/billing%20access/_apis/git/repositories/r-1/pullRequests/12"

    def __init__(self, sha: str) -> None:
        self.sha = sha
        self.threads: list[dict[str, Any]] = []
        self.asked: list[str] = []

    @property
    def texts(self) -> list[str]:
        return [comment["content"] for thread in self.threads for comment in thread["comments"]]

    def answer(self, method: str, path: str, body: dict[str, Any]) -> tuple[int, object]:
        self.asked.append(f"{method} {path}")
        path, _, query = path.partition("?")
        if path == "/acme/_apis/connectionData":
            return 200, {"authenticatedUser": BUILD}
        assert path.startswith(self.HOME) and query == "api-version=7.1", path
        inside = path.removeprefix(self.HOME)
        if inside == "":
            return 200, {"status": "active", "lastMergeSourceCommit": {"commitId": self.sha}}
        if method == "POST":
            first = {"id": 1, "author": BUILD, "content": body["comments"][0]["content"]}
            self.threads.append({"id": len(self.threads) + 1, "status": body["status"], "comments": [first]})
        elif method == "PATCH":
            _, _, thread, _, comment = inside.split("/")
            self.threads[int(thread) - 1]["comments"][int(comment) - 1]["content"] = body["content"]
        return 200, {"value": self.threads}
