"""With ids known nothing is unknown; without, exactly what the service would compute is."""

from typing import Any

import pulumi
import pulumi_aws as aws
import pulumi_azuread as azuread
import pulumi_okta as okta
import pytest
from preview_programs import reference

from billing_identity.review.preview.answers.declared import declared
from billing_identity.review.preview.record import UNKNOWN, Secret, has_unknown
from billing_identity.review.preview.run import run_callable


def every_output(resource: pulumi.Resource) -> dict[str, pulumi.Output[object]]:
    return {name: value for name, value in vars(resource).items() if isinstance(value, pulumi.Output)}


def test_with_ids_known_every_output_of_every_resource_is_known() -> None:
    known: dict[str, bool] = {}

    def program() -> None:
        resources: dict[str, pulumi.Resource] = {
            "group": okta.group.Group("group", name="g"),
            "oauth": okta.app.OAuth("oauth", label="App", type="service", grant_types=["client_credentials"]),
            "saml": okta.app.Saml("saml", label="Saml"),
            "policy": okta.AppSignonPolicy("policy", name="p", description="d"),
            "entra": azuread.Group("entra", display_name="g", security_enabled=True),
            "application": azuread.Application("application", display_name="a"),
            "principal": azuread.ServicePrincipal("principal", client_id="c"),
            "bucket": aws.s3.Bucket("bucket", bucket="b"),
            "key": aws.kms.Key("key"),
            "role": aws.iam.Role("role", name="r", assume_role_policy="{}"),
            "trail": aws.cloudtrail.Trail("trail", name="t", s3_bucket_name="b"),
            "detector": aws.guardduty.Detector("detector"),
            "database": aws.rds.Instance("database", instance_class="db.t4g.small"),
        }

        async def judge(label: str, output: pulumi.Output[object]) -> None:
            known[label] = await output.is_known()

        async def all_of() -> None:
            for name, resource in resources.items():
                for attribute, output in every_output(resource).items():
                    await judge(f"{name}.{attribute}", output)

        return all_of()  # pyright: ignore

    result = run_callable(program)
    assert result.errors == ()
    assert len(known) > 250
    assert [label for label, is_known in known.items() if not is_known] == []
    assert [item.urn for item in result.registrations if has_unknown([item.inputs, item.outputs])] == []


def test_with_ids_known_an_optional_output_not_set_is_none_and_apply_runs() -> None:
    seen: list[object] = []

    def program() -> None:
        group = okta.group.Group("group", name="g")
        group.description.apply(seen.append)
        group.name.apply(seen.append)
        aws.s3.Bucket("bucket", bucket="b").tags.apply(seen.append)

    assert run_callable(program).errors == ()
    assert sorted(map(str, seen)) == ["None", "None", "g"]


def test_the_program_sees_a_dry_run_in_both_modes() -> None:
    seen: list[bool] = []

    def program() -> None:
        seen.append(pulumi.runtime.is_dry_run())
        okta.group.Group("group", name="g").name.apply(lambda _: seen.append(pulumi.runtime.is_dry_run()))

    run_callable(program)
    run_callable(program, unknown=True)
    assert seen == [True] * 4


def test_unknown_mode_leaves_ids_and_computed_outputs_unknown_and_inputs_known() -> None:
    result = run_callable(reference, unknown=True)
    assert result.errors == ()
    assert result.unknown is True
    found = {item.name: item for item in result.registrations if item.custom}
    assert all(item.id is None for item in found.values())
    assert found["coder-rule"].inputs["groupAssignments"] == [UNKNOWN]
    assert found["coder-rule"].inputs["name"] == "jml-medical-coder"
    assert found["ephi-versioning"].inputs["bucket"] == UNKNOWN
    assert found["ephi-bucket"].outputs["bucket"] == "acme-ephi"
    assert found["ephi-bucket"].outputs["arn"] == UNKNOWN
    assert (found["coder-rule"].provider or "").endswith(f"::{UNKNOWN}")
    assert result.stack_outputs["bucket"] == UNKNOWN


