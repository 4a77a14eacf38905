"""Made-up identifiers and filled-in defaults are no difference between previews; anything else is."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pulumi
import pulumi_aws as aws
import pulumi_azuread as azuread
import pytest
from preview_programs import reference

from billing_identity.review.preview.compare import differences
from billing_identity.review.preview.record import Options, Preview, Registration, Secret
from billing_identity.review.preview.run import run_callable


@pytest.fixture(scope="module")
def preview() -> Preview:
    return run_callable(reference)


def changed(preview: Preview, name: str, change: Callable[[Registration], Registration]) -> Preview:
    items = tuple(change(item) if item.name == name else item for item in preview.registrations)
    return replace(preview, registrations=items)


def as_engine(preview: Preview) -> Preview:
    """The same with other ids, in another stack, and with what a provider fills in."""

    def other(value: Any) -> Any:
        if isinstance(value, str):
            for item in preview.registrations:
                if item.id and item.id in value and len(item.id) > 15:
                    value = value.replace(item.id, item.id[::-1])
            return value
        if isinstance(value, dict):
            return {key: other(item) for key, item in value.items()}
        return [other(item) for item in value] if isinstance(value, list) else value

    return replace(
        preview,
        registrations=tuple(
            replace(
                item,
                id=other(item.id),
                inputs={**other(item.inputs), "__defaults": ["extra"], "extra": 1}
                if item.custom
                else item.inputs,
                outputs=other(item.outputs),
            )
            for item in preview.registrations
        ),
    )


def test_other_ids_other_stack_and_filled_in_defaults_are_no_difference(preview: Preview) -> None:
    assert differences(preview, preview) == []
    assert differences(preview, as_engine(preview)) == []
    assert differences(preview, run_callable(reference, stack="prod")) == []


def with_input(item: Registration, key: str, value: Any) -> Registration:
    return replace(item, inputs={**item.inputs, key: value})


CHANGES: list[tuple[str, str, Callable[[Registration], Registration], str]] = [
    ("input", "coder-rule", lambda r: with_input(r, "status", "INACTIVE"), "inputs.status: 'ACTIVE'"),
    ("input gone", "ephi-bucket", lambda r: replace(r, inputs={}), "inputs.bucket: only in the first"),
    ("input new", "coder-rule", lambda r: with_input(r, "x", 1), "inputs.x: only in the second"),
    (
        "another group's id",
        "coder-rule",
        lambda r: replace(r, inputs={**r.inputs, "groupAssignments": ["00gANOTHER"]}),
        "inputs.groupAssignments[0]",
    ),
    (
        "list longer",
        "coder-rule",
        lambda r: replace(r, inputs={**r.inputs, "groupAssignments": [*r.inputs["groupAssignments"], "x"]}),
        "inputs.groupAssignments: 1 items, not 2",
    ),
    ("protect", "ephi-bucket", lambda r: replace(r, options=Options()), "option protect: True, not None"),
    ("parent", "ephi-bucket", lambda r: replace(r, parent=None), "parent: 'urn"),
    ("provider", "ephi-bucket", lambda r: replace(r, provider="urn:x::p::q::r::1"), "provider: urn"),
    ("dependency", "coder-rule", lambda r: replace(r, dependencies=()), "dependencies: ('urn"),
    (
        "secret",
        "coder-rule",
        lambda r: replace(r, inputs={**r.inputs, "name": Secret("jml-medical-coder")}),
        "inputs.name: secret in the second only",
    ),
    ("gone", "coder-rule", lambda r: replace(r, urn=r.urn + "-x"), "only in the"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "change", "line"), [c[1:] for c in CHANGES], ids=[c[0] for c in CHANGES])
def test_a_real_difference_is_one_line(
    preview: Preview, name: str, change: Callable[[Registration], Registration], line: str
) -> None:
    lines = differences(preview, changed(preview, name, change))
    assert any(line in found and f"::{name}" in found for found in lines), lines
    assert len(lines) <= 3


def test_a_long_text_is_shown_where_it_differs(preview: Preview) -> None:
    long = "x" * 500
    one = changed(preview, "coder-rule", lambda r: with_input(r, "name", long + "a" + long))
    other = changed(preview, "coder-rule", lambda r: with_input(r, "name", long + "b" + long))
    (line,) = differences(one, other)
    assert "at character 500" in line
    assert len(line) < 350


def test_a_principal_knows_the_roles_of_its_application() -> None:
    def program() -> None:
        role = azuread.ApplicationAppRoleArgs(
            id="1", value="coder", display_name="c", description="d", allowed_member_types=["User"]
        )
        application = azuread.Application("app", display_name="Scans", app_roles=[role])
        principal = azuread.ServicePrincipal("principal", client_id=application.client_id)
        azuread.AppRoleAssignment(
            "assignment",
            app_role_id=principal.app_role_ids["coder"],
            principal_object_id="p",
            resource_object_id=principal.object_id,
        )

    result = run_callable(program)
    assert result.errors == ()
    found = {item.name: item for item in result.resources()}
    assert found["assignment"].inputs["appRoleId"] == "1"
    assert found["principal"].outputs["displayName"] == "Scans"


@pytest.mark.parametrize("rotation", [True, False])
def test_a_replica_shares_its_primarys_rotation(rotation: bool) -> None:
    def program() -> None:
        key = aws.kms.Key("key", multi_region=True, enable_key_rotation=rotation)
        aws.kms.ReplicaKey("replica", primary_key_arn=key.arn, opts=pulumi.ResourceOptions())

    found = {item.name: item for item in run_callable(program).resources()}
    assert found["replica"].outputs["keyRotationEnabled"] is rotation
    assert found["replica"].id == found["key"].id
