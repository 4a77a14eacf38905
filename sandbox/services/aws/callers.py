"""The role that a provider instance acts as: it exists before the program does."""

from billing_identity.sandbox.instance import Instance
from billing_identity.sandbox.store import Object, Store

ROLE = "aws:iam/role:Role"


def register_caller(store: Store, instance: Instance) -> None:
    """Make the role that the instance assumes a live object of its account, so that policies may name it."""
    if not instance.caller:
        return
    name = instance.caller.rsplit("/", 1)[-1]
    if store.get("aws", instance.account, "", ROLE, name) is None:
        properties = {"arn": instance.caller, "name": name, "id": name, "path": "/"}
        store.put(Object("aws", instance.account, "", ROLE, name, name, "", properties))
