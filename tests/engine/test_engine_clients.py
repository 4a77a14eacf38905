"""On the real engine: a client's status leads its keys and stores out, step by step, and nobody else's.

Notice, return, order to end the key, certificate. KMS ends a key outside Pulumi; the custodian's call is
here an edit of the sandbox's key, which is disabled as AWS disables one that waits for its end.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from project import Project
from test_engine_incidents import catalogued, changed

from billing_identity.sandbox import commands

pytestmark = pytest.mark.engine
CLIENT, CODE = "riverbend-hospital", "rvbh"
KEYS, DATA = "keys-prod", "data-prod"
KEY = "aws:kms/key:Key"
BUCKET = "aws:s3/bucket:Bucket"
HARDENING = (
    "aws:s3/bucketPolicy:BucketPolicy",
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    "aws:s3/bucketVersioning:BucketVersioning",
)
NAMES_THE_CLIENT = ("exchange-server-198.51.100.8-29", "exchange-upload")
"""Its partner's address at the server that all share, and the trust of the role that signs uploads."""
State = dict[str, dict[str, Any]]
TODAY = date.today()
RETURNED = TODAY - timedelta(days=90)
LEAVING = f"status: offboarding\noffboarding:\n  ends_on: {TODAY + timedelta(days=30)}\n"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    made = Project.make(tmp_path_factory.mktemp("clients"))
    for stack in (KEYS, DATA):
        made.init(stack)
    catalogued(made, KEYS, DATA)
    return made


def up(project: Project) -> tuple[State, State]:
    for stack in (KEYS, DATA):
        project.pulumi("up", "--yes", "--skip-preview", stack=stack)
    return project.export(KEYS), project.export(DATA)


def write(project: Project, status: str) -> None:
    file = project.folder / "roles" / "catalogue" / "clients" / f"{CLIENT}.yaml"
    text = file.read_text(encoding="utf-8")
    kept, rest = text.split("status: ", 1)
    rest = rest[rest.index("agreement:") :]
    file.write_text(f"{kept}{status}{rest}", encoding="utf-8")


def refused(project: Project, *words: str) -> str:
    """What a command says that refuses bad input."""
    done = project.cli(*words)
    assert done.returncode == 2, done.stdout + done.stderr
    return " ".join((done.stdout + done.stderr).split())


def plan(project: Project) -> str:
    done = project.cli("client", "plan", CLIENT, "--catalogue", "roles/catalogue")
    assert done.returncode == 0, done.stderr
    return done.stdout


def of_client(state: State) -> State:
    """The resources that are the client's alone, by name or by the folder or store that they name."""
    return {
        urn: item
        for urn, item in state.items()
        if CLIENT in urn.rsplit("::", 1)[1] or urn.rsplit("::", 1)[1].endswith((f"-{CODE}", f"-{CODE}-1"))
    }


def names(state: State) -> set[str]:
    return {urn.rsplit("::", 1)[1] for urn in state}


def certificate(project: Project, day: date) -> tuple[str, ...]:
    who = ("--by", "key-custodian", "--witness", "privacy-officer", "--evidence", "ticket-7")
    return ("client", "certificate", CLIENT, "--destroyed", str(day), *who, "--catalogue", "roles/catalogue")


def test_a_client_leaves(project: Project) -> None:
    served = up(project)
    assert of_client(served[0])
    assert of_client(served[1])

    # Steps that are skipped are refused with file and line, and nothing is deployed.
    write(project, "status: closed\n")
    assert f"clients/{CLIENT}.yaml:4" in refused(project, "check", "roles/catalogue")
    said = project.pulumi("up", "--yes", "--skip-preview", stack=DATA, code=None)
    assert "is closed without `offboarding`" in said
    assert project.export(DATA) == served[1]

    # 1 notice: nothing changes.
    write(project, LEAVING)
    assert "  now  Return and export" in plan(project)
    assert "return comes before destruction" in refused(project, *certificate(project, TODAY))
    noticed = up(project)
    assert [changed(*pair) for pair in zip(served, noticed, strict=True)] == [set(), set()]
    assert all(item.get("protect") for item in of_client(noticed[0]).values())

    # 2 returned: its partners lose their access, its keys and stores their protection; nobody else anything.
    write(project, f"{LEAVING}  returned_on: {RETURNED}\n")
    assert "  now  Take the protection away" in plan(project)
    returned = up(project)
    for before, after in zip(noticed, returned, strict=True):
        assert changed(before, after) <= {*names(of_client(before)), *NAMES_THE_CLIENT}
        for urn, item in after.items():
            mine = urn in of_client(after)
            assert item.get("protect", False) is (before[urn].get("protect", False) and not mine), urn

    # 3 the custodian orders the end of the key.
    (key,) = [item for item in of_client(returned[0]).values() if item["type"] == KEY]
    commands.edit(project.state, KEY, key["id"], {"isEnabled": False}, "100000000002")
    assert "Nothing can be certified before" in plan(project)
    early = refused(project, *certificate(project, RETURNED + timedelta(days=10)))
    assert "its keys end 60 days after" in early
    done = project.cli(*certificate(project, TODAY))
    assert done.returncode == 0, done.stderr
    assert "Riverbend Hospital" in done.stdout

    # 4 certified: the program lets go; AWS keeps what it has, hardened, under a key that nobody can use.
    write(
        project,
        f"{LEAVING.replace('offboarding', 'closed', 1)}  returned_on: {RETURNED}\n  certificate: CERT-7\n",
    )
    without_partner(project.folder / "roles" / "catalogue" / "systems" / "aws.yaml")
    closed = up(project)
    for before, after in zip(returned, closed, strict=True):
        gone = before.keys() - after.keys()
        assert gone <= of_client(before).keys()
        assert not of_client(after)
    kept = commands.ls(project.state, "aws")
    stores = [item["id"] for item in of_client(returned[1]).values() if item["type"] == BUCKET]
    assert stores
    for type_ in HARDENING:
        assert set(stores) <= {item["id"] for item in kept if item["type"] == type_}, type_
    assert commands.show(project.state, KEY, key["id"], "100000000002")["isEnabled"] is False


def without_partner(file: Path) -> None:
    """The flow that served this client alone goes with it, as `billing-identity check` asks."""
    lines = file.read_text(encoding="utf-8").splitlines()
    start = lines.index("  - name: hospital-extracts")
    end = next((n for n in range(start + 1, len(lines)) if not lines[n].startswith("    ")), len(lines))
    file.write_text("\n".join([*lines[:start], *lines[end:], ""]), encoding="utf-8")
