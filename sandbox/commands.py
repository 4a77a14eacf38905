"""What the command line offers of the sandbox, as plain functions.

`state` is always the state folder. An object is named by its type token and its id (and by account, when two
accounts hold the same id). Functions that can't find or can't tell raise `LookupError`, bad input
`ValueError`.
"""

import os
import signal
import subprocess
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event
from types import FrameType
from typing import cast

from billing_identity.sandbox import scim
from billing_identity.sandbox.instance import Instance
from billing_identity.sandbox.lifecycle import key_of, region_of
from billing_identity.sandbox.server import PACKAGES, Sandbox
from billing_identity.sandbox.store import Object, Store
from billing_identity.sandbox.wire import Properties, Value

_FORWARDED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def run(command: list[str], state: Path) -> int:
    """Run a command (as a list of words) against the sandbox; returns its exit code (128 + n after signal n).

    The child keeps this terminal, gets our signals, and finds the sandbox by its environment.
    Raises FileNotFoundError when there is no such program.
    """
    if not command:
        raise ValueError("no command given: write it after --, for example: -- pulumi up")
    with Sandbox(state) as sandbox:
        child = subprocess.Popen(command, env={**os.environ, **sandbox.environment()})  # noqa: S603
        with _handling(lambda number: child.send_signal(number)):
            code = child.wait()
    return code if code >= 0 else 128 - code


def serve(state: Path, ready: Callable[[dict[str, str]], None]) -> int:
    """Serve until interrupted; `ready` gets the variables that point an engine here. Returns 0."""
    stop = Event()
    with Sandbox(state) as sandbox, _handling(lambda number: stop.set()):
        ready(sandbox.environment())
        stop.wait()
    return 0


def ls(state: Path, package: str = "", kind: str = "") -> list[dict[str, str]]:
    """Live objects as {package, account, region, type, id, name}, sorted; the arguments narrow the list."""
    with _open(state) as store:
        return [
            {
                "package": o.package,
                "account": o.account,
                "region": o.region,
                "type": o.type,
                "id": o.id,
                "name": _name(o),
            }
            for o in store.all()
            if package in ("", o.package) and kind in ("", o.type)
        ]


def show(state: Path, kind: str, identifier: str, account: str = "") -> Properties:
    """The live properties of one object; a secret is shown as its hash."""
    with _open(state) as store:
        return dict(_one(store, kind, identifier, account).props)


def edit(state: Path, kind: str, identifier: str, patch: Properties, account: str = "") -> Properties:
    """Change a live object behind Pulumi's back by a JSON merge patch (RFC 7396); returns the new
    properties.
    """
    with _open(state) as store, store.transaction():
        item = _one(store, kind, identifier, account)
        changed = merge(item.props, patch)
        store.put(replace(item, props=changed))
        return changed


def rm(state: Path, kind: str, identifier: str, account: str = "") -> None:
    """Delete a live object behind Pulumi's back, whatever uses it."""
    with _open(state) as store, store.transaction():
        store.delete(_one(store, kind, identifier, account))


def seed(
    state: Path, kind: str, identifier: str, properties: Properties, account: str, region: str = ""
) -> None:
    """Put an object there that predates the program (a break-glass group, a deployment role).

    `kind` is its type token, `properties` its properties in wire names.
    """
    package = kind.partition(":")[0]
    if package not in PACKAGES:
        raise ValueError(
            f"{kind!r} is not a type of {', '.join(PACKAGES)}; write for example okta:group/group:Group"
        )
    with _open(state, make=True) as store:
        where = region_of(Instance(package, account, region), kind, properties)
        full = {**properties, "id": identifier}
        store.add_account(package, account)
        store.put(Object(package, account, where, kind, key_of(kind, full, identifier), identifier, "", full))


def scim_sync(state: Path, account: str) -> list[str]:
    """Let groups arrive in the identity store of an AWS account: those that Okta or Entra push to AWS.

    Returns the names of the groups that are new.
    """
    with _open(state) as store:
        return scim.sync(store, account)


def merge(target: Value, patch: Value) -> Value:
    """RFC 7396: null deletes, an object merges, anything else replaces."""
    if not isinstance(patch, dict):
        return patch
    merged: Properties = dict(cast("Properties", target)) if isinstance(target, dict) else {}
    for key, value in cast("Properties", patch).items():
        if value is None:
            merged.pop(key, None)
        else:
            merged[key] = merge(merged.get(key), value)
    return merged


def _name(item: Object) -> str:
    for key in ("name", "displayName", "label", "bucket", "title"):
        if isinstance(item.props.get(key), str) and item.props[key]:
            return str(item.props[key])
    return item.id


def _one(store: Store, kind: str, identifier: str, account: str) -> Object:
    found = [o for o in store.find(kind, account or None) if identifier in (o.id, o.key)]
    if not found:
        found = [o for o in store.find(kind, account or None) if _name(o) == identifier]
    if not found:
        raise LookupError(
            f"no {kind} with the id or name {identifier!r} in the sandbox; `sandbox ls` lists what is"
        )
    if len(found) > 1:
        places = "; ".join(sorted(f"{o.account} {o.region} {o.key}".strip() for o in found))
        raise LookupError(f"{len(found)} objects answer to {kind} {identifier!r}: {places}; say which")
    return found[0]


@contextmanager
def _open(state: Path, *, make: bool = False) -> Generator[Store]:
    if not make and not Store.exists(state):
        raise LookupError(f"{state} holds no sandbox: run something in it first, or name its --state")
    store = Store(state)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def _handling(act: Callable[[int], None]) -> Generator[None]:
    """Give our signals to `act` while the block runs."""

    def handler(number: int, frame: FrameType | None) -> None:
        act(number)

    before = {number: signal.signal(number, handler) for number in _FORWARDED}
    try:
        yield
    finally:
        for number, previous in before.items():
            signal.signal(number, previous)
