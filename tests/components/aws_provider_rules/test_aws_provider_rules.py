"""Every AWS resource is one that the provider and the service accept, and that a second `up` leaves alone."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from aws_samples import KEY
from organisations_of_aws import ORGANISATIONS, declared
from provider_rules import OF_NEIGHBOURS, OF_VALUES, Inputs, faults, tables

from billing_identity.components.aws.customer_managed_key import CustomerManagedKey
from billing_identity.review.preview.run import run_callable

BAD: dict[str, Any] = {
    "match": ":“A*$\n",
    "within": -2.0,
    "length": "",
    "one_of": "no such",
    "network": "10.1.2.3/8",
    "arn": "ephi",
    "document": "{",
}
"""What no rule of a kind accepts, but for lengths that may be nothing (`too_long`)."""


@pytest.mark.parametrize("organisation", ORGANISATIONS)
def test_every_resource_is_accepted(organisation: str) -> None:
    found = [
        f"{item.type} {item.name}: {fault}"
        for item in declared(organisation)
        for fault in faults(item.type, item.inputs)
    ]
    assert not found, "\n".join(found)


def test_a_key_in_a_store_of_its_own_is_accepted() -> None:
    own: Any = {**KEY, "custom_key_store_id": "cks-0123456789abcdef0"}
    del own["replica_region"]
    registered = run_callable(lambda: CustomerManagedKey("hsm", own) and None).registrations
    made = [item for item in registered if item.type.startswith("aws:")]
    assert any(item.inputs.get("customKeyStoreId") for item in made)
    assert not [fault for item in made for fault in faults(item.type, item.inputs)]


def test_the_tables_hold_what_is_declared_and_nothing_else() -> None:
    types = {item.type for organisation in ORGANISATIONS for item in declared(organisation)}
    assert types == set(tables())


@pytest.mark.parametrize("type_", [type_ for type_, rules in tables().items() if "once" in rules])
def test_what_exists_once_is_not_created_before_it_is_deleted(type_: str) -> None:
    """The old object's deletion would take the new one's setting along, or the name would be taken.

    Deleted first, or kept where it is: nothing is lost either way.
    """
    made = [item for item in declared("reference") if item.type == type_]
    assert made
    for item in made:
        assert item.options.delete_before_replace or item.options.retain_on_delete, item.name


@pytest.mark.parametrize("type_", [type_ for type_, rules in tables().items() if "ordinary" in rules])
def test_what_ordinary_life_replaces_or_takes_away_is_not_protected(type_: str) -> None:
    """The engine refuses to replace and to delete what is protected: the whole update would stop."""
    made = [
        item
        for item in declared("reference")
        if item.type == type_ and all(item.inputs.get(name) for name in tables()[type_]["ordinary"])
    ]
    assert made
    assert not [item.name for item in made if item.options.protect]


def set_at(place: Inputs, path: str, value: Any) -> None:
    """Writes a value at a path, by way of the first item of each list; makes what is missing."""
    head, _, rest = path.partition(".")
    name, many = head.removesuffix("[]"), head.endswith("[]")
    if not rest:
        place[name] = [value] if many else value
        return
    inner: Any = place.get(name) or ([{}] if many else {})
    place[name] = inner
    set_at(inner[0] if many else inner, rest, value)


def mutants() -> Iterator[Any]:
    """Each rule with inputs that must break it: type, kind, what is set and taken away."""
    for type_, rules in tables().items():
        for kind in OF_NEIGHBOURS:
            for written in rules.get(kind, []):
                yield pytest.param(type_, kind, written, None, id=f"{type_.split(':')[1]} {kind} {written}")
        for kind in (*OF_VALUES, "whole"):
            for path, wanted in rules.get(kind, {}).items():
                yield pytest.param(type_, kind, path, wanted, id=f"{type_.split(':')[1]} {kind} {path}")


def broken(inputs: Inputs, kind: str, written: str, wanted: Any) -> Inputs:
    """The inputs, changed so that the rule is broken."""
    if kind == "whole":
        set_at(inputs, written, wanted[0] if len(wanted) > 1 else not wanted[0])
        return inputs
    if kind in OF_VALUES:
        too_long = "x" * (wanted[1] + 1) if kind == "length" and wanted[0] == 0 else BAD[kind]
        set_at(inputs, written, too_long)
        return inputs
    if kind == "never":
        set_at(inputs, written, "x")
        return inputs
    names, _, where = written.partition(" @ ")
    set_to = {
        "required": dict.fromkeys(names.split("+")),
        "at_least_one": dict.fromkeys(names.split("+")),
        "exactly_one": dict.fromkeys(names.split("+"), "x"),
        "not_together": dict.fromkeys(names.split("+"), "x"),
        "together": {**dict.fromkeys(names.split("+")), names.split("+")[0]: "x"},
    }[kind]
    for name, value in set_to.items():
        set_at(inputs, f"{where}.{name}" if where else name, value)
    return inputs


@pytest.mark.parametrize(("type_", "kind", "written", "wanted"), [*mutants()])
def test_each_rule_refuses_what_breaks_it(type_: str, kind: str, written: str, wanted: Any) -> None:
    sample = next(item for item in declared("reference") if item.type == type_)
    found = list(faults(type_, broken(copy.deepcopy(dict(sample.inputs)), kind, written, wanted)))
    path = written.partition(" @ ")[0].split("+")[0]
    assert any(fault.startswith(f"{kind}: ") and path.split(".")[-1] in fault for fault in found), found


def test_a_type_that_nobody_read_is_not_accepted() -> None:
    with pytest.raises(KeyError):
        list(faults("aws:ec2/instance:Instance", {}))
