"""The calls that end sessions, reset factors and wipe devices, each with where it is documented.

Addresses hold the ids of the incident; a token is never part of a step.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from billing_identity.roles.model.incident import Incident
from billing_identity.roles.model.system import System
from billing_identity.roles.model.vocabulary import Federation, Provider
from billing_identity.stacks.bind.containment.quarantine import beyond_the_denial
from billing_identity.stacks.settings import Settings

Phase = Literal["contain", "eradicate", "recover"]
GRAPH = "https://graph.microsoft.com/v1.0"
PASSWORD_METHOD = "28c10230-6103-485e-b985-444c60001490"  # noqa: S105
"""The id of everybody's password method (Graph v1.0, authenticationMethod: resetPassword)."""
REGISTERED_METHODS = (
    "fido2Methods",
    "microsoftAuthenticatorMethods",
    "windowsHelloForBusinessMethods",
    "platformCredentialMethods",
    "externalAuthenticationMethods",
    "softwareOathMethods",
    "temporaryAccessPassMethods",
    "emailMethods",
    "phoneMethods",
)
"""What Graph v1.0 keeps of a person beside the password: the collections of its type `authentication`."""


@dataclass(frozen=True)
class Step:
    """One thing to do. `calls` are requests or commands as they are sent; none for what people do."""

    phase: Phase
    title: str
    calls: tuple[str, ...] = ()
    proof: str = ""
    """What is kept as evidence that it was done."""


def technical_steps(
    incident: Incident, systems: tuple[System, ...], settings: Settings, *, federated: bool
) -> Iterator[Step]:
    """The calls of an incident, in the order in which they are made; `systems` are those withdrawn.

    `federated`: whether people of one provider sign in to the other through it.
    """
    okta, entra = incident.scope.okta_users, incident.scope.entra_users
    if incident.contained is None and incident.cuts_sessions:
        yield Step(
            "contain",
            "Write `contained` into the incident's file, the time of now with its zone: AWS then denies "
            "every session issued before it; without it, only those from before the detection",
            (),
            "the pull request",
        )
    yield Step(
        "contain",
        "Apply the containment stack: group, blocked addresses, withdrawn applications, denial in AWS",
        (f"pulumi up --stack containment-{settings.environment}",),
        "the update's record",
    )
    if settings.okta is not None:
        yield from _okta(okta, settings.okta.url)
    yield from _entra(entra)
    if federated and settings.okta is not None and settings.entra is not None:
        yield from _other_account(incident, settings.okta.url)
    yield from _devices(incident, settings.okta.url if settings.okta is not None else "")
    yield from _aws(incident, settings)
    yield from _by_hand(systems)
    if settings.entra is not None and not settings.capabilities.entra_p1:
        yield from _without_conditional_access(systems)


def _okta(users: Iterable[str], url: str) -> Iterator[Step]:
    for user in users:
        yield Step(
            "contain",
            f"End every session of {user}, with its OAuth tokens (Okta User Sessions API)",
            (f"DELETE {url}/api/v1/users/{user}/sessions?oauthTokens=true&forgetDevices=true",),
            "system log: user.session.clear",
        )
        yield Step(
            "eradicate",
            f"Expire the password of {user}, without a temporary one (Okta User Credentials API)",
            (f"POST {url}/api/v1/users/{user}/lifecycle/expire_password",),
            "system log: user.account.expire_password",
        )
        yield Step(
            "eradicate",
            f"Remove every factor of {user}, so that all are enrolled anew (Okta User Lifecycles API)",
            (f"POST {url}/api/v1/users/{user}/lifecycle/reset_factors",),
            "system log: user.mfa.factor.reset_all",
        )
        yield Step(
            "eradicate",
            f"Revoke what applications were allowed in the name of {user} (Okta User Grants API)",
            (f"DELETE {url}/api/v1/users/{user}/grants",),
            "system log: app.oauth2.as.consent.revoke.user",
        )


def _entra(users: Iterable[str]) -> Iterator[Step]:
    for user in users:
        yield Step(
            "contain",
            f"Block sign-in of {user} and revoke its refresh tokens (Graph: user, revokeSignInSessions)",
            (
                f'PATCH {GRAPH}/users/{user} {{"accountEnabled": false}}',
                f"POST {GRAPH}/users/{user}/revokeSignInSessions",
            ),
            "audit log: Disable account, Update StsRefreshTokenValidFrom Timestamp",
        )
        yield Step(
            "eradicate",
            f"Reset the password of {user}; an account of a federated domain has none here (Graph: "
            "resetPassword, by an administrator: no program may). The answer holds the new password",
            (f"POST {GRAPH}/users/{user}/authentication/methods/{PASSWORD_METHOD}/resetPassword {{}}",),
            "audit log: Reset password",
        )
        yield Step(
            "eradicate",
            f"List and delete the registered methods of {user} (Graph: authentication methods). A number "
            "that is the default method stays until another one is the default",
            (
                f"GET {GRAPH}/users/{user}/authentication/methods",
                *(
                    f"DELETE {GRAPH}/users/{user}/authentication/{methods}/METHOD_ID"
                    for methods in REGISTERED_METHODS
                ),
            ),
            "audit log: Admin deleted security info",
        )
        yield Step(
            "eradicate",
            f"Look for mail rules and consents of {user}, and delete what the attacker made (Graph)",
            (
                f"GET {GRAPH}/users/{user}/mailFolders/inbox/messageRules",
                f"DELETE {GRAPH}/users/{user}/mailFolders/inbox/messageRules/RULE_ID",
                f"GET {GRAPH}/users/{user}/oauth2PermissionGrants",
                f"DELETE {GRAPH}/oauth2PermissionGrants/GRANT_ID",
            ),
            "both lists, before and after",
        )
        yield Step(
            "recover",
            f"Let {user} sign in again, when the help desk has proofed who it is (Graph: user)",
            (f'PATCH {GRAPH}/users/{user} {{"accountEnabled": true}}',),
            "audit log: Enable account",
        )


