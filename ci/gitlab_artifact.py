"""Fetches a merge request's comment from the job that made it: python ci/gitlab_artifact.py FILE

Environment: CI_API_V4_URL, REVIEW_PROJECT_ID, REVIEW_MR_IID, REVIEW_PIPELINE_ID, REVIEW_TOKEN. The pipeline
must be one of that merge request; anything else is refused (exit code 2). Standard library alone.
"""

from __future__ import annotations

import json
import os
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import quote

JOB = "access review"
LIMIT = 300_000
"""Bytes that are read at most."""


def fetch(environment: dict[str, str]) -> bytes:
    """The comment's bytes. Raises ValueError when the numbers do not belong together."""
    project = quote(environment["REVIEW_PROJECT_ID"], safe="")
    root = f"{environment['CI_API_V4_URL']}/projects/{project}"
    number, pipeline = int(environment["REVIEW_MR_IID"]), int(environment["REVIEW_PIPELINE_ID"])
    pipelines = _json(environment, f"{root}/merge_requests/{number}/pipelines?per_page=100")
    found = next((item for item in pipelines if item["id"] == pipeline), None)
    if found is None:
        raise ValueError(f"pipeline {pipeline} is not one of merge request {number}")
    home = f"{environment['CI_API_V4_URL']}/projects/{int(found['project_id'])}"
    jobs = _json(environment, f"{home}/pipelines/{pipeline}/jobs?per_page=100")
    job = next((item for item in jobs if item["name"] == JOB), None)
    if job is None:
        raise ValueError(f"pipeline {pipeline} has no job `{JOB}`")
    return _get(environment, f"{home}/jobs/{int(job['id'])}/artifacts/build/review/comment.md")


def _json(environment: dict[str, str], url: str) -> Any:  # noqa: ANN401
    return json.loads(_get(environment, url))


def _get(environment: dict[str, str], url: str) -> bytes:
    if not url.startswith(("https://", "http://127.0.0.1:")):
        raise ValueError(f"{url}: not an https address")
    request = urllib.request.Request(url, headers={"PRIVATE-TOKEN": environment["REVIEW_TOKEN"]})  # noqa: S310
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
        return answer.read(LIMIT)


def main() -> int:
    """See the module."""
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        Path(sys.argv[1]).write_bytes(fetch(dict(os.environ)))
    except urllib.error.URLError as error:
        print(str(error), file=sys.stderr)
        return 4
    except (KeyError, ValueError, OSError) as error:
        print(str(error), file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
