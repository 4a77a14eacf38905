"""Deployment, drift and documents: every script of every service is run, with stand-ins for Pulumi and AWS.

What is asserted is which identity asks Pulumi for what, and that only the approved plan is carried out.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import tarfile
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import pytest
from ci_clone import Clone, filled, loaded, program

from billing_identity.review.documents.register import Entry, Register, digests, issue, text

URN = "urn:pulumi:keys-prod::billing-identity::aws:kms/key:Key::data"
SECRETS = {"read": "key-that-reads", "deploy": "key-that-deploys"}
PACK = "--policy-pack policies/packs/hipaa --policy-pack-config stacks/config/policy-pack.prod.json"
PREVIEW = f"preview --stack keys-prod --json --non-interactive {PACK}"
UP = f"up --stack keys-prod --yes --skip-preview --non-interactive {PACK}"
REFRESH = "refresh --stack keys-prod --preview-only --run-program --json --non-interactive"


class Pulumi:
    """A stand-in for Pulumi's program, which writes down who asks it for what."""

    SCRIPT = (
        'who="${BILLING_IDENTITY_IDENTITY:-deploy} $OKTA_API_PRIVATE_KEY"\n'
        'echo "$who $PULUMI_BACKEND_URL $*" >>"$ASKED"\n'
        'cat "$PLAN"'
    )

    def __init__(self, folder: Path) -> None:
        self._asked, self._plan = folder / "asked.txt", folder / "plan.json"
        self.variables = {
            "ASKED": str(self._asked),
            "PLAN": str(self._plan),
            "PATH": program(folder, "pulumi", self.SCRIPT),
        }
        self.plans("data key")

    def plans(self, *names: str) -> None:
        """From now on these are to be created."""
        steps = [{"op": "create", "urn": URN, "newState": {"inputs": {"name": name}}} for name in names]
        self._plan.write_text(json.dumps({"steps": steps, "changeSummary": {"create": len(names)}}))

    def asked(self) -> list[str]:
        """What was asked since the last time."""
        lines = self._asked.read_text().splitlines() if self._asked.exists() else []
        self._asked.unlink(missing_ok=True)
        return lines


def by(identity: str, words: str) -> str:
    return f"{identity} {SECRETS[identity]} s3://state {words}"


class Service(Protocol):
    """One service's deployment of the layer `keys`."""

    def plan(self) -> dict[str, str]:
        """Runs the job that plans; returns what it hands on."""
        ...

    def apply(self, handed: Mapping[str, str]) -> int:
        """Runs the job that deploys; returns its exit code."""
        ...

    def drift(self) -> int:
        """Runs the job that looks for drift; returns its exit code."""
        ...


