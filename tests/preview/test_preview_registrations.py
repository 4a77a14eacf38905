"""What is recorded of each registration equals what the engine's state would have."""

import pulumi
import pulumi_aws as aws
import pulumi_okta as okta
import pytest
from preview_programs import ACCOUNT, Providers, Vault, reference

from billing_identity.review.preview.record import Preview, Registration, Secret
from billing_identity.review.preview.run import run_callable

URN = "urn:pulumi:dev::project::"
AWS = f"{URN}pulumi:providers:aws::aws"


@pytest.fixture(scope="module")
def preview() -> Preview:
    result = run_callable(reference)
    assert result.errors == ()
    return result


def named(preview: Preview, type_: str, name: str) -> Registration:
    found = [item for item in preview.registrations if item.type.endswith(type_) and item.name == name]
    assert len(found) == 1, (type_, name, len(found))
    return found[0]


@pytest.mark.parametrize(
    ("type_", "name", "urn"),
    [
        ("pulumi:pulumi:Stack", "project-dev", "pulumi:pulumi:Stack::project-dev"),
        ("pulumi:providers:aws", "aws", "pulumi:providers:aws::aws"),
        ("okta:group/group:Group", "coder", "okta:group/group:Group::coder"),
        ("billing:aws:Vault", "ephi", "billing:aws:Vault::ephi"),
        ("aws:s3/bucket:Bucket", "ephi-bucket", "billing:aws:Vault$aws:s3/bucket:Bucket::ephi-bucket"),
        (
            "BucketVersioning",
            "ephi-versioning",
            "billing:aws:Vault$aws:s3/bucket:Bucket$aws:s3/bucketVersioning:BucketVersioning::ephi-versioning",
        ),
    ],
)
def test_urns_are_formed_as_the_engine_forms_them(preview: Preview, type_: str, name: str, urn: str) -> None:
    assert named(preview, type_, name).urn == URN + urn


def test_the_stack_is_the_only_resource_without_parent(preview: Preview) -> None:
    stack = URN + "pulumi:pulumi:Stack::project-dev"
    assert [item.urn for item in preview.registrations if item.parent is None] == [stack]
    assert named(preview, "Vault", "ephi").parent == stack
    assert named(preview, "Bucket", "ephi-bucket").parent == URN + "billing:aws:Vault::ephi"


def test_everything_comes_after_what_it_depends_on(preview: Preview) -> None:
    seen: set[str] = set()
    for item in preview.registrations:
        needs = {item.parent, *item.dependencies, (item.provider or "").rsplit("::", 1)[0]} - {None, ""}
        assert needs <= seen, item.urn
        seen.add(item.urn)


def test_inputs_have_wire_names_and_json_values(preview: Preview) -> None:
    rule = named(preview, "group/rule:Rule", "coder-rule")
    assert rule.inputs == {
        "name": "jml-medical-coder",
        "status": "ACTIVE",
        "expressionValue": 'user.jobCode=="MC"',
        "groupAssignments": [named(preview, "group/group:Group", "coder").id],
    }
    versioning = named(preview, "BucketVersioning", "ephi-versioning")
    assert versioning.inputs == {"bucket": "acme-ephi", "versioningConfiguration": {"status": "Enabled"}}


def test_dependencies_are_known_by_property(preview: Preview) -> None:
    rule = named(preview, "group/rule:Rule", "coder-rule")
    group = URN + "okta:group/group:Group::coder"
    assert rule.dependencies == (group,)
    assert rule.property_dependencies["groupAssignments"] == (group,)
    assert rule.property_dependencies["name"] == ()


def test_a_child_inherits_protection_and_provider_from_its_component(preview: Preview) -> None:
    for name in ("ephi-bucket", "ephi-versioning"):
        item = next(entry for entry in preview.registrations if entry.name == name)
        assert item.options.protect is True
        assert item.provider is not None
        assert item.provider.rsplit("::", 1)[0] == AWS
    assert named(preview, "group/rule:Rule", "coder-rule").options.protect is None


def test_a_component_has_no_id_no_provider_and_its_registered_outputs(preview: Preview) -> None:
    vault = named(preview, "Vault", "ephi")
    assert (vault.custom, vault.id, vault.provider) == (False, None, None)
    assert vault.outputs == {"arn": "arn:aws:s3:::acme-ephi"}


def test_stack_outputs_are_those_exported(preview: Preview) -> None:
    assert preview.stack_outputs["bucket"] == "arn:aws:s3:::acme-ephi"
    assert isinstance(preview.stack_outputs["token"], Secret)


def test_a_provider_has_the_inputs_that_the_engine_keeps(preview: Preview) -> None:
    provider = named(preview, "pulumi:providers:aws", "aws")
    assert provider.inputs["allowedAccountIds"] == f'["{ACCOUNT}"]'
    assert provider.inputs["__internal"] == {}
    assert provider.inputs["version"].count(".") == 2


def test_each_registration_says_where_the_program_made_it(preview: Preview) -> None:
    assert all(
        item.source is not None and item.source.startswith("tests/preview/preview_programs.py:")
        for item in preview.registrations
        if item.type != "pulumi:pulumi:Stack"
    )


def test_whole_numbers_are_recorded_as_json_writes_them() -> None:
    def program() -> None:
        aws.kms.Key("key", deletion_window_in_days=30, enable_key_rotation=True)
        aws.cloudwatch.MetricAlarm(
            "alarm", comparison_operator="GreaterThanThreshold", evaluation_periods=1, threshold=0.5
        )

    found = {item.name: item.inputs for item in run_callable(program).resources()}
    assert repr(found["key"]["deletionWindowInDays"]) == "30"
    assert repr(found["alarm"]["threshold"]) == "0.5"


