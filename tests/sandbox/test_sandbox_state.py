"""The state: survives restarts and kills, can be listed, edited and seeded from outside."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import grpc
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pulumi.runtime.proto import provider_pb2 as pb
from pulumi.runtime.proto import provider_pb2_grpc
from sandbox_client import Client, Refused

from billing_identity.sandbox import commands
from billing_identity.sandbox.server import Sandbox
from billing_identity.sandbox.store import Object, Store
from billing_identity.sandbox.wire import Secret

GROUP = "okta:group/group:Group"
ACME = {"orgName": "acme", "baseUrl": "okta.com"}
ORG = "acme.okta.com"


def test_state_survives_a_restart(state: Path) -> None:
    with Sandbox(state) as first:
        group = Client(first.ports["okta"], ACME).create(GROUP, name="g")
    with Sandbox(state) as second:
        read = Client(second.ports["okta"], ACME).read(GROUP, group["id"], group, {"name": "g"})
        assert read is not None
        assert read[0] == group


WRITER = """
import sys
from pathlib import Path
from billing_identity.sandbox.store import Object, Store
store = Store(Path(sys.argv[1]))
number = 0
while True:
    with store.transaction():
        for half in ("a", "b"):
            key = f"{number}-{half}"
            pad = {"n": number, "pad": "x" * 2000}
            store.put(Object("okta", "org", "", "okta:group/group:Group", key, key, "", pad))
    number += 1
    print(number, flush=True)
