"""Corrects what has one right value, where the configuration sets a rule to the level `remediate`.

The engine asks before it judges (Remediate, then Analyze): it takes the corrected properties for the
program's own and shows the difference. A rule corrects only what it would refuse, nothing that an exception
lifts, and nothing that is unknown or unreadable; what is left is refused as ever. No rule about who gets
access corrects anything: there, nobody but the reviewer knows what is right.
"""

from __future__ import annotations

from collections.abc import Mapping

from google.protobuf.struct_pb2 import ListValue, Struct, Value

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.reader import MalformedError, ResourceView, UndecidedError
from billing_identity.policies.framework.rule import NotApplicableError, Plain, ResourceRule
from billing_identity.policies.framework.wire import SIGNATURE

DEFAULTS = "__defaults"
"""Where the providers' bridge lists what it filled in; a corrected value is no default any more."""


def corrections(rule: ResourceRule, resource: ResourceView, context: RuleContext) -> dict[str, Plain]:
    """Right values by property path, for what is certainly wrong; empty when nothing can be corrected."""
    found: dict[str, Plain] = {}
    for correct in rule.corrects:
        try:
            found.update(correct(resource, context))
        except (UndecidedError, MalformedError, NotApplicableError):
            continue
    return found


def apply(properties: Struct, values: Mapping[str, Plain]) -> None:
    """Sets values by path in the properties as the engine sent them; secrets stay marked as such."""
    for path, value in values.items():
        _set(properties, path.split("."), value)


def _set(block: Struct, path: list[str], value: Plain) -> None:
    if SIGNATURE in block.fields:
        _set(_block(block.fields["value"]), path, value)
        return
    head, *rest = path
    if rest:
        _set(_block(block.fields[head]), rest, value)
        return
    block.update({head: value})
    if DEFAULTS in block.fields:
        names = block.fields[DEFAULTS].list_value
        kept = [name for name in names if name != head]
        names.Clear()
        names.extend(kept)


def _block(value: Value) -> Struct:
    """The block in a value; in the only element of a list of one block, as some bridges send it."""
    if value.WhichOneof("kind") == "list_value":
        blocks: ListValue = value.list_value
        if not blocks.values:
            blocks.values.add()
        value = blocks.values[0]
    return value.struct_value
