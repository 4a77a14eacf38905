"""A local stand-in for GitLab's service: one project, its merge requests, pipelines, artifacts and notes."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

BOT = 900
"""Id of the user that the token belongs to."""


class Project:
    """What GitLab knows of project 7. `artifacts` holds what the review of each pipeline left."""

    def __init__(self) -> None:
        self.requests: list[dict[str, Any]] = []
        self.pipelines: dict[int, list[dict[str, Any]]] = {}
        self.artifacts: dict[int, bytes] = {}
        self.notes: dict[int, list[dict[str, Any]]] = {}
        self.asked: list[str] = []

    def push(
        self, number: int, sha: str, comment: bytes, *, project: int = 7, status: str = "success"
    ) -> None:
        """A commit is proposed, and a pipeline of it ends."""
        self.requests = [item for item in self.requests if item["iid"] != number]
        self.requests.append({"iid": number, "sha": sha, "state": "opened"})
        run = 100 + len(self.artifacts)
        self.pipelines.setdefault(number, []).insert(
            0, {"id": run, "sha": sha, "status": status, "project_id": project}
        )
        self.artifacts[run] = comment
        self.notes.setdefault(number, [])

    def answer(self, method: str, path: str, body: dict[str, Any]) -> tuple[int, object]:
        self.asked.append(f"{method} {path}")
        path = unquote(path.partition("?")[0])
        if path == "/user":
            return 200, {"id": BOT}
        if match := re.fullmatch(r"/projects/(\d+)/jobs/(\d+)/artifacts/build/review/comment\.md", path):
            found = self.artifacts.get(int(match[2]) - 1000)
            return (404, {}) if found is None else (200, found)
        if match := re.fullmatch(r"/projects/\d+/pipelines/(\d+)/jobs", path):
            number = int(match[1])
            return 200, [{"id": 1, "name": "secret scan"}, {"id": number + 1000, "name": "access review"}]
        inside = path.removeprefix("/projects/7/merge_requests")
        if inside == "":
            return 200, self.requests
        number = int(inside.split("/")[1])
        if inside.endswith("/pipelines"):
            return 200, self.pipelines[number]
        if "/notes" not in inside:
            return 200, next(item for item in self.requests if item["iid"] == number)
        notes = self.notes[number]
        if method == "POST":
            notes.append({"id": len(notes) + 1, "author": {"id": BOT}, "body": body["body"]})
        elif method == "PUT":
            notes[int(inside.rsplit("/", 1)[1]) - 1]["body"] = body["body"]
        return 200, notes
