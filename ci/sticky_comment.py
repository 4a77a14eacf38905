"""Posts one comment on a pull request and keeps it up to date. The second of the two steps.

    python ci/sticky_comment.py github|azure FILE

It runs with write permission and from the default branch, so FILE, made by a run of the proposed code, is
data: it is cut to size, mentions in it reach nobody, and the pull request is looked up by what the service
says of the run, never by what FILE says. An empty FILE makes no comment; it clears one that is there.

Environment: github: GITHUB_API_URL, GITHUB_REPOSITORY, GITHUB_TOKEN, HEAD_OWNER, HEAD_BRANCH, HEAD_SHA.
With GITHUB_OUTPUT, the number of the pull request goes there as `number=`, once it was found.
azure: SYSTEM_COLLECTIONURI, SYSTEM_TEAMPROJECT, BUILD_REPOSITORY_ID, SYSTEM_PULLREQUEST_PULLREQUESTID,
SYSTEM_PULLREQUEST_SOURCECOMMITID, SYSTEM_ACCESSTOKEN. For GitLab see `gitlab_comments.py`.

Exit code 0: done, or no open pull request stands at that commit any more; 2: bad input; 4: the service
refused. Standard library alone.
"""

from __future__ import annotations

import http.client
import json
import os
import sys
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

MARKER = "<!-- billing-identity: access review -->"
LIMIT = 65_000
CLEARED = f"{MARKER}\n\nNo access changes."
PAGES = 50
"""Most pages of comments that are read, of 100 each."""


class Service(Protocol):
    """What differs from service to service."""

    def find(self) -> bool:
        """Whether an open pull request stands at the commit of the run."""
        ...

    def comments(self) -> Iterator[tuple[str, str]]:
        """Comments of this very bot, as (id, text)."""
        ...

    def create(self, text: str) -> None:
        """Posts a comment."""
        ...

    def update(self, identifier: str, text: str) -> None:
        """Rewrites a comment."""
        ...


class RefusedError(Exception):
    """The service refused a request, or answered with something else than asked for."""


def fetch(method: str, url: str, headers: dict[str, str], body: object = None, *, limit: int = -1) -> bytes:
    """One request; returns at most `limit` bytes of the answer (-1: all). Raises RefusedError."""
    if not url.startswith(("https://", "http://127.0.0.1:")):
        raise RefusedError(f"{url}: not an https address")
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, method=method)  # noqa: S310
    request.add_header("Content-Type", "application/json")
    for name, value in headers.items():
        request.add_unredirected_header(name, value)  # no credential follows a redirection
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            return answer.read(limit)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise RefusedError(f"{method} {url.split('?')[0]}: {error}") from error


def call(method: str, url: str, headers: dict[str, str], body: object = None) -> Any:  # noqa: ANN401
    """One request; returns the parsed answer. Raises RefusedError."""
    try:
        return json.loads(fetch(method, url, headers, body) or b"null")
    except ValueError as error:
        raise RefusedError(f"{method} {url.split('?')[0]}: {error}") from error


class GitHub:
    """REST API of GitHub; comments of the actions' own bot."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._env = environment
        self._base = f"{environment['GITHUB_API_URL']}/repos/{environment['GITHUB_REPOSITORY']}"
        self._headers = {
            "Authorization": f"Bearer {environment['GITHUB_TOKEN']}",
            "Accept": "application/vnd.github+json",
        }
        self.number = 0

    def find(self) -> bool:
        """By head owner and branch; the commit must still be the branch's newest."""
        head = urllib.parse.quote(f"{self._env['HEAD_OWNER']}:{self._env['HEAD_BRANCH']}", safe="")
        for pull in call("GET", f"{self._base}/pulls?state=open&per_page=100&head={head}", self._headers):
            if pull["head"]["sha"] == self._env["HEAD_SHA"]:
                self.number = int(pull["number"])
        return self.number > 0

    def comments(self) -> Iterator[tuple[str, str]]:
        """Only the bot's own: somebody else may have written the marker."""
        for page in range(1, PAGES + 1):
            url = f"{self._base}/issues/{self.number}/comments?per_page=100&page={page}"
            found = call("GET", url, self._headers)
            for item in found:
                if item["user"]["login"] == "github-actions[bot]":
                    yield str(item["id"]), item["body"]
            if len(found) < 100:
                return

    def create(self, text: str) -> None:
        """Posts a comment."""
        call("POST", f"{self._base}/issues/{self.number}/comments", self._headers, {"body": text})

    def update(self, identifier: str, text: str) -> None:
        """Rewrites a comment."""
        call("PATCH", f"{self._base}/issues/comments/{identifier}", self._headers, {"body": text})


