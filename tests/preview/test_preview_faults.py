"""What goes wrong in a program is collected: one located line each, no traceback, all at once."""

from collections.abc import Callable
from pathlib import Path

import pulumi
import pulumi_aws as aws
import pulumi_okta as okta
import pytest

from billing_identity.review.preview.record import Preview
from billing_identity.review.preview.run import run_callable, run_program

HERE = "tests/preview/test_preview_faults.py"


def line_of(text: str) -> int:
    for number, line in enumerate(Path(__file__).read_text(encoding="utf-8").splitlines(), 1):
        if text in line and "line_of" not in line:
            return number
    raise AssertionError(text)


def test_a_duplicate_urn_names_both_places_and_the_run_goes_on() -> None:
    def program() -> None:
        okta.group.Group("twice", name="first")  # first registration
        okta.group.Group("twice", name="second")  # second registration
        okta.group.Group("after", name="third")

    result = run_callable(program)
    (error,) = result.errors
    assert error.kind == "duplicate-urn"
    assert error.where == f"{HERE}:{line_of('# second registration')}"
    assert f"{HERE}:{line_of('# first registration')}" in error.message
    assert "okta:group/group:Group 'twice'" in error.message
    assert {item.inputs["name"] for item in result.resources()} == {"first", "third"}


def test_every_unserialisable_input_is_named_without_its_value() -> None:
    def program() -> None:
        aws.s3.Bucket("one", bucket="b", tags={"password": "hunter2", "x": object()})  # pyright: ignore # odd tag
        okta.group.Group("two", name={1, 2})  # pyright: ignore # a set

    errors = sorted(run_callable(program).errors, key=lambda error: error.message)
    assert [error.kind for error in errors] == ["invalid-input"] * 2
    assert errors[0].where == f"{HERE}:{line_of('# odd tag')}"
    assert "aws:s3/bucket:Bucket 'one': input 'tags': unexpected input of type object" in errors[0].message
    assert errors[1].where == f"{HERE}:{line_of('# a set')}"
    assert "'name': unexpected input of type set" in errors[1].message
    assert "give text" in errors[1].message
    assert "hunter2" not in str(errors)


def test_an_exception_is_located_in_the_program_and_what_came_before_is_recorded() -> None:
    def helper() -> None:
        raise KeyError("no such role")  # raised here

    def program() -> None:
        okta.group.Group("group", name="g")
        helper()

    result = run_callable(program)
    (error,) = result.errors
    assert (error.kind, error.where) == ("program", f"{HERE}:{line_of('# raised here')}")
    assert error.message == "KeyError: 'no such role'"
    assert [item.name for item in result.resources()] == ["group"]


def test_an_exception_in_an_apply_is_located_once_however_many_depend_on_it() -> None:
    def program() -> None:
        group = okta.group.Group("group", name="g")
        bad = group.id.apply(lambda _: 1 / 0)  # divides
        for name in "abc":
            okta.group.Group(name, name=bad.apply(str))

    (error,) = run_callable(program).errors
    assert error.where == f"{HERE}:{line_of('# divides')}"
    assert error.message == "ZeroDivisionError: division by zero"


def test_an_exception_of_an_async_program_is_located() -> None:
    async def program() -> None:
        okta.group.Group("group", name="g")
        raise ValueError("late")  # async fault

    (error,) = run_callable(program).errors
    assert error.where == f"{HERE}:{line_of('# async fault')}"


@pytest.mark.parametrize("code", [0, 1, "stop"])
def test_leaving_by_sys_exit_is_an_error(code: int | str) -> None:
    def program() -> None:
        raise SystemExit(code)

    (error,) = run_callable(program).errors
    assert f"sys.exit({code!r})" in error.message


def test_a_run_error_and_a_logged_error_fail_the_run() -> None:
    def raises() -> None:
        raise pulumi.RunError("settings are incomplete")

    def logs() -> None:
        pulumi.log.error("settings are odd")
        pulumi.log.warn("and a warning")
        pulumi.log.info("and a word")

    assert [error.message for error in run_callable(raises).errors] == ["settings are incomplete"]
    result = run_callable(logs)
    assert [error.message for error in result.errors] == ["settings are odd"]
    assert [(m.level, m.text) for m in result.messages] == [
        ("warning", "and a warning"),
        ("info", "and a word"),
    ]


PLAIN: list[Callable[[], object]] = [
    lambda: aws.get_caller_identity(),
    lambda: aws.get_caller_identity_output(),
    lambda: okta.group.Group("g", name=aws.get_caller_identity_output().account_id),
]


@pytest.mark.parametrize("program", PLAIN, ids=["plain", "output", "used"])
def test_an_undeclared_data_source_is_one_error_with_its_token(program: Callable[[], object]) -> None:
    def run() -> None:
        program()

    (error,) = run_callable(run).errors
    assert error.kind == "undeclared-read"
    assert "aws:index/getCallerIdentity:getCallerIdentity" in error.message