def test_unknown_mode_keeps_outputs_that_are_inputs_known_for_the_program() -> None:
    seen: list[object] = []

    def program() -> None:
        bucket = aws.s3.Bucket("bucket", bucket="acme", tags={"a": "b"})
        bucket.bucket.apply(seen.append)
        bucket.tags.apply(seen.append)
        bucket.arn.apply(lambda _: pytest.fail("an unknown output was applied"))
        bucket.id.apply(lambda _: pytest.fail("an unknown id was applied"))

    assert run_callable(program, unknown=True).errors == ()
    assert sorted(seen, key=str) == ["acme", {"a": "b"}]


def test_a_document_made_of_an_unknown_is_one_unknown() -> None:
    def program() -> None:
        bucket = aws.s3.Bucket("bucket", bucket="acme")
        aws.s3.BucketPolicy(
            "policy", bucket="acme", policy=bucket.arn.apply(lambda arn: f'{{"Resource":"{arn}"}}')
        )

    for unknown, policy in ((True, UNKNOWN), (False, '{"Resource":"arn:aws:s3:::acme"}')):
        found = {item.name: item for item in run_callable(program, unknown=unknown).resources()}
        assert found["policy"].inputs["policy"] == policy


def test_a_secret_that_is_unknown_is_both() -> None:
    def program() -> None:
        bucket = aws.s3.Bucket("bucket", bucket="acme")
        okta.group.Group("group", name=pulumi.Output.secret(bucket.arn))

    group = next(i for i in run_callable(program, unknown=True).resources() if i.name == "group")
    assert group.inputs["name"] == Secret(UNKNOWN)


@pytest.mark.parametrize("unknown", [False, True])
def test_a_computed_output_marked_as_secret_stays_secret_and_unknown_only_where_ids_are(
    unknown: bool,
) -> None:
    found: list[tuple[bool, bool]] = []

    def program() -> None:
        bucket = aws.s3.Bucket(
            "bucket", bucket="b", opts=pulumi.ResourceOptions(additional_secret_outputs=["arn", "bucket"])
        )

        async def judge() -> None:
            for output in (bucket.arn, bucket.bucket):
                found.append((await output.is_known(), await output.is_secret()))

        return judge()  # pyright: ignore

    result = run_callable(program, unknown=unknown)
    assert result.errors == ()
    assert found == [(not unknown, True), (True, True)]
    (bucket,) = result.resources()
    assert bucket.outputs["arn"] == Secret(UNKNOWN if unknown else "arn:aws:s3:::b")


def test_a_secret_document_given_as_an_object_is_secret_text_in_the_outputs() -> None:
    def program() -> None:
        document: Any = pulumi.Output.secret({"Version": "2012-10-17", "x": 1})
        policy = aws.s3.BucketPolicy("policy", bucket="b", policy=document)
        policy.policy.apply(lambda text: pulumi.export("policy", text))

    result = run_callable(program)
    assert result.errors == ()
    (policy,) = result.resources()
    assert policy.outputs["policy"] == Secret('{"Version":"2012-10-17","x":1}')


def test_a_document_given_as_an_object_is_text_in_the_outputs() -> None:
    def program() -> None:
        document: Any = {"Version": "2012-10-17"}
        policy = aws.s3.BucketPolicy("policy", bucket="b", policy=document)
        policy.policy.apply(lambda text: pulumi.export("policy", text))

    result = run_callable(program)
    assert result.errors == ()
    (policy,) = result.resources()
    assert policy.inputs["policy"] == {"Version": "2012-10-17"}
    assert policy.outputs["policy"] == '{"Version":"2012-10-17"}'


@pytest.mark.parametrize(
    ("type_", "output", "kind"),
    [
        ("aws:s3/bucket:Bucket", "arn", "text"),
        ("aws:s3/bucket:Bucket", "bucket", "text="),
        ("aws:s3/bucket:Bucket", "tags", "map?="),
        ("aws:s3/bucket:Bucket", "grants", "list="),
        ("okta:group/group:Group", "skipUsers", "flag?="),
        ("no:such/thing:Thing", "arn", None),
        ("not-a-token", "arn", None),
    ],
)
def test_declared_outputs_are_read_from_the_sdk(type_: str, output: str, kind: str | None) -> None:
    assert declared(type_).get(output) == kind
