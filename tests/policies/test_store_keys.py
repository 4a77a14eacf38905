"""The table of stores' keys is what the rules of single stores want."""

from billing_identity.policies.framework.registry import rules
from billing_identity.policies.framework.rule import ResourceRule
from billing_identity.policies.framework.stores import STORE_KEYS
from billing_identity.policies.framework.wants import Key

WEAK = Key(path="x").weak


def test_the_table_holds_every_key_that_a_rule_wants():
    wanted = {
        (type_, path)
        for rule in rules()
        if isinstance(rule, ResourceRule)
        for path, values in rule.weaker.items()
        if values == WEAK and "[*]" not in path
        for type_ in rule.types
    }
    assert wanted == {(type_, path) for type_, paths in STORE_KEYS.items() for path in paths}
