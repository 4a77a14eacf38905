"""What the real engine refuses: missing preconditions, noncompliant edits, noncompliant foreign programs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from project import PACK, Project

BREAK_GLASS = "8b3c4d5e-6f70-4182-8c9d-1e2f3a4b5c6d"
pytestmark = pytest.mark.engine
STACK = "identity-prod"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project.make(tmp_path)
    made.init(STACK)
    return made


def test_a_break_glass_group_that_does_not_exist(project: Project, tmp_path: Path) -> None:
    """Run from a folder without settings, the sandbox starts without what predates the program."""
    command = [sys.executable, "-m", "billing_identity.review.cli", "sandbox", "run", "--state"]
    command += [
        str(project.state),
        "--",
        "pulumi",
        "-C",
        str(project.folder),
        "up",
        "--yes",
        "--skip-preview",
        "--continue-on-error",  # else it stops at whatever is missing first
    ]
    done = subprocess.run(
        [*command, "--stack", STACK, "--non-interactive", "--color", "never"],
        cwd=tmp_path,
        env=project.environment,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
    )
    assert done.returncode != 0
    said = done.stdout[done.stdout.find("Diagnostics:") :]
    assert f"{BREAK_GLASS} does not exist" in said, said


def _conflict(project: Project) -> None:
    """The payment poster also approves refunds, in the copy's own catalogue."""
    role = project.folder / "roles" / "catalogue" / "roles" / "payment-poster.yaml"
    grant = "  - { entitlement: athenaone/refund-approval, rationale: A mistake. }\n"
    text = role.read_text(encoding="utf-8")
    role.write_text(text.replace("grants:\n", f"grants:\n{grant}"), encoding="utf-8")
    stack = project.folder / "stacks" / "config" / f"Pulumi.{STACK}.yaml"
    with stack.open("a", encoding="utf-8") as file:
        file.write("  billing-identity:catalogue: roles/catalogue\n")


def test_preview_of_a_conflict_is_blocked_by_the_pack(project: Project) -> None:
    stack = project.folder / "stacks" / "config" / f"Pulumi.{STACK}.yaml"
    lines = stack.read_text(encoding="utf-8").splitlines()
    salt = [line for line in lines if line.startswith("encryptionsalt")]
    stack.write_text("\n".join(line for line in lines if line not in salt) + "\n", encoding="utf-8")
    _conflict(project)
    with stack.open("a", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in salt)
    said = project.pulumi("preview", *PACK, stack=STACK, code=None)
    assert "adjustments-and-refunds" in said
    assert "[mandatory]" in said
    assert "payment-poster" in said
    refused = project.pulumi("up", "--yes", "--skip-preview", stack=STACK, code=None)
    assert "adjustments-and-refunds" in refused or "approves refunds" in refused
    created = [urn for urn in project.export(STACK) if "okta:" in urn]
    assert created == [], "an update of a blocked catalogue registers nothing"


ASSIGNMENTS = """
import json
import pulumi
import pulumi_okta as okta

org = okta.Provider(
    "p",
    org_name="other",
    base_url="okta.com",
    client_id="0oaDEPLOYER000000x7",
    private_key_id="deployer-2026",
    scopes=["okta.apps.manage", "okta.groups.manage", "okta.policies.manage", "okta.schemas.manage"],
)
people = pulumi.ResourceOptions(provider=org)
group = okta.group.Group("posters", name="role-payment-poster", opts=people)
policy = okta.AppSignonPolicy("p", name="p", description="p", catch_all=False, opts=people)
app = okta.app.Saml(
    "pm",
    label="athenaOne",
    sso_url="https://pm.example/acs",
    recipient="https://pm.example/acs",
    destination="https://pm.example/acs",
    audience="https://pm.example",
    subject_name_id_template="${user.userName}",
    subject_name_id_format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
    response_signed=True,
    assertion_signed=True,
    signature_algorithm="RSA_SHA256",
    digest_algorithm="SHA256",
    honor_force_authn=True,
    authn_context_class_ref="urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport",
    authentication_policy=policy.id,
    opts=people,
)
attribute = okta.AppUserSchemaProperty(
    "e", app_id=app.id, index="entitlements", title="e", type="array", array_type="string", opts=people
)


def assign(name, priority, entitlement, after):
    return okta.app.GroupAssignment(
        name,
        app_id=app.id,
        group_id=group.id,
        priority=priority,
        profile=json.dumps({"entitlements": [entitlement]}),
        opts=pulumi.ResourceOptions(provider=org, depends_on=[attribute, *after]),
    )


first = assign("first", 0, "athenaone/payment-posting", [])
assign("second", 1, "athenaone/refund-approval", [first])
"""

BUCKET = """
import pulumi
import pulumi_aws as aws

account = aws.Provider("c", region="us-east-1", allowed_account_ids=["100000000009"])
cloud = pulumi.ResourceOptions(provider=account)
tags = {"DataClass": "none", "Owner": "website"}
bucket = aws.s3.Bucket("first", bucket="other-open-bucket", tags=tags, opts=cloud)
aws.s3.BucketPublicAccessBlock(
    "second",
    bucket=bucket.id,
    block_public_acls=False,
    block_public_policy=True,
    ignore_public_acls=True,
    restrict_public_buckets=True,
    opts=cloud,
)
"""


@pytest.mark.parametrize(
    ("program", "rule"),
    [(ASSIGNMENTS, "adjustments-and-refunds"), (BUCKET, "aws-s3-public-access-blocked")],
    ids=["separation of duties", "public bucket"],
)
def test_a_foreign_program_is_stopped_before_the_noncompliant_resource_exists(
    program: str, rule: str, tmp_path: Path
) -> None:
    """Without a preview, an update makes what is in order and stops at what is not."""
    project = Project.make(tmp_path)
    other = tmp_path / "other"
    other.mkdir()
    (other / "Pulumi.yaml").write_text(
        "name: other\nruntime: { name: python, options: { toolchain: pip, virtualenv: .venv } }\n",
        encoding="utf-8",
    )
    (other / "__main__.py").write_text(program, encoding="utf-8")
    (other / ".venv").symlink_to(sys.prefix)
    foreign = Project(other, project.state, project.backend)
    foreign.init("dev")
    pack = ["--policy-pack", str(project.folder / "policies/packs/hipaa")]
    pack += ["--policy-pack-config", str(project.folder / "stacks/config/policy-pack.prod.json")]
    said = foreign.pulumi("up", "--yes", "--skip-preview", *pack, stack="dev", code=None)
    names = {urn.rsplit("::", 1)[1] for urn in foreign.export("dev")}
    assert "first" in names, said[-4000:]
    assert "second" not in names
    assert rule in said
