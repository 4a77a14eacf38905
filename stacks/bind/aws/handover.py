"""What one AWS layer hands to the next: the ARNs of keys, which nothing can derive.

In one stack the values pass within the run. In stacks of their own they come through a StackReference to the
stack of the `keys` layer, `<organisation>/<project>/keys-<environment>[-<shard>]`, or to the one that the
configuration value `billing-identity:keysStack` names.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from weakref import WeakKeyDictionary

import pulumi

from billing_identity.components.aws.account_guards import AccountGuards
from billing_identity.components.aws.customer_managed_key import CustomerManagedKey
from billing_identity.components.errors import ComponentInputError
from billing_identity.stacks.bind.aws.accounts import guards
from billing_identity.stacks.bind.aws.guards import guard_args
from billing_identity.stacks.bind.aws.verify import verify
from billing_identity.stacks.context import Context
from billing_identity.stacks.providers import Providers
from billing_identity.stacks.settings import Place

OUTPUT = "keyArns"
"""Stack output of the `keys` layer: {key id: {"arn": ..., "replicaArn": ...}}."""


class Handover:
    """Keys and guards that this run has declared, and keys of another stack."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._keys: dict[str, CustomerManagedKey] = {}
        self._guards: dict[str, AccountGuards] = {}
        self._reference: pulumi.StackReference | None = None

    def add_key(self, key: str, component: CustomerManagedKey) -> None:
        """Takes a key that this run declared."""
        self._keys[key] = component

    def export(self) -> None:
        """Makes the ARNs of all keys of this run an output of its stack."""
        pulumi.export(
            OUTPUT,
            {key: {"arn": made.arn, "replicaArn": made.replica_arn} for key, made in self._keys.items()},
        )

    def key_arn(self, key: str, *, replica: bool = False) -> pulumi.Output[str]:
        """ARN of a key or of its replica. Raises ComponentInputError when the keys layer of this run has
        none."""
        if "keys" in self._context.layers:
            if key not in self._keys:
                raise ComponentInputError(f"the keys layer declares no key {key!r}")
            made = self._keys[key]
            if not replica:
                return made.arn
            return made.replica_arn.apply(lambda arn: _given(arn, key))
        if self._reference is None:
            self._reference = pulumi.StackReference(self._stack())
        field = "replicaArn" if replica else "arn"
        return self._reference.require_output(OUTPUT).apply(lambda keys: _pick(keys, key, field))

    def guard(self, layer: str, purpose: Place, role: str | None = None) -> None:
        """Declares the guards of an account, if `layer` is the one that looks after it."""
        context = self._context
        if not guards(context.settings, layer, purpose):
            return
        args = guard_args(context.catalogue, context.settings, purpose)
        name = f"guards-{purpose}"
        made = AccountGuards(name, args, context.providers.with_aws(purpose, role))
        self._guards[args["account_id"]] = made
        context.index[name] = args["tags"]["CatalogueId"]

    def boundary(self, account: str) -> list[pulumi.Resource]:
        """What service roles of an account wait for; nothing when another stack made it before."""
        return list(self._guards[account].ready) if account in self._guards else []

    def _stack(self) -> str:
        named = pulumi.Config("billing-identity").get("keysStack")
        if named is not None:
            return named
        shard = "" if self._context.shard is None else f"-{self._context.shard}"
        environment = self._context.settings.environment
        return f"{pulumi.get_organization()}/{pulumi.get_project()}/keys-{environment}{shard}"


_RUNS: WeakKeyDictionary[Providers, Handover] = WeakKeyDictionary()


def handover(context: Context) -> Handover:
    """The handover of a run; the same for every layer of it.

    The first call checks the arguments of all AWS layers of the run, before any of them registers anything.
    Raises ComponentInputError with every fault.
    """
    if context.providers not in _RUNS:
        verify(context.catalogue, context.settings, context.short_name, context.layers, context.shard)
        _RUNS[context.providers] = Handover(context)
    return _RUNS[context.providers]


def _pick(keys: Mapping[str, Any], key: str, field: str) -> str:
    return _given(keys.get(key, {}).get(field), key)


def _given(arn: str | None, key: str) -> str:
    if not arn:
        raise ComponentInputError(f"the keys layer has no key {key!r}; deploy it before this layer")
    return arn
