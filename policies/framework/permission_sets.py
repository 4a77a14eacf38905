"""What a permission set of IAM Identity Center is given, told from every resource that gives it something."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from billing_identity.policies.framework.graph import Graph
from billing_identity.policies.framework.reader import MalformedError, ResourceView, UndecidedError, View
from billing_identity.policies.framework.tokens import AWS_IAM_POLICY, AWS_PERMISSION_SET_POLICY

CUSTOMER_POLICY = "aws:ssoadmin/customerManagedPolicyAttachment:CustomerManagedPolicyAttachment"
CUSTOMER_POLICIES = (
    "aws:ssoadmin/customerManagedPolicyAttachmentsExclusive:CustomerManagedPolicyAttachmentsExclusive"
)
AWS_POLICY = "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment"
AWS_POLICIES = "aws:ssoadmin/managedPolicyAttachmentsExclusive:ManagedPolicyAttachmentsExclusive"
BOUNDARY = "aws:ssoadmin/permissionsBoundaryAttachment:PermissionsBoundaryAttachment"
GIVING = (AWS_PERMISSION_SET_POLICY, CUSTOMER_POLICY, CUSTOMER_POLICIES)
"""Resources that give a permission set a document that the program may show."""

_DURATION = re.compile(r"^PT(?:(?P<hours>\d{1,2})H)?(?:(?P<minutes>\d{1,3})M)?$")


def session_minutes(permission_set: ResourceView) -> int:
    """Minutes of `sessionDuration`; an hour when missing (the service's default)."""
    text = permission_set.text("sessionDuration", "PT1H")
    match = _DURATION.match(text)
    if match is None or text == "PT":
        raise MalformedError("sessionDuration", "an ISO 8601 duration such as PT1H")
    return 60 * int(match["hours"] or 0) + int(match["minutes"] or 0)


@dataclass(frozen=True)
class Policy:
    """A policy that a resource gives to its permission set. `document` is None for one of another program."""

    name: str
    document: View | None


def policies(graph: Graph, giving: ResourceView) -> Iterator[Policy]:
    """What a resource of `GIVING` gives. Raises what the reader raises."""
    if giving.type == AWS_PERMISSION_SET_POLICY:
        document = giving.json("inlinePolicy")
        if document is None:
            raise MalformedError("inlinePolicy", "a policy document")
        yield Policy("inlinePolicy", document)
        return
    if giving.type == CUSTOMER_POLICY:
        reference = giving.node("customerManagedPolicyReference")
        if reference is None:
            raise MalformedError("customerManagedPolicyReference", "a policy's name")
        references = [reference]
    else:
        references = giving.nodes("customerManagedPolicyReferences")
    for reference in references:
        yield from _named(graph, reference.text("name", ""))


def _named(graph: Graph, name: str) -> Iterator[Policy]:
    """Every policy of that name: each account has one of its own."""
    found, doubt = False, None
    for policy in graph.of(AWS_IAM_POLICY):
        try:
            fits = policy.text("name", "") == name
        except UndecidedError as error:
            doubt = error
            continue
        if fits:
            found = True
            yield Policy(name, policy.json("policy"))
    if not found and doubt is not None:
        raise doubt
    if not found:
        yield Policy(name, None)
