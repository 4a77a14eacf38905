"""The data files say what the installed SDKs say; policy documents of any shape are read without a fault."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing_identity.sandbox.schema.extract import extract, registry
from billing_identity.sandbox.schema.generate import DATA, render
from billing_identity.sandbox.schema.generate import tables as generated
from billing_identity.sandbox.schema.load import replacements, resource_type
from billing_identity.sandbox.schema.overrides import AUTONAME, DEFAULTS, PLUGIN_FRAMEWORK, SECRETS
from billing_identity.sandbox.services import load
from billing_identity.sandbox.services import registry as services
from billing_identity.sandbox.services.aws.policy import lets_caller, lets_service, statements

load()
REGENERATE = "run python -m billing_identity.sandbox.schema.generate"


@pytest.mark.parametrize("package", ["okta", "azuread"])
def test_the_data_files_are_those_of_the_installed_sdk(package: str) -> None:
    for name, table in generated(package).items():
        assert (DATA / name).read_text() == render(table), REGENERATE


@pytest.mark.parametrize("module", ["kms", "iam", "cloudtrail", "ssoadmin"])
def test_the_aws_data_files_are_those_of_the_installed_sdk(module: str) -> None:
    assert (DATA / f"aws-{module}.json").read_text() == render(extract("aws", module)), REGENERATE


@pytest.mark.parametrize("package", ["okta", "azuread"])
def test_every_resource_of_okta_and_entra_is_known(package: str) -> None:
    missing = [token for token in registry(package) if resource_type(token) is None]
    assert missing == []


@pytest.mark.parametrize(
    "token", ["aws:rds/instance:Instance", "aws:ec2/vpc:Vpc", "aws:lambda/function:Function"]
)
def test_aws_types_have_inputs_and_outputs(token: str) -> None:
    schema = resource_type(token)
    assert schema is not None
    assert schema.inputs
    assert "arn" in schema.outputs


def test_what_is_written_by_hand_names_types_and_arguments_that_exist() -> None:
    for token in {*DEFAULTS, *AUTONAME, *PLUGIN_FRAMEWORK, *SECRETS, *replacements()} - {"aws:*"}:
        schema = resource_type(token)
        assert schema is not None, token
        named = {*DEFAULTS.get(token, {}), *SECRETS.get(token, ()), *replacements().get(token, ())}
        assert named <= {*schema.inputs, *schema.outputs}, token


def test_services_speak_of_types_that_exist() -> None:
    tables: list[Any] = [
        services.identities,
        services.keys,
        services.computed,
        services.derived,
        services.validators,
        services.before_create,
        services.before_update,
        services.before_delete,
        services.after_write,
        services.after_delete,
    ]
    named = {token for table in tables for token in table if not token.endswith(":*")}
    unknown = sorted(t for t in named | services.kept_on_delete if resource_type(t) is None)
    assert unknown == []


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
WORDS = ["Effect", "Principal", "Action", "NotAction", "Resource", "Condition"]
STATEMENT = st.fixed_dictionaries(
    {"Effect": st.sampled_from(["Allow", "Deny", "Perhaps"])},
    optional=dict.fromkeys(WORDS[1:], ANYTHING),
)


@given(st.one_of(ANYTHING, st.fixed_dictionaries({"Statement": st.lists(STATEMENT, max_size=3) | STATEMENT})))
def test_any_policy_document_is_read_without_a_fault(document: Any) -> None:
    text = json.dumps(document)
    found = statements(text)
    assert found is None or found
    lets_caller(found or [], "kms:PutKeyPolicy", "111111111111", "arn:aws:iam::111111111111:role/deploy")
    assert lets_service(text, "x.amazonaws.com", "s3:PutObject", "arn:aws:s3:::b/k", "arn:x") in (True, False)
