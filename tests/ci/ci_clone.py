"""A clean clone of the last commit to run the scripts of CI in, and what the services do to their text."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
PORTIONS = ("roles", "components", "policies", "stacks", "review", "sandbox")
SMALL = "containment-prod"
"""The layer that is previewed soonest."""
POSTER = "roles/catalogue/roles/payment-poster.yaml"
CONFLICT = (
    "grants:\n"
    "  - { entitlement: athenaone/refund-approval, rationale: To see what is said., since: 2026-11-01 }\n"
)
"""In place of `grants:` in the poster's file: a conflict of duties."""


def loaded(folder: Path, file: str) -> Any:
    """A YAML file of the clone."""
    return yaml.safe_load((folder / file).read_text(encoding="utf-8"))


def filled(text: str, context: Mapping[str, str]) -> str:
    """GitHub's and Azure's `${{ name }}` and Azure's `$(name)`; one that the context lacks is an error."""
    text = re.sub(r"\$\{\{ *([^}]+?) *\}\}", lambda match: context[match[1]], text)
    return re.sub(r"\$\((\w+(?:\.\w+)*)\)", lambda match: context[match[1]], text)


class Clone:
    """A clone with this environment's packages instead of a new installation: its own program runs."""

    def __init__(self, source: Path, folder: Path) -> None:
        self.folder = folder
        self.git("clone", "--quiet", str(source), str(folder), cwd=source)
        self.git("checkout", "--quiet", "-B", "main")
        self.git("config", "user.email", "dev@acme.example")
        self.git("config", "user.name", "dev")
        self.base = self.git("rev-parse", "HEAD")
        self._install()

    def _install(self) -> None:
        """What `make .venv/.ready` leaves behind."""
        programs = self.folder / ".venv" / "bin"
        package = self.folder / ".venv" / "package" / "billing_identity"
        programs.mkdir(parents=True)
        package.mkdir(parents=True)
        for portion in PORTIONS:
            (package / portion).symlink_to(self.folder / portion, target_is_directory=True)
        (programs / "detect-secrets-hook").symlink_to(Path(sys.prefix) / "bin" / "detect-secrets-hook")
        command = programs / "billing-identity"
        command.write_text(
            f"#!/bin/sh\nPYTHONPATH={package.parent} exec {sys.executable} -c "
            "'from billing_identity.review.cli import main; main()' \"$@\"\n"
        )
        command.chmod(0o755)
        (self.folder / ".venv" / ".ready").touch()

    def git(self, *words: str, cwd: Path | None = None) -> str:
        done = subprocess.run(
            ["git", *words], cwd=cwd or self.folder, check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    def commit(self) -> str:
        """Commits everything; returns the commit."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--no-verify", "-m", "proposal")
        return self.git("rev-parse", "HEAD")

    def replace(self, file: str, old: str, new: str) -> None:
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file}: {old}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def run(self, script: str, variables: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
        """A script in the shell that the services use, with nothing of this process's own CI around it."""
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
            cwd=self.folder,
            env={name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ} | {**variables},
            check=False,
            capture_output=True,
            text=True,
            timeout=280,
        )


def program(folder: Path, name: str, script: str) -> str:
    """Puts a stand-in for a program of others in front of PATH; returns that PATH."""
    programs = folder / "programs"
    programs.mkdir(exist_ok=True)
    (programs / name).write_text(f"#!/usr/bin/env bash\nset -euo pipefail\n{script}\n")
    (programs / name).chmod(0o755)
    return f"{programs}:{os.environ['PATH']}"