"""


def test_a_kill_in_the_middle_of_writing_leaves_whole_transactions(state: Path) -> None:
    for _ in range(3):
        child = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(state)], stdout=subprocess.PIPE, text=True
        )
        assert child.stdout is not None
        for _line in range(20):
            child.stdout.readline()
        os.kill(child.pid, signal.SIGKILL)
        told = [int(line) for line in child.stdout.read().split()]
        child.wait()
        child.stdout.close()
        store = Store(state)
        keys = {o.key for o in store.find(GROUP)}
        store.close()
        numbers = {k.split("-")[0] for k in keys}
        assert keys == {f"{n}-{half}" for n in numbers for half in "ab"}
        assert max(told, default=20) <= len(numbers)


def test_another_process_s_edit_is_seen_by_a_running_sandbox(okta: Any, state: Path) -> None:
    group = okta.create(GROUP, name="g", description="d")
    code = (
        "import sys; from pathlib import Path; from billing_identity.sandbox import commands as c;"
        f"c.edit(Path(sys.argv[1]), {GROUP!r}, sys.argv[2], {{'description': 'evil'}})"
    )
    subprocess.run([sys.executable, "-c", code, str(state), group["id"]], check=True, timeout=60)
    outputs, _ = okta.read(GROUP, group["id"], group, {"name": "g", "description": "d"})
    assert outputs["description"] == "evil"


def test_a_failed_transaction_leaves_no_trace(state: Path) -> None:
    store = Store(state)
    item = Object("okta", ORG, "", GROUP, "k", "k", "", {})
    with pytest.raises(ZeroDivisionError), store.transaction():
        store.put(item)
        _ = 1 / 0
    assert store.find(GROUP) == []
    store.close()


def test_listing_showing_and_naming(okta: Any, aws: Any, state: Path) -> None:
    group = okta.create(GROUP, name="coder")
    aws.create("aws:s3/bucket:Bucket", bucket="acme")
    rows = commands.ls(state, package="aws")
    assert [(r["account"], r["type"], r["id"]) for r in rows] == [
        ("111111111111", "aws:s3/bucket:Bucket", "acme")
    ]
    assert commands.show(state, GROUP, "coder")["id"] == group["id"]
    with pytest.raises(LookupError, match="no okta:group/group:Group with the id or name 'nobody'"):
        commands.show(state, GROUP, "nobody")


def test_an_ambiguous_name_is_refused(okta: Any, clients: Any, state: Path) -> None:
    clients("okta", orgName="other").create(GROUP, name="coder")
    okta.create(GROUP, name="coder")
    with pytest.raises(LookupError, match="2 objects answer"):
        commands.rm(state, GROUP, "coder")
    commands.rm(state, GROUP, "coder", account=ORG)
    assert [r["account"] for r in commands.ls(state, kind=GROUP) if r["name"] == "coder"] == [
        "other.okta.com"
    ]


def test_what_predates_the_program_can_be_seeded(entra: Any, state: Path) -> None:
    tenant, breakglass = "11111111-2222-3333-4444-555555555555", "99999999-9999-9999-9999-999999999999"
    policy = {
        "displayName": "x",
        "state": "enabled",
        "conditions": {
            "clientAppTypes": ["all"],
            "applications": {"includedApplications": ["All"]},
            "users": {"includedUsers": ["All"], "excludedGroups": [breakglass]},
        },
        "grantControls": {"operator": "OR", "builtInControls": ["mfa"]},
    }
    kind = "azuread:index/conditionalAccessPolicy:ConditionalAccessPolicy"
    with pytest.raises(Refused, match="does not exist"):
        entra.create(kind, **policy)
    properties = {"displayName": "break-glass", "objectId": breakglass, "assignableToRole": True}
    commands.seed(state, "azuread:index/group:Group", f"/groups/{breakglass}", properties, tenant)
    entra.create(kind, **policy)
    with pytest.raises(ValueError, match="is not a type of"):
        commands.seed(state, "gcp:x/y:Z", "i", {}, "a")


def test_a_damaged_key_file_is_reported(state: Path) -> None:
    state.mkdir()
    (state / "secret.key").write_bytes(b"short")
    with pytest.raises(RuntimeError, match="not a sandbox key"):
        Store(state)


def test_the_key_is_private_and_the_hash_depends_on_it(state: Path, tmp_path: Path) -> None:
    one, two = Store(state), Store(tmp_path / "other")
    assert (state / "secret.key").stat().st_mode & 0o777 == 0o600
    assert one.hashed(Secret("x")) == one.hashed(Secret("x")) != two.hashed(Secret("x"))
    one.close()
    two.close()


@pytest.mark.parametrize(
    ("target", "patch", "merged"),
    [
        ({"a": 1}, {"a": 2}, {"a": 2}),
        ({"a": 1, "b": 2}, {"a": None}, {"b": 2}),
        ({"a": {"b": 1, "c": 2}}, {"a": {"b": None}}, {"a": {"c": 2}}),
        ({"a": [1]}, {"a": [2, 3]}, {"a": [2, 3]}),
        ({"a": "x"}, {"a": {"b": 1}}, {"a": {"b": 1}}),
    ],
)
def test_edit_merges_as_rfc_7396_says(target: Any, patch: Any, merged: Any) -> None:
    assert commands.merge(target, patch) == merged


JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=10,
)


@given(st.dictionaries(st.text(max_size=5), JSON, max_size=4))
def test_values_survive_the_wire(properties: dict[str, Any]) -> None:
    from billing_identity.sandbox.wire import decode, encode

    assert decode(encode(properties)) == properties


@given(JSON)
def test_a_patch_with_itself_changes_nothing(value: Any) -> None:
    document = {"a": value}
    assert commands.merge(document, {}) == document


ECHO = "import os, sys; print(os.environ['PULUMI_DEBUG_PROVIDERS']); sys.exit(int(sys.argv[1]))"


@pytest.mark.parametrize("code", [0, 3])
def test_run_points_the_child_here_and_gives_back_its_exit_code(code: int, state: Path, capfd: Any) -> None:
    assert commands.run([sys.executable, "-c", ECHO, str(code)], state) == code
    assert capfd.readouterr().out.startswith("okta:")


def test_run_without_a_command_or_with_an_unknown_one(state: Path) -> None:
    with pytest.raises(ValueError, match="no command given"):
        commands.run([], state)
    with pytest.raises(FileNotFoundError):
        commands.run(["no-such-program-here"], state)


def test_run_forwards_signals_and_stops(state: Path, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    sleeper = f"import time, pathlib; pathlib.Path({str(mark)!r}).touch(); time.sleep(60)"
    words = [
        sys.executable,
        "-m",
        "billing_identity.sandbox",
        str(state),
        "--",
        sys.executable,
        "-c",
        sleeper,
    ]
    parent = subprocess.Popen(words)
    deadline = time.monotonic() + 30
    while not mark.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert mark.exists()
    parent.send_signal(signal.SIGTERM)
    assert parent.wait(30) == 128 + signal.SIGTERM


SERVER = """
import json, sys, time
from pathlib import Path
from billing_identity.sandbox.server import Sandbox
sandbox = Sandbox(Path(sys.argv[1]))
sandbox.start()
print(json.dumps(sandbox.ports), flush=True)
time.sleep(120)
"""


def test_a_killed_sandbox_has_kept_all_that_it_acknowledged(state: Path) -> None:
    server = subprocess.Popen([sys.executable, "-c", SERVER, str(state)], stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    ports = json.loads(server.stdout.readline())
    client = Client(ports["okta"], ACME)
    told: list[str] = []
    killer = threading.Timer(0.7, lambda: os.kill(server.pid, signal.SIGKILL))
    killer.start()
    with pytest.raises(Refused):
        for number in range(100_000):
            told.append(client.create(GROUP, name=f"g{number}")["id"])
    client.channel.close()
    server.wait()
    server.stdout.close()
    store = Store(state)
    kept = {o.id for o in store.find(GROUP)}
    store.close()
    assert len(told) > 5
    assert set(told) <= kept


def test_one_of_many_at_once_gets_the_name(okta: Any) -> None:
    def attempt(_: int) -> str:
        try:
            return okta.create(GROUP, name="coder")["id"]
        except Refused:
            return ""

    with ThreadPoolExecutor(12) as pool:
        made = [i for i in pool.map(attempt, range(40)) if i]
    assert len(made) == 1


def test_a_reopened_connection_finds_its_instance_while_there_is_only_one(
    sandbox: Sandbox, okta: Any
) -> None:
    group = okta.create(GROUP, name="g")
    options = [("grpc.use_local_subchannel_pool", 1)]
    with grpc.insecure_channel(f"127.0.0.1:{sandbox.ports['okta']}", options) as channel:
        stub = provider_pb2_grpc.ResourceProviderStub(channel)
        answer = stub.Read(pb.ReadRequest(id=group["id"], urn=Client.urn(GROUP, "g")))
    assert answer.id == group["id"]


def test_a_folder_without_a_sandbox_is_an_error_and_stays_as_it_was(tmp_path: Path) -> None:
    for look in (
        lambda: commands.ls(tmp_path / "no"),
        lambda: commands.rm(tmp_path / "no", GROUP, "x"),
        lambda: commands.scim_sync(tmp_path / "no", "111111111111"),
    ):
        with pytest.raises(LookupError, match="holds no sandbox"):
            look()
    assert list(tmp_path.iterdir()) == []
