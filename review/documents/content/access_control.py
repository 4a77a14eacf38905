"""The Access Control Policy: who gets which access, who approves it, how it ends."""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.review.documents.content.access_departures import emergency, exceptions
from billing_identity.review.documents.content.access_life import life
from billing_identity.review.documents.content.common import kept
from billing_identity.review.documents.content.governed import ends, request_resources
from billing_identity.review.documents.model import Document, Section
from billing_identity.review.documents.writer import Writer, hours, section, sentence, table
from billing_identity.roles.model.role import Assignment, Role


def build(w: Writer) -> Document:
    """The document for the writer's company."""
    return Document(
        id="access-control-policy",
        title="Access Control Policy",
        owner=w.title(w.policy.security_officer),
        sections=(
            _scope(w),
            _roles(w),
            _approval(w),
            life(w),
            _separation(w),
            emergency(w),
            exceptions(w),
            _programs(w),
            _upkeep(w),
        ),
    )


def _scope(w: Writer) -> Section:
    security, privacy = w.policy.security_officer, w.policy.privacy_officer
    company = w.catalogue.organisation.company
    return section(
        "Scope and responsibility",
        w.say(
            f"This policy binds everybody who works for {company}, vendor staff included.",
            people=[security],
            checks=["training-acknowledgement"],
            cite=["164.316(a)", "164.308(a)(3)(i)"],
        ),
        w.say(
            f"The {w.title(security)} answers for the security of ePHI.",
            people=[security],
            checks=["answerable-role"],
            cite=["164.308(a)(2)"],
        ),
        w.say(
            f"The {w.title(privacy)} answers for the privacy of patients and for notices of a breach.",
            people=[privacy],
            checks=["answerable-role"],
        ),
        w.say(
            "Every account belongs to one person, and nobody shares it.",
            checks=["federation", "no-persons"],
            people=[security],
            cite=["164.312(a)(2)(i)"],
        ),
        *w.quote(
            "Whoever breaks this policy is sanctioned",
            w.policy.sanction_policy,
            people=[security],
            cite=["164.308(a)(1)(ii)(C)", "164.530(e)"],
        ),
    )


def _roles(w: Writer) -> Section:
    return section(
        "Roles and the minimum necessary",
        w.say(
            "Access to an application comes from a role's group and never from an assignment to a person.",
            rules=["okta-no-direct-user-to-app", "entra-app-assignment-required"],
            resources=["okta:app/groupAssignment:GroupAssignment"],
            otherwise=w.policy.security_officer,
            cite=["164.308(a)(4)(ii)(B)"],
        ),
        w.say(
            "Each role says why its job can't be done with less, and which categories of PHI it needs.",
            checks=["minimum-necessary", "grant-scope"],
            cite=["164.502(b)(1)", "164.514(d)(2)(i)"],
        ),
        w.say(
            "A person reaches the clients that human resources list, unless the role's grant says all.",
            checks=["grant-scope"],
            people=[w.policy.access_approver],
            cite=["164.502(b)(1)"],
        ),
        table(
            ("Role", "Purpose", "Categories of PHI", "Risk", "Held by"),
            (
                w.row(
                    role.title,
                    sentence(role.purpose),
                    ", ".join(role.minimum_necessary.phi_categories),
                    f"{role.risk.value}, privileged" if role.privileged else role.risk.value,
                    _held_by(w, role),
                    checks=["role-shape", "role-risk"],
                    people=[role.owner],
                )
                for role in _held(w)
            ),
        ),
    )


def _held(w: Writer) -> Iterator[Role]:
    return (role for role in w.catalogue.roles.values() if not role.abstract)


def _held_by(w: Writer, role: Role) -> str:
    if role.assignment is Assignment.JOB_CODE:
        return w.job_titles(role.job_codes)
    kind = "on request" if role.assignment is Assignment.REQUEST else "by name"
    return f"{kind}, for {w.job_titles(role.request.eligible)}" if role.request else kind