def _other_account(incident: Incident, okta_url: str) -> Iterator[Step]:
    """Accounts that the file lacks: a federated person keeps the sessions of the other provider."""
    scope = incident.scope
    okta = [user for user in scope.okta_users if user not in scope.one_sided]
    entra = [user for user in scope.entra_users if user not in scope.one_sided]
    for user in okta if len(okta) > len(entra) else ():
        yield Step(
            "contain",
            f"Find the Entra account of {user} by its login, revoke its refresh tokens, and write its object "
            "id into the incident's file (Okta User API; Graph: revokeSignInSessions)",
            (
                f"GET {okta_url}/api/v1/users/{user}",
                f"POST {GRAPH}/users/LOGIN/revokeSignInSessions",
                f"GET {GRAPH}/users/LOGIN?$select=id",
            ),
            "audit log: Update StsRefreshTokenValidFrom Timestamp",
        )
    for user in entra if len(entra) > len(okta) else ():
        yield Step(
            "contain",
            f"Find the Okta account of {user} by its user name, end its sessions, and write its id into the "
            "incident's file (Graph: user; Okta User and User Sessions API)",
            (
                f"GET {GRAPH}/users/{user}?$select=userPrincipalName",
                f"GET {okta_url}/api/v1/users/LOGIN",
                f"DELETE {okta_url}/api/v1/users/OKTA_ID/sessions?oauthTokens=true&forgetDevices=true",
            ),
            "system log: user.session.clear",
        )


def _devices(incident: Incident, okta_url: str) -> Iterator[Step]:
    for device in incident.scope.devices:
        if device.startswith("guo"):
            yield Step(
                "contain",
                f"Deactivate the device {device}; the bound authenticators die with it (Okta Devices API)",
                (f"POST {okta_url}/api/v1/devices/{device}/lifecycle/deactivate",),
                "system log: device.lifecycle.deactivate",
            )
            continue
        managed = f"{GRAPH}/deviceManagement/managedDevices/{device}"
        yield Step(
            "contain",
            f"Record the disk encryption of {device}, then wipe it (Graph: managedDevice, wipe)",
            (
                f"GET {managed}?$select=isEncrypted,lastSyncDateTime,complianceState",
                f'POST {managed}/wipe {{"keepEnrollmentData": false, "keepUserData": false}}',
                f"GET {managed}?$select=deviceActionResults",
            ),
            "state of encryption before the wipe, and the action's result `done`",
        )


def _aws(incident: Incident, settings: Settings) -> Iterator[Step]:
    workforce = settings.aws.workforce
    store = workforce.identity_store_id if workforce is not None else "STORE_ID"
    for user in incident.scope.aws_users:
        yield Step(
            "contain",
            f"Remove {user} from groups and end its portal session (IAM Identity Center)",
            (
                f"aws identitystore list-group-memberships-for-member --identity-store-id {store} "
                f"--member-id UserId={user}",
                f"aws identitystore delete-group-membership --identity-store-id {store} "
                "--membership-id MEMBERSHIP_ID",
            ),
            "CloudTrail: DeleteGroupMembership; the session is ended on the user's page of the console",
        )
    for role in beyond_the_denial(incident, settings):
        yield Step(
            "contain",
            f"Deny every session of {role.rsplit('/', 1)[1]} in {role.split(':')[4]}: no service control "
            "policy reaches it (IAM)",
            (
                f"aws iam put-role-policy --role-name {role.rsplit('/', 1)[1]} "
                "--policy-name AWSRevokeOlderSessions --policy-document '"
                '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}\'',
            ),
            "CloudTrail: PutRolePolicy",
        )


def _without_conditional_access(systems: tuple[System, ...]) -> Iterator[Step]:
    for system in systems:
        identity = system.identity
        if identity.provider is Provider.ENTRA and identity.federation is not Federation.BUILT_IN:
            yield Step(
                "contain",
                f"Disable the application {system.title}: no licence for a policy that blocks it (Graph: "
                "servicePrincipal)",
                (
                    f"GET {GRAPH}/servicePrincipals?$filter=displayName eq '{system.title}'&$select=id",
                    f'PATCH {GRAPH}/servicePrincipals/SERVICE_PRINCIPAL_ID {{"accountEnabled": false}}',
                ),
                "audit log: Update service principal",
            )


def _by_hand(systems: tuple[System, ...]) -> Iterator[Step]:
    for system in systems:
        identity = system.identity
        if identity.provider is Provider.NONE and identity.local_accounts is not None:
            yield Step(
                "contain",
                f"{system.title}: no provider stands in front of it; "
                f"{identity.local_accounts.provisioned_by} closes its accounts. "
                f"{identity.local_accounts.leaver_task}",
                (),
                "the user list, before and after",
            )
        elif identity.federation is Federation.BUILT_IN:
            yield Step(
                "contain",
                f"{system.title} is the provider's own service and is not withdrawn by code: decide with the "
                "incident commander what to switch off in its console",
                (),
                "the decision, with time and name of the role",
            )
