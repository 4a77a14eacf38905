"""Whose policies meet in a call: everything attached to principals, resources and accounts of a deployment.

What hangs on what is followed through the deployment's own references (a role's name in its account, a
policy's id, a set's ARN); a reference to something that nobody declares is an error.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from emulator import accounts
from iam_evaluator import Caller

ADMINISTRATOR = '{"Statement":[{"Sid":"Everything","Effect":"Allow","Action":["*"],"Resource":["*"]}]}'
"""What AdministratorAccess grants: the worst that somebody in an account can have been given."""
SUFFIX = "0123456789abcdef"
"""What IAM Identity Center puts after the name of a permission set's role; it can't be known before."""
STRANGER = "999999999999"


@dataclass(frozen=True)
class Session:
    """A role's session, or the root user. `boundary` and `session` limit when they are there."""

    arn: str
    identity: str = ""
    boundary: str | None = None
    session: str | None = None
    context: Mapping[str, str] = field(default_factory=dict)
    """Condition keys that the session carries: its tags, when it was issued, whose it is."""

    @property
    def account(self) -> str:
        return self.arn.split(":")[4]

    @property
    def linked(self) -> bool:
        """A service-linked role: no control policy binds it."""
        return ":role/aws-service-role/" in self.arn

    def carrying(self, context: Mapping[str, str]) -> Session:
        """The same session with these condition keys."""
        return replace(self, context={**self.context, **context})


@dataclass
class World:
    """All policies of a deployment, by what they are attached to."""

    organisation: str
    management: str
    members: set[str] = field(default_factory=set)
    sessions: dict[str, Session] = field(default_factory=dict)
    """By `<account>/<role>`, permission sets as `<account>/<set>`, SFTP users as `sftp/<user>`."""
    resources: dict[str, str] = field(default_factory=dict)
    """Policy by ARN of the resource: bucket, key, queue, topic, bus, vault, role."""
    owners: dict[str, str] = field(default_factory=dict)
    """Account of each bucket, by name."""
    store_keys: dict[str, str] = field(default_factory=dict)
    """ARN of the key that a bucket encrypts with by default, by name."""
    vault_keys: dict[str, str] = field(default_factory=dict)
    """ARN of the key of a backup vault, by the vault's ARN."""
    service_controls: dict[str, dict[str, str]] = field(default_factory=dict)
    """Account -> name -> text. AWS's own FullAWSAccess stays attached beside them."""
    resource_controls: dict[str, dict[str, str]] = field(default_factory=dict)

    def caller(self, session: Session) -> Caller:
        """The session as the evaluator takes it."""
        own = session.account in self.members
        return Caller(session.arn, organization=self.organisation if own else "o-stranger000")

    def role(self, account: str, name: str) -> Session:
        """A declared role's session."""
        return self.sessions[f"{account}/{name}"]

    def undeclared(self, account: str, name: str) -> Session:
        """A role of an account that the deployment doesn't declare, taken as an administrator."""
        assert f"{account}/{name}" not in self.sessions, f"{name} is declared: take its own policies"
        return Session(f"arn:aws:iam::{account}:role/{name}", ADMINISTRATOR)

    def root(self, account: str) -> Session:
        """An account's root user."""
        return Session(f"arn:aws:iam::{account}:root", ADMINISTRATOR)

    def denying(self, name: str, text: str) -> World:
        """The same world with one more service control policy on every account that has some."""
        controls = {account: {**held, name: text} for account, held in self.service_controls.items()}
        return replace(self, service_controls=controls)


def world(resources: list[dict[str, Any]], organisation: str, management: str) -> World:
    """The policies of a deployment."""
    made = World(organisation, management, {management})
    by_type: dict[str, list[tuple[dict[str, Any], str, str]]] = defaultdict(list)
    for item, account, region in accounts(resources):
        made.members.add(account)
        by_type[item["type"]].append((item, account, item["inputs"].get("region", region)))
    _resources(made, by_type)
    _roles(made, by_type)
    _permission_sets(made, by_type)
    _partners(made, by_type)
    _controls(made, by_type)
    return made


Types = Mapping[str, list[tuple[dict[str, Any], str, str]]]