OPTIONS = [
    ("protect", pulumi.ResourceOptions(protect=True), True),
    ("protect", pulumi.ResourceOptions(protect=False), False),
    ("protect", pulumi.ResourceOptions(), None),
    ("retain_on_delete", pulumi.ResourceOptions(retain_on_delete=True), True),
    ("delete_before_replace", pulumi.ResourceOptions(delete_before_replace=True), True),
    ("delete_before_replace", pulumi.ResourceOptions(delete_before_replace=False), False),
    ("ignore_changes", pulumi.ResourceOptions(ignore_changes=["skip_users"]), ("skipUsers",)),
    ("replace_on_changes", pulumi.ResourceOptions(replace_on_changes=["name"]), ("name",)),
    (
        "additional_secret_outputs",
        pulumi.ResourceOptions(additional_secret_outputs=["custom_profile_attributes"]),
        ("customProfileAttributes",),
    ),
    ("import_id", pulumi.ResourceOptions(import_="00g1a2b3c4d5e6f7g8h9"), "00g1a2b3c4d5e6f7g8h9"),
    (
        "custom_timeouts",
        pulumi.ResourceOptions(custom_timeouts=pulumi.CustomTimeouts(create="1h30m", delete="90s")),
        {"create": 5400.0, "delete": 90.0},
    ),
    (
        "aliases",
        pulumi.ResourceOptions(aliases=[pulumi.Alias(name="old"), "urn:pulumi:a::b::c:d:E::f"]),
        (URN + "okta:group/group:Group::old", "urn:pulumi:a::b::c:d:E::f"),
    ),
]


@pytest.mark.parametrize(("field", "opts", "expected"), OPTIONS, ids=[f"{o[0]}={o[2]}" for o in OPTIONS])
def test_options_are_recorded(field: str, opts: pulumi.ResourceOptions, expected: object) -> None:
    result = run_callable(lambda: okta.group.Group("group", name="g", opts=opts) and None)
    assert result.errors == ()
    (group,) = result.resources()
    assert getattr(group.options, field) == expected


def test_an_import_has_the_live_id_in_both_modes() -> None:
    def program() -> None:
        okta.group.Group("group", name="g", opts=pulumi.ResourceOptions(import_="00g1a2b3c4d5e6f7g8h9"))

    for unknown in (False, True):
        (group,) = run_callable(program, unknown=unknown).resources()
        assert group.id == "00g1a2b3c4d5e6f7g8h9"


def test_deleted_with_is_recorded_and_inherited() -> None:
    def program() -> None:
        group = okta.group.Group("group", name="g")
        okta.group.Group("other", name="o", opts=pulumi.ResourceOptions(deleted_with=group))

    other = next(item for item in run_callable(program).resources() if item.name == "other")
    assert other.options.deleted_with == URN + "okta:group/group:Group::group"


def test_without_an_explicit_provider_the_engines_default_one_is_recorded() -> None:
    result = run_callable(
        lambda: okta.group.Group("group", name="g") and None,
        config={"okta:orgName": "acme", "okta:apiToken": "hush"},
        secret_config=["okta:apiToken"],
    )
    provider = next(item for item in result.registrations if item.type == "pulumi:providers:okta")
    (group,) = result.resources()
    assert provider.name == f"default_{provider.inputs['version'].replace('.', '_')}"
    assert provider.parent is None
    assert provider.inputs["orgName"] == "acme"
    assert provider.inputs["apiToken"] == Secret("hush")
    assert group.provider == f"{provider.urn}::{provider.id}"


def test_a_transformation_of_the_stack_is_applied() -> None:
    def tag(args: pulumi.ResourceTransformationArgs) -> pulumi.ResourceTransformationResult:
        return pulumi.ResourceTransformationResult({**args.props, "description": "said by all"}, args.opts)

    def program() -> None:
        pulumi.runtime.register_stack_transformation(tag)
        okta.group.Group("group", name="g")

    (group,) = run_callable(program).resources()
    assert group.inputs["description"] == "said by all"


def test_many_levels_of_components_have_the_whole_chain_in_the_urn() -> None:
    class Level(pulumi.ComponentResource):
        def __init__(self, depth: int, opts: pulumi.ResourceOptions | None = None) -> None:
            super().__init__("x:y:Level", f"level-{depth}", None, opts)
            if depth:
                Level(depth - 1, pulumi.ResourceOptions(parent=self))
            else:
                Vault("v", "b", pulumi.ResourceOptions(parent=self))

    result = run_callable(lambda: Level(3) and None)
    bucket = next(item for item in result.resources() if item.type == "aws:s3/bucket:Bucket")
    assert bucket.urn == URN + "x:y:Level$" * 4 + "billing:aws:Vault$aws:s3/bucket:Bucket::v-bucket"


def test_providers_of_two_accounts_stay_apart() -> None:
    def program() -> None:
        providers = Providers()
        other = aws.Provider("other", region="us-gov-west-1", allowed_account_ids=["999988887777"])
        for name, provider in (("a", providers.aws), ("b", other)):
            aws.cloudwatch.LogGroup(name, name="audit", opts=pulumi.ResourceOptions(provider=provider))

    found = {item.name: item.outputs for item in run_callable(program).resources()}
    assert found["a"]["arn"] == f"arn:aws:logs:eu-central-1:{ACCOUNT}:log-group:audit"
    assert found["a"]["tagsAll"] == {"owner": "billing"}
    assert found["b"]["arn"] == "arn:aws-us-gov:logs:us-gov-west-1:999988887777:log-group:audit"
    assert found["b"]["tagsAll"] == {}