def fine(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


class GitHub:
    def __init__(self, clone: Clone, pulumi: Pulumi) -> None:
        self._clone, self._pulumi = clone, pulumi
        self._outputs = clone.folder / "build" / "outputs.txt"
        self._outputs.parent.mkdir()

    def _run(self, file: str, job: str, identity: str, context: Mapping[str, str]) -> int:
        action = loaded(self._clone.folder, ".github/actions/setup/action.yml")
        found = loaded(self._clone.folder, f".github/workflows/{file}.yml")["jobs"][job]
        context = {
            "vars.PULUMI_BACKEND_URL": "s3://state",
            "secrets.OKTA_API_PRIVATE_KEY": SECRETS[identity],
            "inputs.layer": "keys",
            "inputs.environment": "prod",
            "matrix.layer": "keys",
            **context,
        }
        self._outputs.write_text("")
        for step in (*action["runs"]["steps"], *found["steps"]):
            if "run" in step:
                env = {**found["env"], **step.get("env", {})}
                outputs = {"GITHUB_OUTPUT": str(self._outputs)}
                variables = {name: filled(value, context) for name, value in env.items()}
                done = self._clone.run(step["run"], self._pulumi.variables | outputs | variables)
                if done.returncode:
                    return done.returncode
        return 0

    def plan(self) -> dict[str, str]:
        assert self._run("deploy-layer", "plan", "read", {}) == 0
        return dict(line.split("=", 1) for line in self._outputs.read_text().splitlines())

    def apply(self, handed: Mapping[str, str]) -> int:
        outputs = {f"needs.plan.outputs.{name}": value for name, value in handed.items()}
        return self._run("deploy-layer", "apply", "deploy", outputs)

    def drift(self) -> int:
        return self._run("drift", "compare", "read", {})


def download(clone: Clone, pulumi: Pulumi) -> dict[str, str]:
    """Variables with which `ci/install_pulumi.sh` downloads the stand-in, in an archive like the real one."""
    folder = clone.folder.parent
    archive = folder / "pulumi.tar.gz"
    with tarfile.open(archive, "w:gz") as packed:
        packed.add(folder / "programs" / "pulumi", "pulumi/pulumi")
    shutil.rmtree(folder / "programs")
    path = program(
        folder,
        "curl",
        f'test "${{@: -1}}" = "https://github.com/pulumi/pulumi/releases/download/v3.272.0/'
        f'pulumi-v3.272.0-linux-x64.tar.gz"\nwhile [ "$1" != --output ]; do shift; done\ncp {archive} "$2"',
    )
    checksum = hashlib.sha256(archive.read_bytes()).hexdigest()
    return {**pulumi.variables, "PATH": path, "PULUMI_SHA256": checksum}


class GitLab:
    def __init__(self, clone: Clone, pulumi: Pulumi) -> None:
        self._clone = clone
        self._file = loaded(clone.folder, "ci/gitlab/deploy.gitlab-ci.yml")
        self._variables = download(clone, pulumi) | {
            "PULUMI_BACKEND_URL": "s3://state",
            "AWS_ID_TOKEN": "token",
            "AWS_WEB_IDENTITY_TOKEN_FILE": f"{clone.folder}.tmp/aws-token",
            "CI_PROJECT_DIR": str(clone.folder),
            "LAYER": "keys",
        }

    def _run(self, job: str, identity: str, **variables: str) -> subprocess.CompletedProcess[str]:
        lines = [*self._file[".identity"]["before_script"], *self._file[job]["script"]]
        secret = {"OKTA_API_PRIVATE_KEY": SECRETS[identity]}
        done = self._clone.run("\n".join(lines), self._variables | secret | variables)
        assert Path(self._variables["AWS_WEB_IDENTITY_TOKEN_FILE"]).read_text() == "token"
        return done

    def plan(self) -> dict[str, str]:
        fine(self._run(".plan", "read"))
        report = self._clone.folder / self._file[".plan"]["artifacts"]["reports"]["dotenv"]
        return dict(line.split("=", 1) for line in report.read_text().splitlines())

    def apply(self, handed: Mapping[str, str]) -> int:
        return self._run(".apply", "deploy", **handed).returncode

    def drift(self) -> int:
        return self._run("drift", "read").returncode


class Azure:
    def __init__(self, clone: Clone, pulumi: Pulumi) -> None:
        self._clone = clone
        self._tools = clone.folder.parent / "agent"
        self._tools.mkdir()
        self._variables = download(clone, pulumi)
        self._macros = {
            "Agent.TempDirectory": str(self._tools),
            "PULUMI_SHA256": self._variables["PULUMI_SHA256"],
            "PULUMI_BACKEND_URL": "s3://state",
            "OKTA_READ_PRIVATE_KEY": SECRETS["read"],
            "OKTA_DEPLOY_PRIVATE_KEY": SECRETS["deploy"],
            "AWS_ROLE_READ": "arn:aws:iam::100000000003:role/read",
            "AWS_ROLE_DEPLOY": "arn:aws:iam::100000000003:role/deploy",
            "AWS_REGION": "us-east-1",
            "Build.BuildId": "42",
            "layer": "keys",
        }

    def _run(self, given: Mapping[str, str], **macros: str) -> subprocess.CompletedProcess[str]:
        """The template's steps with a job's parameters."""
        names = {f"parameters.{name}": value for name, value in given.items()}
        names |= {"upper(parameters.identity)": given["identity"].upper(), "parameters.layer": "keys"}

        def put(value: str) -> str:
            while "${{" in value:  # a parameter of the layer's template may be within one of the steps'
                value = re.sub(r"\$\{\{ (.+?) \}\}", lambda match: names[match[1]], value)
            return filled(value, self._macros | macros)

        setting, running = (
            step for step in loaded(self._clone.folder, "ci/azure/steps.yml")["steps"] if "env" in step
        )
        env = {name: put(value) for name, value in setting["env"].items()}
        said = fine(self._clone.run(put(setting["bash"]), self._variables | env))
        (added,) = re.findall(r"^##vso\[task\.prependpath\](.+)$", said, re.MULTILINE)
        env = {name: put(value) for name, value in running["env"].items()}
        agent = {"PATH": f"{added}:{os.environ['PATH']}", "AGENT_TEMPDIRECTORY": str(self._tools)}
        script = put(running["inputs"]["inlineScript"])
        return self._clone.run(script, self._variables | agent | {"idToken": "token"} | env)

    def _parameters(self, job: int) -> Iterator[dict[str, str]]:
        yield from _templates(loaded(self._clone.folder, "ci/azure/layer.yml")["jobs"][job])

    def plan(self) -> dict[str, str]:
        (given,) = self._parameters(0)
        said = fine(self._run(given))
        return dict(re.findall(r"^##vso\[task\.setvariable variable=(\w+);isOutput=true\](.*)$", said, re.M))

    def apply(self, handed: Mapping[str, str]) -> int:
        (given,) = self._parameters(1)
        return self._run(given, **handed).returncode

    def drift(self) -> int:
        (job,) = loaded(self._clone.folder, "ci/azure/drift.yml")["jobs"]
        (given,) = _templates(job)
        return self._run(given).returncode


def _templates(tree: Any) -> Iterator[dict[str, str]]:
    """Parameters of the uses of `steps.yml` below a node."""
    if isinstance(tree, dict):
        if tree.get("template") == "steps.yml":
            yield tree["parameters"]
        for value in tree.values():
            yield from _templates(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from _templates(value)


@pytest.mark.parametrize("service", [GitHub, GitLab, Azure])
def test_one_identity_plans_another_carries_out_what_was_approved_and_nothing_else(
    service: type[GitHub] | type[GitLab] | type[Azure], clone: Clone, tmp_path: Path
) -> None:
    pulumi = Pulumi(tmp_path)
    deployment: Service = service(clone, pulumi)
    handed = deployment.plan()
    assert handed["changes"] == "1"
    assert "1 to create" in (clone.folder / "build/plan/plan.md").read_text()
    assert pulumi.asked() == [by("read", PREVIEW)]

    assert deployment.apply(handed) == 0
    assert pulumi.asked() == [by("deploy", PREVIEW), by("deploy", UP)]

    pulumi.plans("data key", "another that nobody approved")
    assert deployment.apply(handed) == 4
    assert pulumi.asked() == [by("deploy", PREVIEW)], "planned again and not carried out"

    assert deployment.drift() == 3
    assert "2 to create" in (clone.folder / "build/drift/drift.md").read_text()
    assert pulumi.asked() == [by("read", REFRESH)]


def test_a_layer_without_changes_is_not_deployed(clone: Clone, tmp_path: Path) -> None:
    pulumi = Pulumi(tmp_path)
    pulumi.plans()
    gitlab = GitLab(clone, pulumi)
    handed = gitlab.plan()
    assert handed["changes"] == "0"
    assert gitlab.apply(handed) == 0
    assert gitlab.drift() == 0
    assert pulumi.asked() == [by("read", PREVIEW), by("read", REFRESH)]


def test_pulumi_of_another_checksum_is_not_installed(clone: Clone, tmp_path: Path) -> None:
    pulumi = Pulumi(tmp_path)
    gitlab = GitLab(clone, pulumi)
    assert gitlab._run(".plan", "read", PULUMI_SHA256="0" * 64).returncode != 0
    assert pulumi.asked() == []


def test_issued_documents_are_sent_by_the_workflow_s_own_command(clone: Clone, tmp_path: Path) -> None:
    content = {"mfa.md": b"All staff use a security key."}
    entry = Entry(version="0123456789ab", issued=date(2026, 11, 24), files=digests(content))
    folder = clone.folder / "documents"
    place = folder / "mfa" / entry.folder
    place.mkdir(parents=True)
    (place / "mfa.md").write_bytes(content["mfa.md"])
    (folder / "register.json").write_text(text(issue(Register(), "mfa", entry, 6)))
    (step,) = (
        step
        for step in loaded(clone.folder, ".github/workflows/documents.yml")["jobs"]["store"]["steps"]
        if "run" in step
    )
    path = program(tmp_path, "aws", f'echo "$*" >>{tmp_path}/asked.txt')
    said = clone.run(step["run"], {"PATH": path})
    assert said.returncode == 0, said.stdout + said.stderr
    asked = (tmp_path / "asked.txt").read_text().splitlines()
    assert [" ".join(line.split()[:2]) for line in asked] == ["s3api put-object"] * 2
    assert "mfa" in asked[0] and "register/" in asked[1], "the register goes last"
    refused = clone.run(step["run"], {"PATH": program(tmp_path, "aws", "echo AccessDenied >&2; exit 254")})
    assert refused.returncode == 4