def _approval(w: Writer) -> Section:
    approver = w.policy.access_approver
    return section(
        "Who approves access",
        w.say(
            f"A change of roles or grants is approved by the {w.title(approver)}, the role's owner and the "
            "data owner of each system before it takes effect.",
            people=[approver],
            checks=["answerable-role"],
            cite=["164.308(a)(4)(ii)(B)", "164.308(a)(4)(ii)(C)"],
        ),
        w.say(
            "Nobody approves a request of their own.",
            checks=["self-approval"],
            people=[approver],
            cite=["164.308(a)(4)(ii)(B)"],
        ),
        w.say(
            f"Access that is asked for ends after {hours(w.policy.request_max_hours)} at the latest.",
            checks=["request-terms"],
            people=[approver],
            cite=["164.308(a)(3)(ii)(C)"],
        ),
        ends(w),
        table(
            ("Role on request", "Who may ask", "Who approves", "Longest"),
            (
                w.row(
                    role.title,
                    w.job_titles(role.request.eligible),
                    w.titles(role.request.approvers, " or "),
                    hours(role.request.max_hours),
                    resources=request_resources(w, role),
                    checks=["request-terms", "self-approval"],
                    people=list(role.request.approvers),
                )
                for role in _held(w)
                if role.request is not None
            ),
        ),
        table(
            ("System", "Owner", "Data owner, approves access", "Kinds of data"),
            (
                w.row(
                    system.title,
                    w.title(system.owner),
                    w.title(system.approver),
                    ", ".join(item.value for item in system.data_classes),
                    checks=["answerable-role"],
                    people=[system.approver],
                )
                for system in w.catalogue.systems.values()
            ),
        ),
    )


def _separation(w: Writer) -> Section:
    return section(
        "Separation of duties",
        w.say(
            "Two duties that stand in one line below are never held by one person, whatever their roles.",
            checks=["separation-of-duties"],
            rules=["separation-of-duties", "separation-of-duties-at-assignment"],
            cite=["164.308(a)(3)(i)", "164.308(a)(4)(ii)(B)"],
        ),
        w.say(
            "Where only a request would join two duties, the request's terms name the rule and the approver "
            "decides knowing it.",
            checks=["acknowledged-conflict"],
            people=[w.policy.access_approver],
            cite=["164.308(a)(4)(ii)(B)"],
        ),
        table(
            ("One duty", "The other", "Why", "May an exception lift it"),
            (
                w.row(
                    rule.left.title,
                    rule.right.title,
                    sentence(rule.rationale),
                    "yes" if rule.liftable else "never",
                    checks=[rule.id],
                    rules=["separation-of-duties"],
                    cite=rule.citations,
                )
                for rule in w.policy.separation_of_duties
            ),
        ),
    )


def _programs(w: Writer) -> Section:
    return section(
        "Service accounts",
        w.say(
            "A program has an identity of its own, never signs in to a screen and shares no credential.",
            checks=["service-accounts", "shared-credential"],
            rules=["okta-oauth-no-client-secret", "entra-no-application-password", "aws-no-iam-user-or-key"],
            cite=["164.312(d)", "164.312(a)(2)(i)"],
        ),
        table(
            ("Service account", "Purpose", "Credential", "Replaced or reviewed every", "Owner"),
            (
                w.row(
                    account.title,
                    sentence(account.purpose),
                    account.credential.method.replace("-", " "),
                    f"{account.rotation_days} days",
                    w.title(account.owner),
                    checks=["rotation-overdue"],
                    people=[account.owner],
                )
                for account in w.catalogue.service_accounts.values()
            ),
        ),
    )


def _upkeep(w: Writer) -> Section:
    officer = w.policy.security_officer
    return section(
        "Upkeep of this policy",
        w.say(
            "This policy is reviewed every year and whenever the catalogue changes who may do what.",
            people=[officer],
            cite=["164.316(b)(2)(iii)"],
        ),
        w.say(
            "Everybody acknowledges it in training and can read it at work.",
            checks=["training-acknowledgement"],
            people=[officer],
            cite=["164.316(b)(2)(ii)"],
        ),
        kept(w, officer),
    )
