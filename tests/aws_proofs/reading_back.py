"""What a read-back is: a function over the deployment and the emulator that asks and compares.

The read-backs share one emulator, in one test, since filling it takes most of the time. `READ` gathers the
types that they ask about, so that none is forgotten.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from emulator import accounts
from making import Emulator

MANAGEMENT, KEYS, LOGS, DATA = (f"10000000000{number}" for number in range(1, 5))
EAST, WEST = "us-east-1", "us-west-2"
READ: set[str] = set()
"""Types that were asked about."""
SAME: Mapping[str, str] = {}
Check = Callable[[list[dict[str, Any]], Emulator], None]
CHECKS: list[Check] = []


def check(function: Check) -> Check:
    """Enters a read-back."""
    CHECKS.append(function)
    return function


@dataclass(frozen=True)
class Declared:
    """A resource: its inputs in the emulator's words, and where it is."""

    inputs: dict[str, Any]
    client: Callable[[str], Any]
    """Client of a service in the resource's account and Region."""
    account: str
    region: str
    id: str
    outputs: dict[str, Any]


def of_type(deployment: list[dict[str, Any]], token: str) -> list[tuple[dict[str, Any], str, str]]:
    """Resources of a type: inputs, account, Region."""
    READ.add(token)
    found = [
        (item["inputs"], account, item["inputs"].get("region", region))
        for item, account, region in accounts(deployment)
        if item["type"] == token
    ]
    assert found, token
    return found


def made(deployment: list[dict[str, Any]], emulated: Emulator, token: str) -> Iterator[Declared]:
    """Resources of a type that the emulator made."""
    READ.add(token)
    found = False
    for item, account, home in accounts(deployment):
        name = item["urn"].rsplit("::", 1)[1]
        if item["type"] != token or (token, name) not in emulated.made:
            continue
        found = True
        region = item["inputs"].get("region", home)
        yield Declared(
            emulated.translated(item["inputs"]),
            lambda service, account=account, region=region: emulated.client(service, account, region),
            account,
            region,
            emulated.translated(item["id"]),
            emulated.translated(item.get("outputs", {})),
        )
    assert found, token


def same(declared: Any, answered: Any, names: Mapping[str, str] = SAME, where: str = "") -> None:
    """Everything declared is answered: fields by name without regard to capitals, or by `names`; a policy
    document by what it says. The answer may hold more. Raises AssertionError with the place."""
    if isinstance(declared, dict):
        held = {key.casefold(): value for key, value in answered.items()}
        for key, value in declared.items():
            field = names.get(key, key).casefold()
            assert field in held, f"{where}.{key}: not in the answer {sorted(answered)}"
            same(value, held[field], names, f"{where}.{key}")
    elif isinstance(declared, list):
        assert len(declared) == len(answered), (where, declared, answered)
        for number, (mine, theirs) in enumerate(zip(declared, answered, strict=True)):
            same(mine, theirs, names, f"{where}[{number}]")
    elif isinstance(declared, str) and declared.startswith("{"):
        assert json.loads(declared) == (json.loads(answered) if isinstance(answered, str) else answered), (
            where
        )
    else:
        assert str(declared) == str(answered), (where, declared, answered)


def but(inputs: dict[str, Any], *fields: str) -> dict[str, Any]:
    """The inputs without some fields, and without Region and tags."""
    return {key: value for key, value in inputs.items() if key not in {"region", "tags", *fields}}
