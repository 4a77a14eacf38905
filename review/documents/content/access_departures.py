"""Access Control Policy: what departs from the rule, in an emergency and by dated exceptions."""

from __future__ import annotations

from billing_identity.review.documents.model import Section
from billing_identity.review.documents.writer import Writer, hours, section, sentence, table
from billing_identity.roles.checks.lifting import valid


def emergency(w: Writer) -> Section:
    """The section on emergency access."""
    terms = w.policy.break_glass
    return section(
        "Break-glass access",
        w.say(
            f"At least {terms.accounts_minimum} sealed accounts exist for emergencies.",
            checks=["break-glass"],
            people=[w.policy.security_officer],
            cite=["164.312(a)(2)(ii)"],
        ),
        *w.quote("Seal", terms.sealed, people=[w.policy.security_officer], cite=["164.312(a)(2)(ii)"]),
        w.say(
            f"Emergency access is approved by the {w.titles(terms.approvers, ' or the ')} and lasts "
            f"{hours(terms.max_hours)} at most.",
            checks=["break-glass", "request-terms"],
            people=list(terms.approvers),
            cite=["164.312(a)(2)(ii)"],
        ),
        *w.quote("Alert", terms.alert, people=[w.policy.security_officer], checks=["alert-coverage"]),
        w.say(
            f"Each use is recorded when it begins, by the account's id, and reviewed within "
            f"{hours(terms.review_hours)} after it by a role whose people may not ask for it; nothing is "
            "deployed while a review is overdue.",
            people=list(terms.approvers),
            checks=["break-glass-uses"],
            cite=["164.308(a)(1)(ii)(D)"],
        ),
        w.say(
            "Sign-in policies leave a way in for the sealed accounts, so that an outage locks nobody out.",
            rules=["entra-conditional-access-excludes-break-glass"],
            resources=["okta:app/signonPolicyRules:SignonPolicyRules@break-glass"],
            otherwise=w.policy.security_officer,
            cite=["164.312(a)(2)(ii)"],
        ),
    )


def exceptions(w: Writer) -> Section:
    """The section on exceptions."""
    return section(
        "Exceptions",
        w.say(
            "An exception names one rule and one subject, a reason and what reduces the risk meanwhile, and "
            "ends within a year.",
            checks=["exception-terms", "exception-target"],
            cite=["164.306(d)(3)", "164.316(b)(1)"],
        ),
        w.say(
            f"Exceptions are approved by the {w.titles(w.policy.exception_approvers, ' or the ')}.",
            checks=["exception-approver"],
            people=list(w.policy.exception_approvers),
        ),
        w.say(
            "An exception stops lifting on the day after its last, without anybody doing anything.",
            checks=["exception-expired"],
        ),
        table(
            ("Exception", "Lifts", "For", "Until", "What reduces the risk"),
            (
                w.row(
                    record.ticket,
                    record.lifts.rule,
                    record.lifts.subject,
                    record.expires.isoformat(),
                    sentence(record.compensating_control),
                    checks=["exception-terms"],
                    people=[record.approver],
                )
                for record in w.catalogue.exceptions.values()
                if valid(w.catalogue, record, w.as_of, w.environment)
            ),
        ),
    )
