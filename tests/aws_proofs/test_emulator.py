"""The deployment is made through AWS's API in an emulator on loopback, and read back as declared."""

from __future__ import annotations

import logging
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest
import read_back_exchange
import read_back_identity
import read_back_monitoring
import read_back_stores
import read_back_streams
from emulator import accounts, build
from emulator_lacks import LACKS, NOT_READ
from making import Emulator
from moto.server import ThreadedMotoServer
from reading_back import CHECKS, MANAGEMENT, READ, check

SUBJECTS = (
    *(read_back_stores, read_back_monitoring, read_back_identity),
    *(read_back_exchange, read_back_streams),
)
"""Modules whose read-backs run."""


def test_the_deployment_is_made_and_read_back(
    deployment: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOTO_EC2_LOAD_DEFAULT_AMIS", "false")  # slow, and not looked for
    logging.getLogger("werkzeug").setLevel(logging.CRITICAL)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        emulated = build(f"http://{host}:{port}", deployment, MANAGEMENT)
        failures: list[Exception] = []
        for function in CHECKS:
            try:
                function(deployment, emulated)
            except Exception as error:
                error.add_note(function.__name__)
                failures.append(error)
        assert {function.__module__ for function in CHECKS} >= {module.__name__ for module in SUBJECTS}
        if failures:
            raise ExceptionGroup("not as declared", failures)
        unread = {type_ for type_, _ in emulated.made} - READ
        assert unread == set(NOT_READ), "ask about it in read_back_*.py, or say in NOT_READ why not"
    finally:
        server.stop()


@check
def every_resource_is_made_or_named_as_lacking(deployment: list[dict[str, Any]], emulated: Emulator) -> None:
    tried = [(item["type"], item["urn"].rsplit("::", 1)[1]) for item, _, _ in accounts(deployment)]
    assert sorted(tried) == sorted([*emulated.made, *emulated.failed])
    unexplained = {
        key: answer
        for key, answer in emulated.failed.items()
        if not any(key[0] == type_ and fnmatchcase(key[1], glob) for type_, glob in LACKS)
    }
    assert not unexplained
    for type_, glob in LACKS:
        named = [key for key in tried if key[0] == type_ and fnmatchcase(key[1], glob)]
        assert named, f"{type_} {glob}: nothing in the deployment"
        assert not set(named) & set(emulated.made), f"{type_} {glob}: the emulator has it now"


@check
def every_value_is_one_that_aws_takes(_: list[dict[str, Any]], emulated: Emulator) -> None:
    """But for ids that the emulator gave: its permission sets' ARNs have a form that AWS's own never have."""
    given = [repr(identifier) for identifier in emulated.ids.values()]
    refused = [fault for fault in emulated.refused if not any(identifier in fault for identifier in given)]
    assert not refused, "\n".join(refused)


def test_the_page_names_what_the_emulator_lacks() -> None:
    page = (Path(__file__).parents[2] / "docs" / "aws-proofs.md").read_text(encoding="utf-8")
    for type_, _ in LACKS:
        assert f"`{type_.removeprefix('aws:').rsplit(':', 1)[0]}`" in page, type_
