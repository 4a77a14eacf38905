"""One violation of each domain, as another team's program might hold it. DOMAINS narrows it to some."""

import json
import os

import pulumi
import pulumi_aws as aws
import pulumi_azuread as azuread
import pulumi_okta as okta

_okta = okta.Provider("o", org_name="other", base_url="okta.com", client_id="0oaX")
_entra = azuread.Provider("e", tenant_id="7f2b1c9e-0d3a-4b5c-8e6f-1a2b3c4d5e6f", use_oidc=True)
_aws = aws.Provider("a", region="us-east-1", allowed_account_ids=["100000000009"])
on_okta = pulumi.ResourceOptions(provider=_okta)
on_entra = pulumi.ResourceOptions(provider=_entra)
on_aws = pulumi.ResourceOptions(provider=_aws)
KEY = "arn:aws:kms:us-east-1:100000000009:key/5f1d0c2e-8a43-4c1b-9d52-0a6b7c8d9e0f"


def roles():
    okta.app.User("roles", app_id="0oaAPP", user_id="00uPERSON", username="x", opts=on_okta)


def duties():
    entitlements = ["athenaone/payment-posting", "athenaone/refund-approval"]
    okta.app.GroupAssignment(
        "duties",
        app_id="0oaPM",
        group_id="00gPOSTERS",
        priority=0,
        profile=json.dumps({"entitlements": entitlements}),
        opts=on_okta,
    )


def conditional_access():
    azuread.ConditionalAccessPolicy(
        "conditional_access",
        display_name="MFA for all",
        state="enabledForReportingButNotEnforced",
        conditions=azuread.ConditionalAccessPolicyConditionsArgs(
            client_app_types=["all"],
            applications=azuread.ConditionalAccessPolicyConditionsApplicationsArgs(
                included_applications=["All"]
            ),
            users=azuread.ConditionalAccessPolicyConditionsUsersArgs(included_users=["All"]),
        ),
        grant_controls=azuread.ConditionalAccessPolicyGrantControlsArgs(
            operator="OR", built_in_controls=["mfa"]
        ),
        opts=on_entra,
    )


def sessions():
    okta.policy.RuleSignon("sessions", policy_id="00pX", name="all", session_idle=1440, opts=on_okta)


def passwords():
    okta.policy.Password("passwords", name="short", password_min_length=6, opts=on_okta)


def service_accounts():
    azuread.ApplicationPassword("service_accounts", application_id="/applications/" + "0" * 8, opts=on_entra)


def devices():
    okta.policy.DeviceAssuranceWindows("devices", name="any", os_version="10.0.1", opts=on_okta)


def keys():
    aws.kms.Key("keys", description="never rotates", opts=on_aws)


def stores():
    aws.s3.AccountPublicAccessBlock("stores", block_public_acls=True, opts=on_aws)


def tls():
    aws.lb.Listener(
        "tls",
        load_balancer_arn="arn:aws:elasticloadbalancing:us-east-1:100000000009:loadbalancer/app/x/1",
        protocol="HTTPS",
        port=443,
        ssl_policy="ELBSecurityPolicy-2016-08",
        certificate_arn="arn:aws:acm:us-east-1:100000000009:certificate/1",
        default_actions=[aws.lb.ListenerDefaultActionArgs(type="forward", target_group_arn="arn:aws:tg")],
        opts=on_aws,
    )


def sftp():
    aws.transfer.Server(
        "sftp", protocols=["SFTP"], security_policy_name="TransferSecurityPolicy-2018-11", opts=on_aws
    )


def backups():
    aws.backup.Vault("backups", name="v", force_destroy=True, kms_key_arn=KEY, opts=on_aws)


def audit_trail():
    aws.cloudtrail.Trail("audit_trail", s3_bucket_name="b", is_multi_region_trail=False, opts=on_aws)


def log_retention():
    aws.cloudwatch.LogGroup("log_retention", name="/x", retention_in_days=30, opts=on_aws)


def alerts():
    aws.cloudwatch.MetricAlarm(
        "alerts", name="x", comparison_operator="GreaterThanThreshold", evaluation_periods=1, opts=on_aws
    )


def detection():
    aws.guardduty.Detector("detection", enable=False, opts=on_aws)


def workforce():
    aws.ssoadmin.PermissionSet(
        "workforce",
        name="Billing",
        instance_arn="arn:aws:sso:::instance/ssoins-1111111111111111",
        session_duration="PT12H",
        opts=on_aws,
    )


def secrets():
    okta.Provider("secrets", org_name="other", base_url="okta.com", api_token="00open")


def data_class():
    aws.sqs.Queue("data_class", name="remits", kms_master_key_id=KEY, opts=on_aws)


def regions():
    aws.Provider("regions", region="sa-east-1", allowed_account_ids=["100000000009"])


def break_glass():
    azuread.ConditionalAccessPolicy(
        "break_glass",
        display_name="MFA for all, nobody left out who could repair it",
        state="enabled",
        conditions=azuread.ConditionalAccessPolicyConditionsArgs(
            client_app_types=["all"],
            applications=azuread.ConditionalAccessPolicyConditionsApplicationsArgs(
                included_applications=["All"]
            ),
            users=azuread.ConditionalAccessPolicyConditionsUsersArgs(
                included_users=["All"], excluded_groups=["44444444-4444-4444-8444-444444444444"]
            ),
        ),
        grant_controls=azuread.ConditionalAccessPolicyGrantControlsArgs(
            operator="OR", built_in_controls=["mfa"]
        ),
        opts=on_entra,
    )


def vendors():
    okta.app.Saml("vendors", label="Unheard-of Claims Cloud", authentication_policy="rstX", opts=on_okta)


def training():
    group = okta.group.Group("training_group", name="role-payment-poster", opts=on_okta)
    okta.group.Rule(
        "training",
        name="posters",
        status="ACTIVE",
        group_assignments=[group.id],
        expression_type="urn:okta:expression:1.0",
        expression_value='user.jobCode=="RCM-POSTER" AND user.employmentStatus=="ACTIVE"',
        remove_assigned_users=True,
        opts=on_okta,
    )


def certification():
    azuread.AccessPackageAssignmentPolicy(
        "certification",
        access_package_id="0" * 8 + "-0000-4000-8000-" + "0" * 12,
        display_name="for good",
        description="nobody looks again",
        duration_in_days=90,
        opts=on_entra,
    )


DOMAINS = (
    roles,
    duties,
    conditional_access,
    sessions,
    passwords,
    service_accounts,
    devices,
    keys,
    stores,
    tls,
)
MORE = (sftp, backups, audit_trail, log_retention, alerts, detection, workforce, secrets, data_class, regions)
PEOPLE = (break_glass, vendors, training, certification)
wanted = os.environ.get("DOMAINS", "").split()
for domain in (*DOMAINS, *MORE, *PEOPLE):
    if not wanted or domain.__name__ in wanted:
        domain()
