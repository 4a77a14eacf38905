"""The real engine reads a preview's file for policies, and will not take it for state."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from preview_programs import TOKEN, reference

from billing_identity.review.preview.deployment import to_deployment, write_deployment
from billing_identity.review.preview.run import run_callable

pytestmark = [
    pytest.mark.engine,
    pytest.mark.skipif(shutil.which("pulumi") is None, reason="the Pulumi CLI is not on PATH"),
]

PACK = """
from pulumi_policy import EnforcementLevel, PolicyPack, ResourceValidationPolicy, StackValidationPolicy

def resource(args, report):
    if args.resource_type == "okta:group/group:Group":
        report(f"saw {args.name} {args.props['name']} protect={args.opts.protect}")

def stack(args, report):
    for item in args.resources:
        if item.resource_type == "aws:s3/bucketVersioning:BucketVersioning":
            sources = sorted(d.name for d in item.property_dependencies["bucket"])
            report(f"saw {item.props['bucket']} of {sources}")
        if item.resource_type == "pulumi:providers:okta":
            report(f"token {item.props['apiToken']}")

PolicyPack("look", policies=[
    ResourceValidationPolicy("r", "r", resource, EnforcementLevel.ADVISORY),
    StackValidationPolicy("s", "s", stack, EnforcementLevel.ADVISORY),
])
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("home", "state", "pack"):
        (tmp_path / name).mkdir()
    for key, value in {
        "PULUMI_HOME": str(tmp_path / "home"),
        "PULUMI_BACKEND_URL": (tmp_path / "state").as_uri(),
        "PULUMI_CONFIG_PASSPHRASE": "test",
        "PULUMI_SKIP_UPDATE_CHECK": "true",
    }.items():
        monkeypatch.setenv(key, value)
    (tmp_path / "Pulumi.yaml").write_text("name: project\nruntime: python\n")
    (tmp_path / "pack" / "PulumiPolicy.yaml").write_text(
        f"runtime:\n  name: python\n  options: {{toolchain: pip, virtualenv: {sys.prefix}}}\n"
    )
    (tmp_path / "pack" / "__main__.py").write_text(PACK)
    write_deployment(tmp_path / "d.json", to_deployment(run_callable(reference), as_of="2026-11-24"))
    return tmp_path


def pulumi(project: Path, *arguments: str) -> tuple[int, str]:
    done = subprocess.run(
        ["pulumi", *arguments, "--non-interactive"],
        cwd=project,
        env=dict(os.environ),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("force", [[], ["--force"]], ids=["plainly", "by force"])
def test_a_preview_cannot_be_imported_as_state(project: Path, force: list[str]) -> None:
    assert pulumi(project, "stack", "init", "dev")[0] == 0
    code, said = pulumi(project, "stack", "import", "--file", "d.json", *force)
    assert code != 0
    assert "offline-preview" in said
    assert '"resources"' not in pulumi(project, "stack", "export")[1]


def test_policies_of_the_engine_read_inputs_dependencies_and_options_but_no_secret(project: Path) -> None:
    code, said = pulumi(project, "policy", "analyze", "--file", "d.json", "--policy-pack", "pack")
    assert code == 0, said
    assert "saw coder role-medical-coder protect=True" in said
    assert "saw acme-ephi of ['ephi-bucket']" in said
    assert "token [secret]" in said
    assert TOKEN not in said
