"""Types and properties that rules read exist in the providers' SDKs: a misspelt name would judge nothing."""

import inspect
import re
from functools import cache
from importlib import import_module
from pathlib import Path

import pulumi_aws
import pulumi_azuread
import pulumi_okta
import pytest
from rule_harness import types_of

from billing_identity.policies.framework.registry import rules
from billing_identity.policies.framework.rule import ResourceRule
from billing_identity.policies.framework.tokens import ANY, OLD_NAMES

PACKAGES = {"aws": pulumi_aws, "azuread": pulumi_azuread, "okta": pulumi_okta}
PROVIDERS = {"pulumi:providers:aws", "pulumi:providers:okta", "pulumi:providers:azuread"}
CASES = [
    pytest.param(rule, type_, id=f"{rule.id} {type_}")
    for rule in rules()
    for type_ in types_of(rule)
    if type_ not in PROVIDERS and type_ not in OLD_NAMES and type_ != ANY
]


@cache
def _read(name: str) -> dict[str, Path]:
    """Source file of each type token of a provider's package."""
    package = import_module(name)
    assert package.__file__ is not None
    found = {}
    for path in Path(package.__file__).parent.rglob("*.py"):
        if not path.name.startswith("get_"):
            for token in re.findall(r'@pulumi\.type_token\("([^"]+)"\)', path.read_text(encoding="utf-8")):
                found[token] = path
    return found


@cache
def _names(path):
    """Wire names of the properties of a type, and of the blocks of its module."""
    own = path.read_text(encoding="utf-8")
    outputs = path.with_name("outputs.py")
    blocks = outputs.read_text(encoding="utf-8") if outputs.exists() else ""
    return _wire(own), _wire(blocks)


def _wire(text):
    found = set(re.findall(r'@pulumi\.getter\(name="(\w+)"\)', text))
    return found | set(
        re.findall(
            r"@(?:_builtins\.property|property)\n    @pulumi\.getter\n(?:    @_utilities\.deprecated.*\n)?"
            r"    def (\w+)\(",
            text,
        )
    )


@pytest.mark.parametrize(("rule", "type_"), CASES)
def test_type_and_properties_exist(rule, type_):
    package = PACKAGES[type_.partition(":")[0]]
    path = _read(package.__name__).get(type_)
    assert path is not None, "no such type"
    own, blocks = _names(path)
    if not isinstance(rule, ResourceRule):
        return
    for read in rule.reads:
        plain = read.partition("#")[0].replace("[*]", "")
        first, *rest = plain.split(".")
        if (first in ("tags", "channel", "auth", "securityQuestion") and rest) or _other(rule, first, type_):
            rest = []
        if len({other.split("/")[0] for other in rule.types}) == 1 and not _other(rule, first, type_):
            assert first in own, read
        for part in rest if rule.weaker else ():
            assert part in blocks or part in own, read


def _other(rule, prop, type_):
    """Whether the property belongs to another of the rule's types only."""
    for other in rule.types:
        path = (
            _read(PACKAGES[other.partition(":")[0]].__name__).get(other) if other not in PROVIDERS else None
        )
        if other != type_ and path is not None and prop in _names(path)[0]:
            return True
    return False


def test_the_search_finds_what_is_there():
    assert inspect.ismodule(import_module("pulumi_aws.s3"))
    own, blocks = _names(_read(pulumi_aws.__name__)["aws:dynamodb/table:Table"])
    assert "serverSideEncryption" in own
    assert "kmsKeyArn" in blocks
    assert "kmsKeyArm" not in blocks