@pytest.mark.parametrize("unknown", [False, True])
def test_a_declared_data_source_is_answered(unknown: bool) -> None:
    seen: list[object] = []

    def program() -> None:
        seen.append(aws.get_caller_identity().account_id)
        name = aws.get_caller_identity_output().apply(lambda caller: f"of-{caller.account_id}")
        okta.group.Group("group", name=name)

    invokes = {"aws:index/getCallerIdentity:getCallerIdentity": lambda args: {"accountId": "111122223333"}}
    result = run_callable(program, unknown=unknown, invokes=invokes)
    assert result.errors == ()
    assert seen == ["111122223333"]
    assert next(iter(result.resources())).inputs["name"] == "of-111122223333"


def test_unknown_mode_leaves_a_data_source_of_a_resource_not_yet_created_unknown() -> None:
    def program() -> None:
        group = okta.group.Group("group", name="g")
        found = okta.group.get_group_output(name="x", opts=pulumi.InvokeOutputOptions(depends_on=[group]))
        okta.group.Group("other", name=found.description)

    asked: list[object] = []
    invokes = {"okta:group/getGroup:getGroup": lambda args: asked.append(args) or {"description": "d"}}
    result = run_callable(program, unknown=True, invokes=invokes)
    assert result.errors == ()
    assert asked == []
    result = run_callable(program, invokes=invokes)
    assert [item.inputs["name"] for item in result.resources()] == ["g", "d"]


def test_reading_a_live_object_must_be_declared() -> None:
    def program() -> None:
        everyone = okta.group.Group.get("everyone", id="00g1")
        pulumi.export("name", everyone.name)

    (error,) = run_callable(program).errors
    assert (error.kind, error.where) == ("undeclared-read", f"{HERE}:{line_of('everyone = okta')}")
    result = run_callable(
        program, invokes={"okta:group/group:Group": lambda args: {"name": f"live-{args['id']}"}}
    )
    assert result.errors == ()
    assert result.stack_outputs == {"name": "live-00g1"}
    assert [item.options.external for item in result.registrations if item.name == "everyone"] == [True]
    assert list(result.resources()) == []


def test_a_stack_reference_is_answered_from_what_is_given() -> None:
    def program() -> None:
        keys = pulumi.StackReference("acme/project/keys-prod")
        pulumi.export("key", keys.get_output("key"))
        pulumi.export("secret", keys.require_output("secret"))

    (error,) = run_callable(program).errors
    assert "acme/project/keys-prod" in error.message
    from billing_identity.review.preview.record import Secret

    for name in ("keys-prod", "project/keys-prod", "acme/project/keys-prod"):
        result = run_callable(program, references={name: {"key": "arn:k", "secret": Secret("s")}})
        assert result.errors == ()
        assert result.stack_outputs == {"key": "arn:k", "secret": Secret("s")}
    assert run_callable(program, unknown=True).errors == ()


@pytest.mark.parametrize(
    ("barred", "fails"),
    [("", False), ('["aws"]', False), ('["okta"]', True), ('["*"]', True), ("okta", True), ("{}", True)],
)
def test_a_forbidden_default_provider_is_an_error(barred: str, fails: bool) -> None:
    config = {"pulumi:disable-default-providers": barred}
    result = run_callable(lambda: okta.group.Group("g", name="g") and None, config=config)
    assert [error.kind for error in result.errors] == (["default-provider"] if fails else [])
    assert all("provider=" in error.message for error in result.errors)


def test_transforms_through_callbacks_are_said_to_be_missing_and_open_no_port() -> None:
    def program() -> None:
        pulumi.runtime.register_resource_transform(lambda args: None)

    (error,) = run_callable(program).errors
    assert "transforms" in error.message
    assert error.kind == "unsupported"
    assert "update the Pulumi CLI" not in error.message


def test_asking_whether_an_object_exists_is_unsupported() -> None:
    def program() -> None:
        pulumi.runtime.resource.exists_resource(
            None, "okta:group/group:Group", "00g1", {}, pulumi.ResourceOptions()
        )

    (error,) = run_callable(program).errors
    assert (error.kind, "00g1" in error.message) == ("unsupported", True)


def project(tmp_path: Path, text: str) -> Preview:
    (tmp_path / "Pulumi.yaml").write_text("name: acme\nruntime: python\nmain: stacks/__main__.py\n")
    (tmp_path / "stacks").mkdir()
    (tmp_path / "stacks" / "__main__.py").write_text(text)
    return run_program(tmp_path, "dev", {})


@pytest.mark.parametrize(
    ("text", "where", "message"),
    [
        ("import pulumi\n\nraise RuntimeError('x')\n", "stacks/__main__.py:3", "RuntimeError: x"),
        ("x = (\n", "stacks/__main__.py:1", "SyntaxError: '(' was never closed"),
        ("import nonexistent_module\n", "stacks/__main__.py:1", "ModuleNotFoundError: No module named"),
    ],
)
def test_a_fault_of_the_program_file_has_its_place(
    tmp_path: Path, text: str, where: str, message: str
) -> None:
    (error,) = project(tmp_path, text).errors
    assert error.where == where
    assert error.message.startswith(message)
    assert "Traceback" not in error.message
