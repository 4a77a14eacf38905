"""A run leaves the process as it was, and knows nothing of the one before."""

import asyncio
import contextlib
import gc
import os
import sys
import threading
from pathlib import Path
from typing import Any

import pulumi
import pulumi_okta as okta
import pytest

from billing_identity.review.preview.run import run_callable, run_program
from billing_identity.review.preview.sdk import InlineLoop

PROGRAM = """
import os, sys
from pathlib import Path
import pulumi
import pulumi_okta as okta

config = pulumi.Config()
sys.path.append("/left-behind")
sys.argv.append("left-behind")
pulumi.export("seen", {
    "root": pulumi.get_root_directory(), "cwd": os.getcwd(), "file": Path(__file__).name, "name": __name__,
    "project": pulumi.get_project(), "stack": pulumi.get_stack(), "organization": pulumi.get_organization(),
    "argument": config.get("argument"), "object": config.get_object("object"), "argv": sys.argv[0],
    "main": sys.modules["__main__"].__dict__.get("PROGRAM_MARK"),
})
PROGRAM_MARK = 1
pulumi.export("secret", config.require_secret("password"))
okta.group.Group("group", name=config.get("argument") or "none")
if config.get_bool("fail"):
    raise RuntimeError("asked to")
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "Pulumi.yaml").write_text("name: acme\nruntime: python\nmain: stacks/__main__.py\n")
    (tmp_path / "stacks").mkdir()
    (tmp_path / "stacks" / "__main__.py").write_text(PROGRAM)
    return tmp_path.resolve()


CONFIG = {"acme:argument": "one", "acme:object": '{"a":[1]}', "acme:password": "hunter2"}


def test_the_program_sees_what_the_engines_host_would_set(root: Path) -> None:
    result = run_program(root, "dev", CONFIG, secret_config=["acme:password"], organization="acme-inc")
    assert result.errors == ()
    assert result.stack_outputs["seen"] == {
        "root": str(root),
        "cwd": str(root / "stacks"),
        "file": "__main__.py",
        "name": "__main__",
        "project": "acme",
        "stack": "dev",
        "organization": "acme-inc",
        "argument": "one",
        "object": {"a": [1]},
        "argv": str(root / "stacks" / "__main__.py"),
        "main": None,
    }
    assert result.stack_outputs["secret"].value == "hunter2"
    assert "hunter2" not in repr(result)


@pytest.mark.parametrize("fail", ["true", "false"])
def test_the_process_is_as_before_also_after_an_error(
    root: Path, fail: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULUMI_CONFIG", '{"acme:argument": "from the environment"}')
    monkeypatch.setenv("PULUMI_CONFIG_ACME_ARGUMENT", "from the environment")
    settings: Any = pulumi.runtime.settings.SETTINGS
    root_resource = pulumi.runtime.get_root_resource()

    def state() -> list[Any]:
        return [
            Path.cwd(),
            list(sys.path),
            list(sys.argv),
            id(sys.argv),
            sys.modules["__main__"],
            dict(os.environ),
            settings.monitor,
            settings.project,
            settings.dry_run,
            pulumi.runtime.get_root_resource() is root_resource,
            pulumi.runtime.get_config("acme:argument"),
            gc.isenabled(),
            threading.active_count(),
        ]

    before = state()
    result = run_program(root, "dev", {"acme:fail": fail, "acme:password": "p"})
    assert len(result.errors) == (fail == "true")
    assert next(iter(result.resources())).inputs["name"] == "none"
    assert state() == before


def test_another_thread_does_not_inherit_the_monitor() -> None:
    run_callable(lambda: okta.group.Group("group", name="g") and None)
    seen: list[object] = []
    settings: Any = pulumi.runtime.settings.SETTINGS
    thread = threading.Thread(target=lambda: seen.append(settings.monitor))
    thread.start()
    thread.join()
    assert seen == [None]


def test_two_runs_are_independent(root: Path) -> None:
    first = run_program(root, "one", {**CONFIG, "acme:argument": "first"})
    second = run_program(root, "two", {"acme:password": "p"})
    again = run_program(root, "one", {**CONFIG, "acme:argument": "first"})
    assert [next(iter(r.resources())).inputs["name"] for r in (first, second, again)] == [
        "first",
        "none",
        "first",
    ]
    assert second.stack_outputs["seen"].get("argument") is None
    assert first == again


def test_a_run_after_mocks_and_mocks_after_a_run() -> None:
    class Mocks(pulumi.runtime.Mocks):
        def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str, dict[str, object]]:
            return "mocked", args.inputs

        def call(self, args: pulumi.runtime.MockCallArgs) -> tuple[dict[Any, Any], None]:
            return {}, None

    def judge() -> None:
        loop = InlineLoop()  # in threads, the mocks leave event loops open

        async def mocked() -> object:
            pulumi.runtime.set_mocks(Mocks())
            return await okta.group.Group("group", name="g").id.future()

        with contextlib.closing(loop):
            assert loop.run_until_complete(mocked()) == "mocked"

    judge()
    (group,) = run_callable(lambda: okta.group.Group("group", name="g") and None).resources()
    assert group.id is not None
    assert group.id.startswith("00g")
    judge()


def test_it_runs_from_within_a_running_loop() -> None:
    async def outer() -> int:
        return len(run_callable(lambda: okta.group.Group("group", name="g") and None).registrations)

    with contextlib.closing(asyncio.new_event_loop()) as loop:
        assert loop.run_until_complete(outer()) == 3


def test_a_program_that_fails_leaves_no_task_behind() -> None:
    def program() -> None:
        group = okta.group.Group("group", name="g")
        bad = group.id.apply(lambda _: 1 / 0)
        pulumi.export("bad", bad)
        okta.group.Group("other", name=bad.apply(str))

    assert len(run_callable(program).errors) == 1
    gc.collect()
