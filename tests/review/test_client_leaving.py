"""The way of a client's data out of the company: steps by status, certificate, refusals."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from billing_identity.review.clients.certificate import Destruction, certificate
from billing_identity.review.clients.leaving import earliest, steps
from billing_identity.review.commands import client as command
from billing_identity.roles.loader import REFERENCE, load
from billing_identity.stacks.bind.aws.stores import Names, store_groups
from billing_identity.stacks.settings import load_settings

ROOT = Path(__file__).parents[2]
RIVERBEND, HARBOR = "riverbend-hospital", "harbor-family-practice"
RETURNED = "offboarding: { ends_on: 2026-06-30, returned_on: 2026-07-15 }"


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    copy = tmp_path / "catalogue"
    shutil.copytree(REFERENCE, copy)
    return copy


def write(catalogue: Path, client: str, status: str, leaving: str) -> None:
    path = catalogue / "clients" / f"{client}.yaml"
    text = re.sub(r"(?m)^status: .*$", f"status: {status}", path.read_text())
    text = re.sub(r"(?m)^offboarding: .*\n?", "", text)
    path.write_text(f"{text.rstrip()}\n{leaving}\n")


def call(*words: str, catalogue: Path) -> Result:
    return CliRunner().invoke(
        command.group,
        [*words, "--catalogue", str(catalogue), "--root", str(ROOT), "--as-of", "2026-11-24"],
    )


def states(result: Result) -> dict[str, str]:
    """State of each step by its title."""
    assert result.exit_code == 0, result.output
    found = re.findall(r"(?m)^ *(done|now|later|held)  ([\w ]+) \(", result.output)
    return {title: state for state, title in found}


@pytest.mark.parametrize(
    ("status", "leaving", "done", "now"),
    [
        ("active", "", 0, 1),
        ("offboarding", "offboarding: { ends_on: 2027-06-30 }", 1, 2),
        ("offboarding", RETURNED.replace("2026-06-30", "2027-06-30"), 3, 3),
        ("closed", RETURNED.replace(" }", ", certificate: CERT-7 }"), 6, 1),
    ],
)
def test_the_status_says_what_is_done_and_what_is_next(
    catalogue: Path, status: str, leaving: str, done: int, now: int
) -> None:
    write(catalogue, RIVERBEND, status, leaving)
    found = list(states(call("plan", RIVERBEND, catalogue=catalogue)).values())
    assert found == ["done"] * done + ["now"] * now + ["later"] * (7 - done - now)


def test_keys_end_replica_first_and_shared_stores_by_folder(catalogue: Path) -> None:
    own = call("plan", RIVERBEND, catalogue=catalogue).output
    assert own.index("--region us-west-2 --pending") < own.index("--region us-east-1 --pending")
    assert "--pending-window-in-days 30" in own
    assert "s3://meridian-prod-ephi-edi-rvbh/" in own
    assert "pulumi up --stack keys-prod\n" in own
    shared = call("plan", HARBOR, catalogue=catalogue).output
    assert "schedule-key-deletion" not in shared
    assert "s3://meridian-prod-ephi-edi/hrbr/" in shared
    sharded = call("plan", RIVERBEND, "--sharded", catalogue=catalogue).output
    assert "pulumi up --stack keys-prod-01" in sharded


INCIDENT = """incident: vendor-breach
summary: A clearinghouse was broken into.
scope: { vendors: [waystar], clients: [riverbend-hospital] }
opened_by: security-analyst
approver: security-officer
occurred: 2026-11-20T08:00:00Z
detected: 2026-11-20T09:00:00Z
expires: 2026-12-04T00:00:00Z
"""


def test_an_open_incident_holds_what_comes_after_the_return(catalogue: Path) -> None:
    (catalogue / "incidents").mkdir(exist_ok=True)
    (catalogue / "incidents" / "inc-1.yaml").write_text(INCIDENT)
    write(catalogue, RIVERBEND, "offboarding", RETURNED.replace("2026-06-30", "2027-06-30"))
    plan = call("plan", RIVERBEND, catalogue=catalogue)
    found = list(states(plan).values())
    assert found == ["done"] * 3 + ["held"] * 4
    assert "held by incident inc-1" in plan.output
    assert "schedule-key-deletion" not in plan.output
    loaded = load(catalogue).catalogue
    assert loaded is not None
    own = [group for group in store_groups(loaded, None) if group.client and group.client.id == RIVERBEND]
    assert [group.protect for group in own] == [True]
    given = call("certificate", RIVERBEND, "--destroyed", "2026-09-20", *CERTIFY, catalogue=catalogue)
    assert given.exit_code == 2
    assert "is held by incident `inc-1`" in " ".join(given.output.split())
    write(catalogue, RIVERBEND, "offboarding", "offboarding: { ends_on: 2027-06-30 }")
    found = list(states(call("plan", RIVERBEND, catalogue=catalogue)).values())
    assert found == ["done", "now", *["held"] * 5]


CERTIFY = ("--by", "key-custodian", "--witness", "privacy-officer", "--evidence", "CloudTrail DeleteKey 1a2b")


def test_a_certificate_names_what_was_destroyed_where_and_how(catalogue: Path) -> None:
    write(catalogue, RIVERBEND, "offboarding", RETURNED.replace("2026-06-30", "2027-06-30"))
    given = call("certificate", RIVERBEND, "--destroyed", "2026-09-20", *CERTIFY, catalogue=catalogue)
    assert given.exit_code == 0, given.output
    for words in (
        "# Certificate of destruction",
        "Meridian Revenue Partners",
        "Riverbend Hospital",
        "Contract store RVBH/BAA-2",
        "2026-07-15",
        "2026-09-20",
        "alias/meridian-prod-client-riverbend-hospital",
        "s3://meridian-prod-ephi-edi-rvbh/",
        "cryptographic erase",
        "CloudTrail DeleteKey 1a2b",
        "Destroyed by (role key-custodian)",
        "Witnessed by (role privacy-officer)",
    ):
        assert words in given.output, words


@pytest.mark.parametrize(
    ("status", "leaving", "words", "said", "place"),
    [
        ("active", "", ("--destroyed", "2026-11-01", *CERTIFY), "nothing was destroyed", ":4:"),
        (
            "offboarding",
            "offboarding: { ends_on: 2027-06-30 }",
            ("--destroyed", "2026-11-01", *CERTIFY),
            "has not got its data back",
            ":25:",
        ),
        (
            "offboarding",
            RETURNED.replace("2026-06-30", "2027-06-30"),
            ("--destroyed", "2026-09-12", *CERTIFY),
            "on 2026-09-13 at the earliest",
            ":25:",
        ),
        (
            "offboarding",
            RETURNED.replace("2026-06-30", "2027-06-30"),
            ("--destroyed", "2026-12-24", *CERTIFY),
            "still to come",
            ":25:",
        ),
        (
            "offboarding",
            RETURNED.replace("2026-06-30", "2027-06-30"),
            ("--destroyed", "2026-09-20", *CERTIFY[:2], "--witness", "key-custodian", *CERTIFY[4:]),
            "needs a witness",
            ":25:",
        ),
        (
            "offboarding",
            RETURNED.replace("2026-06-30", "2027-06-30"),
            ("--destroyed", "2026-09-20", *CERTIFY[:2], "--witness", "nobody", *CERTIFY[4:]),
            "which is no role",
            ":25:",
        ),
    ],
)
def test_a_skipped_step_is_refused_at_its_place(
    catalogue: Path, status: str, leaving: str, words: tuple[str, ...], said: str, place: str
) -> None:
    write(catalogue, RIVERBEND, status, leaving)
    lines = (catalogue / "clients" / f"{RIVERBEND}.yaml").read_text().splitlines()
    wanted = place if status == "active" else f":{lines.index(leaving) + 1}:"
    given = call("certificate", RIVERBEND, *words, catalogue=catalogue)
    assert given.exit_code == 2
    flat = " ".join(given.stderr.split())
    assert said in flat
    assert f"clients/{RIVERBEND}.yaml{wanted}" in flat.replace("yaml: ", "yaml:")
    assert "Certificate of destruction" not in given.stdout


def test_shared_stores_wait_for_their_locks() -> None:
    found = load(REFERENCE).catalogue
    assert found is not None
    harbor = found.clients[HARBOR]
    assert harbor.offboarding is not None
    assert earliest(harbor) is None
    returned = harbor.model_copy(
        update={"offboarding": harbor.offboarding.model_copy(update={"returned_on": date(2026, 7, 1)})}
    )
    assert earliest(returned) == date(2026, 9, 29)
    settings, _ = load_settings(ROOT, "prod")
    assert settings is not None
    names = Names("meridian", settings)
    assert len(steps(found, returned, names, ("keys-prod",))) == 7
    with pytest.raises(ValueError, match="nothing was returned"):
        certificate(found, harbor, names, Destruction(date(2026, 11, 1), "a", "b", "c"))


@pytest.mark.parametrize(
    ("status", "leaving", "said"),
    [
        ("offboarding", "offboarding: { ends_on: 2027-06-30, certificate: CERT-7 }", "and no `returned_on`"),
        (
            "offboarding",
            "offboarding: { ends_on: 2027-06-30, returned_on: 2026-07-15, certificate: CERT-7 }",
            "still offboarding",
        ),
        ("offboarding", "offboarding: { ends_on: 2027-06-30, returned_on: 2026-12-15 }", "still to come"),
        ("closed", "offboarding: { ends_on: 2027-06-30 }", "closed without `returned_on`"),
    ],
)
def test_a_file_that_skips_a_step_is_no_catalogue(
    catalogue: Path, status: str, leaving: str, said: str
) -> None:
    write(catalogue, RIVERBEND, status, leaving)
    given = call("plan", RIVERBEND, catalogue=catalogue)
    assert given.exit_code == 2
    assert said in " ".join(given.stderr.split())


def test_an_unknown_client_is_refused(catalogue: Path) -> None:
    given = call("plan", "nobody", catalogue=catalogue)
    assert given.exit_code == 2
    assert "there is no client nobody" in given.stderr
