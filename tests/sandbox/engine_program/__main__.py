"""A tiny program over the three providers; with `tiny:broken` it misses three preconditions."""

import json
from typing import Any

import pulumi
import pulumi_aws as aws
import pulumi_azuread as azuread
import pulumi_okta as okta

config = pulumi.Config()
broken = config.get_bool("broken")
ORG = okta.Provider("okta", org_name="acme", base_url="okta.com", api_token="sandbox")
TENANT = azuread.Provider("entra", tenant_id="11111111-2222-3333-4444-555555555555")
KEYS = aws.Provider("keys", region="us-east-1", allowed_account_ids=["111111111111"])
DATA = aws.Provider(
    "data",
    region="us-east-1",
    allowed_account_ids=["222222222222"],
    default_tags=aws.ProviderDefaultTagsArgs(tags={"data-class": "ephi"}),
)


def by(provider: pulumi.ProviderResource, **more: Any) -> pulumi.ResourceOptions:
    """Options with a provider."""
    return pulumi.ResourceOptions(provider=provider, **more)


group = okta.group.Group("coder", name=config.get("group") or "role-medical-coder", opts=by(ORG))
okta.group.Rule(
    "coder",
    name="jml-medical-coder",
    expression_value='user.jobCode=="MC"' if broken else 'user.department=="MC"',
    group_assignments=[group.id],
    status="ACTIVE",
    opts=by(ORG),
)
app = okta.app.OAuth(
    "portal", label="portal", type="web", redirect_uris=["https://x.example.com"], opts=by(ORG)
)
okta.app.GroupAssignment("coder", app_id=app.id, group_id=group.id, priority=1, opts=by(ORG))
stream = okta.LogStream(
    "aws",
    name="aws",
    type="aws_eventbridge",
    settings=okta.LogStreamSettingsArgs(
        account_id="222222222222", event_source_name="billing", region="us-east-1"
    ),
    opts=by(ORG),
)
source = "aws.partner/okta.com/acme/" + ("other" if broken else "billing")
aws.cloudwatch.EventBus("okta", name=source, event_source_name=source, opts=by(DATA, depends_on=[stream]))
people = azuread.Group("coder", display_name="role-medical-coder", security_enabled=True, opts=by(TENANT))
strength = azuread.AuthenticationStrengthPolicy(
    "phishing-resistant", display_name="phishing-resistant", allowed_combinations=["fido2"], opts=by(TENANT)
)
azuread.ConditionalAccessPolicy(
    "ephi",
    display_name="ephi",
    state="enabled",
    conditions=azuread.ConditionalAccessPolicyConditionsArgs(
        client_app_types=["all"],
        applications=azuread.ConditionalAccessPolicyConditionsApplicationsArgs(included_applications=["All"]),
        users=azuread.ConditionalAccessPolicyConditionsUsersArgs(included_groups=[people.object_id]),
    ),
    grant_controls=azuread.ConditionalAccessPolicyGrantControlsArgs(
        operator="OR", authentication_strength_policy_id=strength.id
    ),
    opts=by(TENANT),
)
principals = ["arn:aws:iam::111111111111:root"]
if broken:
    principals.append("arn:aws:iam::222222222222:role/nobody")
statement = {"Effect": "Allow", "Principal": {"AWS": principals}, "Action": "kms:*", "Resource": "*"}
key = aws.kms.Key(
    "ephi",
    policy=json.dumps({"Version": "2012-10-17", "Statement": [statement]}),
    enable_key_rotation=True,
    multi_region=True,
    opts=by(KEYS),
)
aws.kms.Alias("ephi", name="alias/ephi", target_key_id=key.key_id, opts=by(KEYS))
bucket = aws.s3.Bucket("ephi", bucket="acme-ephi", tags={"owner": "billing"}, opts=by(DATA))
aws.s3.BucketVersioning(
    "ephi",
    bucket=bucket.id,
    versioning_configuration=aws.s3.BucketVersioningVersioningConfigurationArgs(status="Enabled"),
    opts=by(DATA),
)
aws.sns.Topic("alerts", opts=by(DATA))
pulumi.export("key", key.arn)
pulumi.export("secret", app.client_secret)
pulumi.export("tags", bucket.tags_all)
pulumi.export("account", aws.get_caller_identity(opts=pulumi.InvokeOptions(provider=DATA)).account_id)
