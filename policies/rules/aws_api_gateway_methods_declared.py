"""Methods that stand in a document, or come with a target, are judged by no rule."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Absent

RULE = requirement(
    title="APIs declare their methods and routes as resources",
    severity=Severity.MEDIUM,
    why="A method without authorisation hides in an OpenAPI document, and a quick target opens a route.",
    remedy="declare methods, routes and integrations as resources of their own",
    types=("aws:apigatewayv2/api:Api", "aws:apigateway/restApi:RestApi"),
    wants=(
        Absent(path="body", example="{}"),
        Absent(path="target", example="arn:aws:lambda:us-east-1:1:function:f"),
    ),
)
