"""The MFA policy: which factor where, how one is replaced, how the rollout runs."""

from __future__ import annotations

from billing_identity.review.documents.content.common import kept, reviewed
from billing_identity.review.documents.content.signing_in import POLICIES, answerable, by_hand, providers
from billing_identity.review.documents.model import Document, Section
from billing_identity.review.documents.writer import Writer, hours, section, sentence, table
from billing_identity.roles.model.access_policy import Tier
from billing_identity.roles.model.system import System
from billing_identity.roles.model.vocabulary import Factor, Provider

FACTORS = {
    Factor.FIDO2: "security key",
    Factor.DEVICE_BOUND: "key bound to the device",
    Factor.CERTIFICATE: "certificate",
    Factor.PUSH: "push with number matching",
    Factor.TOTP: "authenticator app's code",
    Factor.SMS: "text message",
    Factor.VOICE: "voice call",
}
OKTA_RULES = POLICIES[Provider.OKTA]
SIGN_IN = {
    Provider.OKTA: ("okta-app-has-sign-on-policy", "okta-sign-on-rule-two-factors"),
    Provider.ENTRA: ("entra-conditional-access-enforced",),
}
"""Rules that hold a second factor in front of a system, by its identity provider."""


def build(w: Writer) -> Document:
    """The document for the writer's company."""
    officer = w.policy.security_officer
    return Document(
        id="mfa-policy",
        title="Multi-Factor Authentication Policy",
        owner=w.title(officer),
        sections=(
            _where(w),
            _factors(w),
            _sessions(w),
            _recovery(w),
            _rollout(w),
            section("Upkeep", reviewed(w, officer), kept(w, officer)),
        ),
    )


def _tier(tier: Tier) -> str:
    return ", ".join(FACTORS[factor] for factor in tier.factors)


def _where(w: Writer) -> Section:
    officer = w.policy.security_officer
    return section(
        "Where a second factor is asked for",
        tuple(
            w.say(
                f"Every sign-in to an application through {provider.value.title()} goes through a policy "
                "that asks for two factors, remote access, administration and mail included.",
                rules=SIGN_IN[provider],
                resources=[POLICIES[provider]],
                otherwise=officer,
                cite=["164.312(d)"],
            )
            for provider in providers(w)
        ),
        by_hand(
            w,
            "{systems} keep accounts of their own, which no sign-in policy of the company reaches: who makes "
            "an account there turns on the factor that the table below names.",
            "164.312(d)",
        ),
        w.say(
            "What no rule of a sign-in policy allows is denied.",
            rules=["okta-sign-on-policy-denies-by-default"],
            otherwise=officer,
            cite=["164.312(a)(1)"],
        ),
        w.say(
            "Protocols that can't ask for a second factor are blocked.",
            rules=["entra-legacy-authentication-blocked"],
            otherwise=officer,
            cite=["164.312(d)"],
        ),
        table(
            ("System", "Kind", "Sign-in through", "Second factor", "Device"),
            (
                w.row(
                    system.title,
                    system.system_kind.value.replace("-", " "),
                    "its own accounts"
                    if system.identity.provider is Provider.NONE
                    else system.identity.provider.value.title(),
                    _tier(w.policy.tiers[system.tier]),
                    "managed" if w.policy.tiers[system.tier].managed_device else "any",
                    checks=["federation", "ephi-tier"],
                    rules=SIGN_IN.get(system.identity.provider, ()),
                    people=[] if _declared(w, system) else answerable(w, [system]),
                    cite=["164.312(d)"],
                )
                for system in w.catalogue.systems.values()
            ),
        ),
    )


def _declared(w: Writer, system: System) -> bool:
    kind = POLICIES.get(system.identity.provider)
    return kind is not None and w.declares(kind)


