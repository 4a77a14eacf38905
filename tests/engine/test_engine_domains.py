"""A program of another team holds one violation of each domain: none of it is created, whichever way."""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from project import ROOT, Project
from typing_extensions import override

pytestmark = pytest.mark.engine
PROGRAM = Path(__file__).parent / "violations"
CONFIG = ROOT / "stacks/config/policy-pack.prod.json"
RULES = {
    "roles": "okta-no-direct-user-to-app",
    "duties": "separation-of-duties-at-assignment",
    "conditional_access": "entra-conditional-access-enforced",
    "sessions": "okta-session-limits",
    "passwords": "okta-password-policy",
    "service_accounts": "entra-no-application-password",
    "devices": "okta-device-disk-encrypted",
    "keys": "aws-kms-separate-duties",
    "stores": "aws-s3-public-access-blocked",
    "tls": "aws-load-balancer-listener-tls",
    "sftp": "aws-transfer-security-policy",
    "backups": "aws-backup-vault-not-emptied",
    "audit_trail": "aws-cloudtrail-complete",
    "log_retention": "aws-log-retention-six-years",
    "alerts": "aws-alarm-tells-somebody",
    "detection": "aws-guardduty-on",
    "workforce": "aws-permission-set-session-limit",
    "secrets": "okta-provider-no-token",
    "data_class": "aws-store-classified",
    "regions": "aws-provider-region-allowed",
    "break_glass": "entra-conditional-access-excludes-break-glass",
    "vendors": "vendor-agreement-terms",
    "training": "training-before-ephi",
    "certification": "entra-package-reviewed",
}
"""The rule that must stop each domain's violation, by the name of the resource that holds it."""
WITHOUT_PREVIEW = ("roles", "conditional_access", "stores", "regions")
"""Domains whose violation is also tried without a preview: one a provider, and a provider itself."""


@dataclass(frozen=True)
class Foreign(Project):
    """The other team's program; `domains` narrows it."""

    domains: str = ""

    @property
    @override
    def environment(self) -> dict[str, str]:
        return {**super().environment, "DOMAINS": self.domains}

    def names(self) -> set[str]:
        """Names of what was created, the stack itself left out."""
        return {urn.rsplit("::", 1)[1] for urn in self.export("dev")} - {"violations-dev"}


def _foreign(base: Path, domains: str = "") -> Foreign:
    shutil.copytree(PROGRAM, base / "program")
    (base / "program" / ".venv").symlink_to(sys.prefix)
    (base / "backend").mkdir()
    made = Foreign(base / "program", base / "sandbox", base / "backend", domains)
    made.init("dev")
    return made


def _up(project: Foreign, config: Path, *more: str, code: int | None) -> str:
    pack = ("--policy-pack", str(ROOT / "policies/packs/hipaa"), "--policy-pack-config", str(config))
    return project.pulumi("up", "--yes", *more, *pack, stack="dev", code=code)


def test_an_update_with_every_violation_creates_nothing(tmp_path: Path) -> None:
    project = _foreign(tmp_path)
    said = _up(project, CONFIG, code=None)
    assert project.names() == set(), said[-3000:]
    blocked = [line for line in said.splitlines() if "[mandatory]" in line]
    for domain, rule in RULES.items():
        assert any(f"  {rule}  " in line and f": {domain})" in line for line in blocked), (domain, rule)


@pytest.mark.parametrize("domain", WITHOUT_PREVIEW)
def test_without_a_preview_the_update_stops_before_the_resource(domain: str, tmp_path: Path) -> None:
    project = _foreign(tmp_path, domain)
    said = _up(project, CONFIG, "--skip-preview", code=None)
    assert project.names() <= {"o", "e", "a"}, said[-3000:]
    assert any("[mandatory]" in line and f"  {RULES[domain]}  " in line for line in said.splitlines()), said


def test_what_is_certain_is_set_right_when_the_configuration_says_so(tmp_path: Path) -> None:
    config = json.loads(CONFIG.read_text(encoding="utf-8"))
    config["pack-settings"]["catalogue"] = "none"
    for rule in ("stores", "tls", "log_retention"):
        config[RULES[rule]] = "remediate"
    config["aws-log-group-encrypted"] = "disabled"
    file = tmp_path / "pack.json"
    file.write_text(json.dumps(config), encoding="utf-8")
    project = _foreign(tmp_path, "stores tls log_retention")
    said = _up(project, file, code=0)
    made = {urn.rsplit("::", 1)[1]: item.get("inputs") or {} for urn, item in project.export("dev").items()}
    blocks = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")
    assert {made["stores"][name] for name in blocks} == {True}
    assert made["tls"]["sslPolicy"] == "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"
    assert made["log_retention"]["retentionInDays"] == 2192
    assert "[remediate]" in said
    again = _up(project, file, "--expect-no-changes", code=0)
    assert "[mandatory]" not in again
