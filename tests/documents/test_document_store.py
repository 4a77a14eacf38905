"""Issued documents in the locked bucket: what is sent, until when it is locked, what a refusal leaves."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from boto3.session import Session
from moto.server import ThreadedMotoServer

from billing_identity.review.documents import store_command, storing
from billing_identity.review.documents.register import (
    Entry,
    Register,
    RegisterError,
    digests,
    issue,
    read,
    text,
)
from billing_identity.roles.loader import REFERENCE

ROOT = Path(__file__).resolve().parents[2]
PLACE = storing.Place("meridian-prod-issued-documents", "100000000003", "us-east-1", "COMPLIANCE")
FIRST, SECOND, YEARS = date(2026, 11, 24), date(2028, 2, 29), 6


def issued(folder: Path, day: date, content: str, register: Register) -> Register:
    """A version of the document `mfa`, as `docs` writes it."""
    entry = Entry(version=f"{len(content):012x}", issued=day, files=digests({"mfa.md": content.encode()}))
    path = folder / "mfa" / entry.folder / "mfa.md"
    path.parent.mkdir(parents=True)
    path.write_text(content)
    register = issue(register, "mfa", entry, YEARS)
    (folder / "register.json").write_text(text(register))
    return register


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two versions: one of 2026 that one of 2028 replaced."""
    issued(tmp_path, SECOND, "new", issued(tmp_path, FIRST, "old", Register()))
    return tmp_path


def planned(folder: Path, day: date) -> tuple[storing.Step, ...]:
    return storing.plan(folder, read(folder), day, YEARS)


def test_what_is_in_effect_is_locked_for_six_years_from_now_and_what_was_replaced_from_then(
    folder: Path,
) -> None:
    old, new, register = planned(folder, date(2030, 5, 1))
    assert (old.until, new.until, register.until) == (
        date(2034, 3, 1),
        date(2036, 5, 1),
        date(2036, 5, 1),
    )
    assert "--object-lock-retain-until-date" in old.add(PLACE)
    assert "2034-03-02T00:00:00Z" in old.add(PLACE), "the last day counts as a whole"


def test_no_run_asks_for_a_lock_that_ends_earlier(folder: Path) -> None:
    """A lock in compliance mode takes a later day only: over the years, none moves back."""
    days = [date(2028, 2, 29), date(2028, 3, 1), date(2029, 1, 1), date(2031, 12, 31), date(2033, 1, 1)]
    seen: dict[str, date] = {}
    for day in days:
        for step in planned(folder, day)[:-1]:
            assert step.until >= seen.get(step.key, date.min), step.key
            seen[step.key] = step.until


def test_a_version_whose_six_years_are_over_is_left_alone(folder: Path) -> None:
    (new, _) = planned(folder, date(2034, 3, 2))
    assert new.entry is not None and new.entry.issued == SECOND


def test_a_version_in_effect_is_locked_before_and_after_it_is_replaced(tmp_path: Path) -> None:
    register = issued(tmp_path, FIRST, "old", Register())
    before = planned(tmp_path, date(2028, 2, 29))[0]
    issued(tmp_path, SECOND, "new", register)
    after = planned(tmp_path, SECOND)[0]
    assert (before.key, before.until) == (after.key, date(2034, 3, 1))
    assert after.until == date(2034, 3, 1)


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (lambda folder: (folder / "register.json").unlink(), "no document was issued here"),
        (lambda folder: (folder / "register.json").write_bytes(b"\xff\xfe"), "not a register"),
        (lambda folder: next(folder.glob("mfa/2028*/mfa.md")).write_text("x"), "changed since it was issued"),
        (lambda folder: next(folder.glob("mfa/2028*/mfa.md")).unlink(), "missing"),
        (lambda folder: next(folder.glob("mfa/2026*/mfa.md")).write_text("x"), "changed since it was issued"),
    ],
)
def test_a_folder_that_was_tampered_with_is_not_stored(
    folder: Path, harm: Callable[[Path], object], said: str
) -> None:
    harm(folder)
    with pytest.raises(RegisterError, match=said):
        planned(folder, SECOND)


