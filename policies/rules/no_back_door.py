"""What makes resources behind the pack's back is refused: no rule reads what it does."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.reader import ResourceView
from billing_identity.policies.framework.requirement import names
from billing_identity.policies.framework.rule import Example, Finding, ResourceRule, Severity
from billing_identity.policies.framework.tokens import ANY

PROVIDERS = "pulumi:providers:"
BACK_DOORS = {
    "aws-native:*": "AWS under names that no rule knows",
    "azure-native:*": "Azure and its role assignments under names that no rule knows",
    "msgraph:*": "any request to Microsoft Graph",
    "aws:cloudcontrol/*": "any AWS resource as a text",
    "aws:cloudformation/stack*": "any AWS resources as a template",
    "aws:servicecatalog/provisionedProduct*": "any AWS resources as a product's template",
    "command:*": "a command of the shell",
    "null:*": "a command of the shell",
    "local:*": "files of the machine that deploys",
    "terraform:*": "a Terraform module, whose resources are not the engine's",
    "pulumi-python:*": "code that runs while it deploys",
    "pulumi-nodejs:*": "code that runs while it deploys",
    "pulumi:cloud:*": "Pulumi Cloud's own access and policy settings",
    "pulumiservice:*": "Pulumi Cloud's own access and policy settings",
}
"""Types (patterns) that can make or change what the rules are about, each with what it is."""


def _refused(resource: ResourceView, context: RuleContext) -> Iterator[Finding]:
    type_ = resource.type
    made = f"{type_.removeprefix(PROVIDERS)}:" if type_.startswith(PROVIDERS) else type_
    for pattern, what in BACK_DOORS.items():
        if fnmatchcase(made, pattern):
            if not any(fnmatchcase(type_, accepted) for accepted in context.texts("accepted")):
                yield Finding(f"{type_} is {what}: no rule reads what it does")
            return


RULE = ResourceRule(
    title="Nothing goes past the rules by a type that they can't read",
    severity=Severity.HIGH,
    why="One resource of such a type can make what every other rule refuses, and nobody is told.",
    remedy="use the provider's own resource, or accept the type in `accepted` after a review of what it does",
    parameters={"accepted": names((), "Types (patterns) that somebody has reviewed and that may be used.")},
    types=(ANY,),
    checks=(_refused,),
    reads={},
    allowed=(
        Example("the provider's own", "aws:s3/bucket:Bucket", {"bucket": "edi-835"}),
        Example("its provider", "pulumi:providers:aws", {"region": "us-east-1"}),
    ),
    disallowed=(
        *(
            Example(type_, type_, {})
            for type_ in (
                "aws-native:iam:User",
                "pulumi:providers:aws-native",
                "azure-native:authorization:RoleAssignment",
                "msgraph:index/resource:Resource",
                "aws:cloudcontrol/resource:Resource",
                "aws:cloudformation/stack:Stack",
                "aws:cloudformation/stackSet:StackSet",
                "command:local:Command",
                "command:remote:Command",
                "null:index/resource:Resource",
                "pulumi-python:dynamic:Resource",
                "pulumi-nodejs:dynamic:Resource",
                "terraform:index:Module",
            )
        ),
    ),
    blind_spot=(
        "Types of other packages that are not in the list, and what a program does by itself while it runs: "
        "the review of the program, and the identity that deploys, which may do no more than its layer needs."
    ),
)