class Azure:
    """Threads of a pull request in Azure Repos; the build's own identity may contribute to pull requests."""

    _VERSION = "api-version=7.1"

    def __init__(self, environment: dict[str, str]) -> None:
        project = urllib.parse.quote(environment["SYSTEM_TEAMPROJECT"], safe="")
        number = int(environment["SYSTEM_PULLREQUEST_PULLREQUESTID"])
        repository = urllib.parse.quote(environment["BUILD_REPOSITORY_ID"], safe="")
        root = environment["SYSTEM_COLLECTIONURI"].rstrip("/")
        self._url = f"{root}/{project}/_apis/git/repositories/{repository}/pullRequests/{number}"
        self._connection = f"{root}/_apis/connectionData"
        self._headers = {"Authorization": f"Bearer {environment['SYSTEM_ACCESSTOKEN']}"}
        self._sha = environment["SYSTEM_PULLREQUEST_SOURCECOMMITID"]

    def find(self) -> bool:
        """Active, and the build's commit still the newest; the build belongs to it by construction."""
        found = call("GET", f"{self._url}?{self._VERSION}", self._headers)
        return found["status"] == "active" and found["lastMergeSourceCommit"]["commitId"] == self._sha

    def comments(self) -> Iterator[tuple[str, str]]:
        """Only those of the build's own identity."""
        me = call("GET", self._connection, self._headers)["authenticatedUser"]["id"]
        for thread in call("GET", f"{self._url}/threads?{self._VERSION}", self._headers)["value"]:
            for comment in thread.get("comments", [])[:1]:
                if comment.get("author", {}).get("id") == me:
                    yield f"{thread['id']}/comments/{comment['id']}", comment.get("content", "")

    def create(self, text: str) -> None:
        """Opens a thread that counts as closed: it informs."""
        body = {"comments": [{"parentCommentId": 0, "content": text, "commentType": 1}], "status": 4}
        call("POST", f"{self._url}/threads?{self._VERSION}", self._headers, body)

    def update(self, identifier: str, text: str) -> None:
        """Rewrites a thread's first comment."""
        call("PATCH", f"{self._url}/threads/{identifier}?{self._VERSION}", self._headers, {"content": text})


SERVICES: dict[str, type[GitHub] | type[Azure]] = {"github": GitHub, "azure": Azure}


def inert(text: str) -> str:
    """Cut to size; mentions and commands reach nobody; no control characters."""
    kept = "".join(c for c in text[:LIMIT] if c == "\n" or c.isprintable()).strip()
    if not kept:
        return ""
    kept = kept.removeprefix(MARKER).strip().replace("@", "@\u200b")
    lines = [f"\u200b{line}" if line.startswith("/") else line for line in kept.splitlines()]
    return "\n".join([MARKER, "", *lines])


def post(service: Service, text: str) -> str:
    """Makes or renews the comment; says what was done."""
    if not service.find():
        return "no open pull request stands at that commit any more: nothing to do"
    body = inert(text)
    mine = next((found for found in service.comments() if found[1].startswith(MARKER)), None)
    if mine is None:
        if not body:
            return "nothing to say"
        service.create(body)
        return "comment made"
    wanted = body or CLEARED
    if mine[1].strip() == wanted.strip():
        return "comment is up to date"
    service.update(mine[0], wanted)
    return "comment renewed"


def main(arguments: list[str] | None = None, environment: dict[str, str] | None = None) -> int:
    """See the module."""
    words = sys.argv[1:] if arguments is None else arguments
    if len(words) != 2 or words[0] not in SERVICES:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        with Path(words[1]).open(encoding="utf-8", errors="replace") as file:
            text = file.read(4 * LIMIT)
        given = dict(os.environ) if environment is None else environment
        service = SERVICES[words[0]](given)
        print(post(service, text))
        if isinstance(service, GitHub) and service.number and given.get("GITHUB_OUTPUT"):
            with Path(given["GITHUB_OUTPUT"]).open("a", encoding="utf-8") as outputs:
                outputs.write(f"number={service.number}\n")
    except (OSError, KeyError, ValueError) as error:
        missing = isinstance(error, KeyError)
        print(f"missing in environment or answer: {error}" if missing else str(error), file=sys.stderr)
        return 2
    except RefusedError as error:
        print(str(error), file=sys.stderr)
        return 4
    return 0


if __name__ == "__main__":
    sys.exit(main())
