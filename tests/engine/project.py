"""A copy of the project with a stack of its own, driven through the real engine and the sandbox."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from billing_identity.review.preview.deployment import read_deployment
from billing_identity.review.preview.record import Preview

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("Pulumi.yaml", "stacks", "policies", "roles")
PACK = (
    "--policy-pack",
    "policies/packs/hipaa",
    "--policy-pack-config",
    "stacks/config/policy-pack.prod.json",
)


@dataclass(frozen=True)
class Project:
    """`folder` holds the copy, `state` the sandbox, `backend` Pulumi's own state."""

    folder: Path
    state: Path
    backend: Path

    @classmethod
    def make(cls, base: Path) -> Project:
        """Copies what the engine reads; the virtual environment is linked, not copied."""
        project = cls(base / "project", base / "sandbox", base / "backend")
        project.folder.mkdir(parents=True)
        project.backend.mkdir()
        for part in PARTS:
            source = ROOT / part
            if source.is_dir():
                shutil.copytree(source, project.folder / part, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(source, project.folder / part)
        (project.folder / ".venv").symlink_to(sys.prefix)
        return project

    @property
    def environment(self) -> dict[str, str]:
        """Environment of the engine: its own backend and home, no network."""
        return {
            **os.environ,
            "PULUMI_BACKEND_URL": f"file://{self.backend}",
            "PULUMI_HOME": str(self.backend / "home"),
            "PULUMI_CONFIG_PASSPHRASE": "test",
            "PULUMI_SKIP_UPDATE_CHECK": "true",
            "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
            "PULUMI_SKIP_CHECKPOINTS": "true",  # the state is written once, not after each of 1,700 resources
            "NO_COLOR": "1",
        }

    def pulumi(self, *arguments: str, stack: str, code: int | None = 0, timeout: int = 600) -> str:
        """Runs pulumi against the sandbox; returns what it printed. `code` None accepts any exit code."""
        command = [sys.executable, "-m", "billing_identity.review.cli", "sandbox", "run"]
        command += ["--state", str(self.state), "--", "pulumi", *arguments]
        command += ["--stack", stack, "--non-interactive", "--color", "never"]
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            timeout=timeout,
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert code is None or done.returncode == code, _told(done.stdout)
        return done.stdout

    def init(self, stack: str) -> None:
        """Makes the stack."""
        subprocess.run(
            ["pulumi", "stack", "init", stack],
            cwd=self.folder,
            env=self.environment,
            check=True,
            capture_output=True,
        )

    def export(self, stack: str) -> dict[str, dict[str, Any]]:
        """The stack's resources in state, by URN."""
        done = subprocess.run(
            ["pulumi", "stack", "export", "--stack", stack],
            cwd=self.folder,
            env=self.environment,
            check=True,
            capture_output=True,
        )
        resources = json.loads(done.stdout)["deployment"].get("resources", [])
        return {resource["urn"]: resource for resource in resources}

    def state_of(self, stack: str) -> Preview:
        """The stack's state, as the comparison with an offline preview takes it."""
        path = self.folder / f"{stack}.json"
        subprocess.run(
            ["pulumi", "stack", "export", "--stack", stack, "--file", str(path)],
            cwd=self.folder,
            env=self.environment,
            check=True,
            capture_output=True,
        )
        return read_deployment(path)

    def cli(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Runs `billing-identity` in the copy."""
        return subprocess.run(
            [sys.executable, "-m", "billing_identity.review.cli", *arguments],
            cwd=self.folder,
            env=self.environment,
            check=False,
            capture_output=True,
            text=True,
        )


def _told(said: str) -> str:
    """What the engine says is wrong: mandatory findings and diagnostics, without the list of resources."""
    mandatory = [line for line in said.splitlines() if "[mandatory]" in line]
    return "\n".join([*mandatory, said[said.find("Diagnostics:") :][:6000]])