def test_a_day_before_the_last_issue_is_refused(folder: Path) -> None:
    with pytest.raises(RegisterError, match="would be too short"):
        planned(folder, date(2028, 2, 28))


def test_an_old_version_that_only_the_bucket_has_is_locked_there(folder: Path) -> None:
    shutil.rmtree(next(folder.glob("mfa/2026*")))
    old, *_ = planned(folder, SECOND)
    assert old.path is None
    calls: list[Sequence[str]] = []
    storing.send([old], PLACE, lambda words: (calls.append(words), (0, ""))[1])
    assert [words[1] for words in calls] == ["put-object-retention"]


def test_the_register_is_sent_last_and_nothing_after_a_failure(folder: Path) -> None:
    steps = planned(folder, SECOND)
    assert [step.document for step in steps] == ["mfa", "mfa", "register"]
    calls: list[str] = []

    def refusing(words: Sequence[str]) -> tuple[int, str]:
        calls.append(words[words.index("--key") + 1])
        return (254, "An error occurred (AccessDenied)") if len(calls) == 2 else (0, "")

    with pytest.raises(storing.StoreError, match=r"mfa/2028.*\(2 of 3\).*AccessDenied"):
        storing.send(steps, PLACE, refusing)
    assert calls == [step.key for step in steps[:2]]


def test_without_run_nothing_is_sent(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    code = store_command.run(ROOT, "prod", REFERENCE, SECOND, folder, send=False, machine=True)
    shown = json.loads(capsys.readouterr().out)
    assert code == 0
    assert (shown["bucket"], shown["account"], shown["mode"]) == (PLACE.bucket, PLACE.account, PLACE.mode)
    assert len(shown["files"]) == 3
    assert store_command.run(ROOT, "prod", REFERENCE, SECOND, folder, send=True, machine=False) == 4
    assert "install the AWS CLI" in capsys.readouterr().err


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The bucket in an emulator, reached by the real AWS CLI."""
    if shutil.which("aws") is None:
        pytest.skip("the AWS CLI is not installed here")
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    keys = {"AWS_ACCESS_KEY_ID": "emulated", "AWS_SECRET_ACCESS_KEY": "emulated"}
    for name, value in {
        **keys,
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_CONFIG_FILE": os.devnull,
    }.items():
        monkeypatch.setenv(name, value)
    forget = Request(f"http://{host}:{port}/moto-api/reset", method="POST")
    urlopen(forget, timeout=10).close()  # the emulator's state is one for the process, whoever filled it
    client: Any = Session().client("s3", region_name="us-east-1")
    client.create_bucket(Bucket=PLACE.bucket, ObjectLockEnabledForBucket=True)
    yield client
    urlopen(forget, timeout=10).close()
    server.stop()


def test_the_bucket_holds_what_was_issued_and_runs_may_be_repeated(tmp_path: Path, s3: Any) -> None:
    issued(tmp_path, FIRST, "old", Register())
    place = storing.Place(PLACE.bucket, "123456789012", PLACE.region, PLACE.mode)  # the emulator's account
    assert storing.send(planned(tmp_path, FIRST), place) == (2, 0)
    later = planned(tmp_path, SECOND)
    assert storing.send(later, place) == (1, 1), "the register of that day is new"
    for step in later:
        held = s3.get_object(Bucket=place.bucket, Key=step.key)
        assert step.path is not None and held["Body"].read() == step.path.read_bytes()
        assert held["ObjectLockMode"] == "COMPLIANCE"
        lock = datetime.combine(step.until, datetime.min.time(), UTC)
        assert (held["ObjectLockRetainUntilDate"] - lock).days == 1
    versions = s3.list_object_versions(Bucket=place.bucket)["Versions"]
    assert len(versions) == 3, "nothing was written twice"