def _resources(made: World, by_type: Types) -> None:
    for item, account, _ in by_type["aws:s3/bucket:Bucket"]:
        made.owners[item["inputs"]["bucket"]] = account
    encryption = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"
    for item, _, _ in by_type[encryption]:
        default = item["inputs"]["rules"][0]["applyServerSideEncryptionByDefault"]
        if "kmsMasterKeyId" in default:
            made.store_keys[item["inputs"]["bucket"]] = default["kmsMasterKeyId"]
    for item, _, _ in by_type["aws:s3/bucketPolicy:BucketPolicy"]:
        assert item["inputs"]["bucket"] in made.owners
        made.resources[f"arn:aws:s3:::{item['inputs']['bucket']}"] = item["inputs"]["policy"]
    for type_ in ("aws:kms/key:Key", "aws:kms/replicaKey:ReplicaKey", "aws:sqs/queue:Queue"):
        for item, _, _ in by_type[type_]:
            made.resources[item["outputs"]["arn"]] = item["inputs"]["policy"]
    for item, _, _ in by_type["aws:sns/topicPolicy:TopicPolicy"]:
        made.resources[item["inputs"]["arn"]] = item["inputs"]["policy"]
    for item, account, region in by_type["aws:cloudwatch/eventBusPolicy:EventBusPolicy"]:
        name = item["inputs"]["eventBusName"]
        made.resources[f"arn:aws:events:{region}:{account}:event-bus/{name}"] = item["inputs"]["policy"]
    for item, account, region in by_type["aws:backup/vaultPolicy:VaultPolicy"]:
        name = item["inputs"]["backupVaultName"]
        made.resources[f"arn:aws:backup:{region}:{account}:backup-vault:{name}"] = item["inputs"]["policy"]
    for item, _, _ in by_type["aws:backup/vault:Vault"]:
        made.vault_keys[item["outputs"]["arn"]] = item["inputs"]["kmsKeyArn"]
    missing = {*made.store_keys.values(), *made.vault_keys.values()} - made.resources.keys()
    assert not missing, f"stores or vaults encrypt with keys that have no policy: {missing}"


def _roles(made: World, by_type: Types) -> None:
    boundaries = {
        item["outputs"]["arn"]: item["inputs"]["policy"] for item, _, _ in by_type["aws:iam/policy:Policy"]
    }
    inline: dict[tuple[str, str], str] = {}
    for item, account, _ in by_type["aws:iam/rolePolicy:RolePolicy"]:
        key = (account, item["inputs"]["role"])
        assert key not in inline, f"{key}: more than one policy"
        inline[key] = item["inputs"]["policy"]
    for item, account, _ in by_type["aws:iam/role:Role"]:
        inputs = item["inputs"]
        limit = inputs.get("permissionsBoundary")
        assert limit is None or limit in boundaries, f"{inputs['name']}: nobody declares {limit}"
        arn = item["outputs"]["arn"]
        made.resources[arn] = inputs["assumeRolePolicy"]
        made.sessions[f"{account}/{inputs['name']}"] = Session(
            arn, inline.pop((account, inputs["name"])), boundaries.get(limit)
        )
    assert not inline, f"policies of roles that nobody declares: {sorted(inline)}"


def _permission_sets(made: World, by_type: Types) -> None:
    sets = {
        item["outputs"]["arn"]: item["inputs"]["name"]
        for item, _, _ in by_type["aws:ssoadmin/permissionSet:PermissionSet"]
    }
    policies = {
        item["inputs"]["permissionSetArn"]: item["inputs"]["inlinePolicy"]
        for item, _, _ in by_type["aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy"]
    }
    limits = {
        item["inputs"]["permissionSetArn"]: item["inputs"]["permissionsBoundary"][
            "customerManagedPolicyReference"
        ]["name"]
        for item, _, _ in by_type["aws:ssoadmin/permissionsBoundaryAttachment:PermissionsBoundaryAttachment"]
    }
    boundaries = {
        (account, item["inputs"]["name"]): item["inputs"]["policy"]
        for item, account, _ in by_type["aws:iam/policy:Policy"]
    }
    for item, _, _ in by_type["aws:ssoadmin/accountAssignment:AccountAssignment"]:
        account, arn = item["inputs"]["targetId"], item["inputs"]["permissionSetArn"]
        role = f"aws-reserved/sso.amazonaws.com/AWSReservedSSO_{sets[arn]}_{SUFFIX}"
        made.sessions[f"{account}/{sets[arn]}"] = Session(
            f"arn:aws:iam::{account}:role/{role}", policies[arn], boundaries[account, limits[arn]]
        )


def _partners(made: World, by_type: Types) -> None:
    roles = {session.arn: session for session in made.sessions.values()}
    for item, _, _ in by_type["aws:transfer/user:User"]:
        role = roles[item["inputs"]["role"]]
        made.sessions[f"sftp/{item['inputs']['userName']}"] = replace(role, session=item["inputs"]["policy"])


def _controls(made: World, by_type: Types) -> None:
    policies = {
        item["id"]: (item["inputs"]["type"], item["inputs"]["name"], item["inputs"]["content"])
        for item, _, _ in by_type["aws:organizations/policy:Policy"]
    }
    for item, _, _ in by_type["aws:organizations/policyAttachment:PolicyAttachment"]:
        type_, name, text = policies[item["inputs"]["policyId"]]
        kind = made.service_controls if type_ == "SERVICE_CONTROL_POLICY" else made.resource_controls
        kind.setdefault(item["inputs"]["targetId"], {})[name] = text