def _factors(w: Writer) -> Section:
    officer, fallback = w.policy.security_officer, w.policy.sms_fallback
    temporary = (
        (
            w.say(
                f"The group {fallback.group} may use text codes until {fallback.ends}.",
                checks=["sms-fallback"],
                people=[officer],
                cite=["164.312(d)"],
            ),
            *w.quote("Reason", fallback.reason, people=[officer], checks=["factors"]),
            w.say(
                "Each sign-in with a text code raises an alert, and its user is given a security key.",
                people=[officer],
                checks=["alert-coverage"],
                cite=["164.308(a)(5)(ii)(C)"],
            ),
        )
        if fallback is not None
        else (w.say("Text and voice codes are not in use.", checks=["factors"], cite=["164.312(d)"]),)
    )
    return section(
        "Which factors count",
        w.say(
            "Systems with ePHI and systems of administration ask for a factor that resists phishing; an "
            "exception in force is listed in the Access Control Policy.",
            checks=["ephi-tier"],
            rules=["okta-sign-on-rule-phishing-resistant", "entra-strength-phishing-resistant"],
            cite=["164.312(d)"],
        ),
        w.say(
            "Push approvals show a number that has to be matched.",
            resources=["okta:index/authenticator:Authenticator@NUMBER_CHALLENGE"],
            otherwise=officer,
        ),
        w.say(
            "Enrolment asks for a security key and refuses codes by phone and e-mail.",
            resources=["okta:policy/mfa:Mfa@NOT_ALLOWED"],
            otherwise=officer,
            cite=["164.312(d)"],
        ),
        *temporary,
        table(
            ("Tier", "Factors that satisfy it", "Resists phishing", "Asked for again"),
            (
                w.row(
                    tier.title,
                    _tier(tier),
                    "yes" if tier.phishing_resistant else "no",
                    f"after {hours(tier.reauthenticate_hours)}"
                    if tier.reauthenticate_hours
                    else "every sign-in",
                    checks=["factors", "zones-and-rings"],
                    resources=[OKTA_RULES] if w.declares(OKTA_RULES, name) else [],
                    people=[] if w.declares(OKTA_RULES, name) else [officer],
                )
                for name, tier in w.policy.tiers.items()
            ),
        ),
        w.say(
            f"Passwords have {w.policy.passwords.minimum_length} characters or more, are compared with known "
            f"and breached ones, and lock after {w.policy.passwords.lockout_attempts} failures.",
            rules=["okta-password-policy"],
            checks=["password-policy"],
            cite=["164.308(a)(5)(ii)(D)"],
        ),
    )


def _sessions(w: Writer) -> Section:
    return section(
        "Automatic logoff",
        w.say(
            "Sessions of the identity provider end by themselves.",
            rules=["okta-session-limits", "aws-permission-set-session-limit"],
            checks=["session-limits"],
            cite=["164.312(a)(2)(iii)"],
        ),
        w.say(
            "Applications end their own sessions after the same idle time.",
            people=[w.policy.security_officer],
            cite=["164.312(a)(2)(iii)"],
        ),
        table(
            ("Tier", "Idle time", "Longest session"),
            (
                w.row(
                    tier.title,
                    f"{tier.session.idle_minutes} minutes",
                    hours(tier.session.lifetime_hours),
                    checks=["session-limits"],
                    cite=["164.312(a)(2)(iii)"],
                )
                for tier in w.policy.tiers.values()
            ),
        ),
    )


def _recovery(w: Writer) -> Section:
    officer = w.policy.security_officer
    desk = [role.id for role in w.catalogue.roles.values() if role.id == "help-desk"] or [officer]
    return section(
        "A lost device or key",
        w.say(
            "A lost factor is reported at once and removed from the account the same day.",
            people=desk,
            cite=["164.308(a)(6)(ii)"],
        ),
        w.say(
            "The help desk proves the person's identity in front of a camera before it resets anything.",
            people=desk,
            cite=["164.312(d)"],
        ),
        w.say(
            "A temporary code opens nothing but the registration of new factors.",
            rules=["entra-one-time-pass-for-registration-only"],
            otherwise=officer,
            cite=["164.312(d)"],
        ),
        w.say(
            "Everybody enrols two factors, so that the loss of one does not end the working day.",
            people=[officer],
        ),
        w.say(
            "A reset or disabled factor raises an alert.",
            checks=["alert-coverage"],
            people=[officer],
            cite=["164.308(a)(5)(ii)(C)"],
        ),
    )


def _rollout(w: Writer) -> Section:
    rings = " then ".join(w.policy.rings)
    return section(
        "Rollout and records",
        w.say(
            f"Stricter sign-in reaches people ring by ring: {rings}.",
            checks=["zones-and-rings", "rollout-order"],
            people=[w.policy.security_officer],
        ),
        w.say(
            f"It is enforced up to ring {w.policy.enforced_ring}.",
            checks=["zones-and-rings", "ring-order"],
            rules=["entra-conditional-access-enforced"],
        ),
        *(
            w.say(
                f"Ring {ring} follows by {w.policy.ring_deadlines[ring]}.",
                checks=["ring-order"],
                people=[w.policy.security_officer],
            )
            for ring in w.policy.rings_to_come
        ),
        w.say(
            "Sign-ins, enrolments and resets are logged and kept with the other logs.",
            resources=["aws:cloudwatch/logGroup:LogGroup"],
            rules=["aws-log-retention-six-years"],
            people=[w.policy.security_officer],
            cite=["164.312(b)", "164.316(b)(2)(i)"],
        ),
        table(
            ("Ring", "Roles"),
            (
                w.row(
                    ring,
                    sentence(
                        ", ".join(
                            role.title
                            for role in w.catalogue.roles.values()
                            if role.ring == ring and not role.abstract
                        )
                    ),
                    checks=["rollout-order"],
                )
                for ring in w.policy.rings
            ),
        ),
    )
