"""The reference organisation has no finding; each resource broken in turn makes exactly its rule fire."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from reference_kinds import ABSENT, ELSEWHERE, FORBIDDEN, NARROW
from reference_records import reference_records
from rule_harness import declared, mutants, types_of

from billing_identity.policies.evaluate import evaluate
from billing_identity.policies.framework.judge import judge
from billing_identity.policies.framework.registry import find, rules
from billing_identity.policies.framework.rule import ResourceRule, Verdict
from billing_identity.policies.framework.runtime import Run
from billing_identity.policies.framework.tokens import (
    AWS_BUCKET,
    AWS_BUCKET_ENCRYPTION,
    AWS_BUCKET_POLICY,
    AWS_BUCKET_PUBLIC_ACCESS,
    AWS_BUCKET_VERSIONING,
    AWS_IAM_ROLE_POLICY,
    AWS_KEY,
    AWS_LOG_GROUP,
    AWS_TRAIL,
    ENTRA_CONDITIONAL_ACCESS,
    ENTRA_GROUP,
    ENTRA_SERVICE_PRINCIPAL,
    ENTRA_STRENGTH,
    OKTA_GROUP_ASSIGNMENT,
    OKTA_GROUP_RULE,
    OKTA_OAUTH,
    OKTA_PASSWORD_POLICY,
    OKTA_SAML,
    OKTA_SESSION_RULE,
    OKTA_SIGN_ON_POLICY,
    OKTA_SIGN_ON_RULES,
)
from billing_identity.policies.framework.wire import UNKNOWN
from billing_identity.policies.mutation.tally import key_of

ROOT = Path(__file__).resolve().parents[2]
DAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def reference():
    return reference_records()


def test_the_reference_organisation_has_no_finding(reference):
    report = evaluate(*reference)
    assert [finding.message for finding in report.findings] == []


def test_every_rule_is_exercised_or_says_why_not(reference):
    report = evaluate(*reference)
    idle = {rule.id: rule for rule in rules() if not report.counts[rule.id].passed}
    unexplained = {
        id_
        for id_, rule in idle.items()
        if id_ not in FORBIDDEN and not all(type_.startswith(tuple(ABSENT)) for type_ in types_of(rule))
    }
    assert unexplained <= NARROW


EQUAL = {
    ("entra-strength-phishing-resistant", "allowedCombinations", "['fido2', 'federatedMultiFactor']"): "our "
    "catalogue declares the federation",
}.keys()
"""Weaker values that are not weaker in our organisation, each with why."""


def _weakened():
    return [
        rule
        for rule in rules()
        if isinstance(rule, ResourceRule) and rule.weaker and not rule.needs_catalogue
    ]


@pytest.mark.parametrize("rule", _weakened(), ids=lambda rule: rule.id)
def test_the_references_own_resources_made_weaker_are_found(reference, rule):
    """One resource of each type, as our components make it, with each property set to each weaker value."""
    resources, config = reference
    first = {record.type: record for record in reversed(resources) if record.type in rule.types}
    survivors = []
    for record in first.values():
        report = evaluate([record], config, [rule])
        if report.counts[rule.id].not_applicable:
            continue
        reads = set()
        judge(rule, record.view(reads=reads), Run([rule], config).context(rule))
        for path in sorted(path for path in reads if "#" not in path):
            for value in rule.weaker.get(key_of(rule, record.type, declared(path)), ()):
                for props in mutants(dict(record.props), path, value):
                    report = evaluate([replace(record, props=props)], config, [rule])
                    if not report.blocking and (rule.id, path, str(value)) not in EQUAL:
                        survivors.append((record.urn, path, value))
    assert survivors == []


COMPANIONS = {
    "aws-backup-plan-selects": "aws:backup/selection:Selection",
    "aws-backup-vault-lock-declared": "aws:backup/vaultLockConfiguration:VaultLockConfiguration",
    "aws-config-recorder-started": "aws:cfg/recorderStatus:RecorderStatus",
    "aws-s3-access-logged": "aws:s3/bucketLogging:BucketLogging",
    "aws-s3-lifecycle-declared": "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    "aws-s3-ownership-declared": "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
    "okta-app-has-groups": "okta:app/groupAssignment:GroupAssignment",
    "okta-enrolment-policy-has-rule": "okta:policy/ruleMfa:RuleMfa",
    "okta-password-policy-has-rule": "okta:policy/rulePassword:RulePassword",
    "okta-session-policy-has-rule": "okta:policy/ruleSignon:RuleSignon",
}
"""Rules for pairs of resources, and the half whose absence they find."""


@pytest.mark.parametrize(("rule", "half"), COMPANIONS.items(), ids=COMPANIONS)
def test_half_of_a_pair_is_missed(reference, rule, half):
    resources, config = reference
    if not any(record.type == half for record in resources):
        pytest.skip("the reference organisation has no such pair")
    report = evaluate([record for record in resources if record.type != half], config, [find(rule)])
    assert report.blocking


def _set(**changes):
    return lambda props: {**props, **changes}


def _without(*names):
    return lambda props: {key: value for key, value in props.items() if key not in names}


def _text(prop, old, new):
    def edit(props):
        assert old in props[prop], (prop, old)
        return {**props, prop: props[prop].replace(old, new)}

    return edit


def _rules(old, new):
    def edit(props):
        changed = [
            {
                **rule,
                "constraints": [text.replace(old, new) for text in rule.get("constraints") or ()],
            }
            for rule in props["rules"]
        ]
        assert changed != props["rules"]
        return {**props, "rules": changed}

    return edit


def _nested(path, value):
    first, _, rest = path.partition(".")

    def edit(props):
        inner = _nested(rest, value)(props.get(first) or {}) if rest else value
        return {**props, first: inner}

    return edit


ALSO = {
    "okta-sign-on-rule-two-factors": {"okta-text-codes-for-a-while"},
    "entra-conditional-access-enforced": {"entra-second-factor-for-everybody", "entra-sessions-end"},
    "entra-strength-phishing-resistant": {"entra-administrators-phishing-resistant"},
    "entra-one-time-pass-for-registration-only": {"entra-administrators-phishing-resistant"},
    "entra-dynamic-group-requires-active-employment": {"training-before-ephi"},
    "aws-s3-bucket-complete": {"aws-s3-no-force-destroy"},
    "okta-sign-on-rule-phishing-resistant": {"okta-sign-on-rule-two-factors"},
}
"""Other rules that rightly fire with one."""

BREAKS = [
    ("okta-app-has-sign-on-policy", OKTA_SAML, "", _without("authenticationPolicy")),
    ("okta-oauth-no-client-secret", OKTA_OAUTH, "", _set(omitSecret=False)),
    ("okta-group-rule-clean-up", OKTA_GROUP_RULE, "", _without("removeAssignedUsers")),
    (
        "okta-group-rule-requires-active-employment",
        OKTA_GROUP_RULE,
        "payment-poster",
        _text("expressionValue", 'user.employmentStatus=="ACTIVE"', "user.active"),
    ),
    ("okta-password-policy", OKTA_PASSWORD_POLICY, "", _set(passwordMinLength=8)),
    ("okta-session-limits", OKTA_SESSION_RULE, "=session", _set(sessionIdle=120)),
    ("okta-sign-on-policy-denies-by-default", OKTA_SIGN_ON_POLICY, "", _without("catchAll")),
    ("okta-sign-on-rule-two-factors", OKTA_SIGN_ON_RULES, "workforce", _rules("deviceBound", "deviceBond")),
    (
        "okta-sign-on-rule-phishing-resistant",
        OKTA_SIGN_ON_RULES,
        "ephi",
        _rules('t": "REQUIRED"', 't": "OPTIONAL"'),
    ),
    ("entra-conditional-access-enforced", ENTRA_CONDITIONAL_ACCESS, "workforce", _set(state="disabled")),
    (
        "entra-conditional-access-excludes-break-glass",
        ENTRA_CONDITIONAL_ACCESS,
        "workforce",
        _nested("conditions.users.excludedGroups", []),
    ),
    (
        "entra-legacy-authentication-blocked",
        ENTRA_CONDITIONAL_ACCESS,
        "legacy",
        _nested("conditions.clientAppTypes", ["other"]),
    ),
    (
        "entra-strength-phishing-resistant",
        ENTRA_STRENGTH,
        "native",
        _set(allowedCombinations=["password,sms"]),
    ),
    (
        "entra-one-time-pass-for-registration-only",
        ENTRA_STRENGTH,
        "native",
        _set(allowedCombinations=["fido2", "temporaryAccessPassOneTime"]),
    ),
    (
        "entra-app-assignment-required",
        ENTRA_SERVICE_PRINCIPAL,
        "scan-archive",
        _without("appRoleAssignmentRequired"),
    ),
    (
        "entra-dynamic-group-requires-active-employment",
        ENTRA_GROUP,
        "",
        _nested("dynamicMembership.rule", '(user.extensionAttribute1 -eq "NOBODY")'),
    ),
    (
        "training-before-ephi",
        OKTA_GROUP_RULE,
        "payment-poster",
        _text("expressionValue", 'user.hipaaTrainingStatus=="CURRENT"', 'user.workerType=="EMPLOYEE"'),
    ),
    ("aws-kms-rotation", AWS_KEY, "", _set(enableKeyRotation=False)),
    ("aws-kms-deletion-window", AWS_KEY, "", _set(deletionWindowInDays=7)),
    ("aws-kms-separate-duties", AWS_KEY, "", _text("policy", '"kms:ScheduleKeyDeletion"', '"kms:Decrypt"')),
    ("aws-s3-public-access-blocked", AWS_BUCKET_PUBLIC_ACCESS, "", _set(blockPublicAcls=False)),
    (
        "aws-s3-tls-only",
        AWS_BUCKET_POLICY,
        "",
        _text("policy", "aws:SecureTransport", "aws:SecureTransports"),
    ),
    ("aws-s3-versioned", AWS_BUCKET_VERSIONING, "", _nested("versioningConfiguration.status", "Suspended")),
    (
        "aws-s3-kms-encrypted-with-declared-key",
        AWS_BUCKET_ENCRYPTION,
        "ephi-edi",
        _set(rules=[{"applyServerSideEncryptionByDefault": {"sseAlgorithm": "AES256"}}]),
    ),
    ("aws-s3-bucket-complete", AWS_BUCKET, "", _set(forceDestroy=True)),
    ("aws-cloudtrail-complete", AWS_TRAIL, "", _set(isMultiRegionTrail=False)),
    (
        "aws-audit-bucket-locked",
        "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
        "log-archive",
        _nested("rule.defaultRetention.mode", "GOVERNANCE"),
    ),
    ("aws-log-retention-six-years", AWS_LOG_GROUP, "", _set(retentionInDays=365)),
    (
        "aws-iam-no-full-administration",
        AWS_IAM_ROLE_POLICY,
        "",
        _set(policy='{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}'),
    ),
]


@pytest.mark.parametrize(
    ("rule", "type_", "name", "edit"), BREAKS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_broken_resource_makes_its_rule_fire_and_no_other(reference, rule, type_, name, edit):
    resources, config = reference
    index = _index(resources, type_, name)
    broken = _edited(resources, index, edit)
    found = {finding.rule for finding in evaluate(broken, config).blocking}
    assert rule in found
    assert found - {rule} <= ALSO.get(rule, set())


@pytest.mark.parametrize(
    ("rule", "type_", "name", "edit"), BREAKS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_the_same_value_unknown_is_undecided(reference, rule, type_, name, edit):
    resources, config = reference
    index = _index(resources, type_, name)
    before = resources[index].props
    after = edit(before)
    changed = next(key for key in {**before, **after} if before.get(key) != after.get(key))
    unknown = _edited(resources, index, _set(**{changed: UNKNOWN}))
    report = evaluate(unknown, config)
    assert report.blocking == ()
    assert rule in {finding.rule for finding in report.findings if finding.verdict is Verdict.UNDECIDED}


def test_a_second_assignment_outside_our_components_is_found(reference):
    resources, config = reference
    poster = next(
        record
        for record in resources
        if record.type == OKTA_GROUP_ASSIGNMENT and record.name == "athenaone-payment-poster"
    )
    foreign = replace(
        poster,
        urn=poster.urn + "-foreign",
        name="foreign",
        props={**poster.props, "profile": '{"entitlements": ["athenaone/refund-approval"]}'},
        outputs={},
    )
    found = {finding.rule for finding in evaluate([*resources, foreign], config).blocking}
    assert found == {
        "separation-of-duties",
        "separation-of-duties-by-group",
        "separation-of-duties-at-assignment",
    }


def _index(resources, type_, name):
    """Place of the first resource of the type whose name holds `name`; `=name` is the whole name."""
    return next(
        index
        for index, record in enumerate(resources)
        if record.type == type_ and (record.name == name[1:] if name.startswith("=") else name in record.name)
    )


def _edited(resources, index, edit):
    record = resources[index]
    props = edit(dict(record.props))
    outputs = {**{k: v for k, v in record.outputs.items() if k not in record.props}, **props}
    dependencies = {
        key: value
        for key, value in record.property_dependencies.items()
        if props.get(key) == record.props.get(key)
    }
    changed = replace(record, props=props, outputs=outputs, property_dependencies=dependencies)
    return [*resources[:index], changed, *resources[index + 1 :]]


def test_breaks_cover_the_rules():
    covered = {rule for rule, *_ in BREAKS} | FORBIDDEN | {rule.id for rule in _weakened()}
    covered |= COMPANIONS.keys() | NARROW | ELSEWHERE.keys()
    covered |= {"aws-permission-set-session-limit", "entra-no-permanent-admin-assignment"}
    separation = {rule.id for rule in rules() if rule.id.startswith("separation-of-duties")}
    assert {rule.id for rule in rules()} - covered == separation
