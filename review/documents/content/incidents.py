"""The incident response plan: team, phases, playbooks, breach assessment, clocks of notices."""

from __future__ import annotations

from billing_identity.review.documents.content.common import kept, reviewed
from billing_identity.review.documents.content.incident_notices import assessment, clocks, messages
from billing_identity.review.documents.content.signing_in import POLICIES, by_hand, providers
from billing_identity.review.documents.model import Document, Section
from billing_identity.review.documents.writer import Writer, hours, section, sentence, table

KINDS = {
    "phished-credentials": "Phished or reused credentials",
    "lost-device": "Lost or stolen device",
    "vendor-breach": "Breach at a vendor",
}


def build(w: Writer) -> Document:
    """The document for the writer's company."""
    officer = w.policy.security_officer
    return Document(
        id="incident-response-plan",
        title="Incident Response Plan",
        owner=w.title(officer),
        sections=(
            _team(w),
            _phases(w),
            *(_playbook(w, number) for number in range(len(w.catalogue.incident_plan.playbooks))),
            assessment(w),
            clocks(w),
            messages(w),
            _afterwards(w),
            section("Upkeep", reviewed(w, officer), kept(w, officer)),
        ),
    )


def _team(w: Writer) -> Section:
    plan, officer = w.catalogue.incident_plan, w.policy.security_officer
    return section(
        "Team, contacts and tools",
        table(
            ("Function", "Who", "Deputy", "Duties"),
            (
                w.row(
                    member.function,
                    w.title(member.role),
                    w.title(member.deputy),
                    sentence(member.duties),
                    people=[member.role],
                    checks=["incident-plan"],
                    cite=["164.308(a)(6)(i)"],
                )
                for member in plan.team
            ),
        ),
        table(
            ("Contact", "Organisation", "Reached by", "When"),
            (
                w.row(
                    contact.kind.replace("-", " "),
                    contact.organisation,
                    contact.reach,
                    sentence(contact.when),
                    people=[officer],
                    checks=["incident-plan"],
                )
                for contact in plan.contacts
            ),
        ),
        table(("Tool at hand",), (w.row(sentence(tool), people=[officer]) for tool in plan.tooling)),
        table(
            ("Question that decides", "If yes", "Who decides", "Within"),
            (
                w.row(
                    criterion.question,
                    sentence(criterion.if_yes),
                    w.title(criterion.decided_by),
                    hours(criterion.within_hours),
                    people=[criterion.decided_by],
                    checks=["incident-plan"],
                )
                for criterion in plan.decision_criteria
            ),
        ),
    )


def _phases(w: Writer) -> Section:
    officer, privacy = w.policy.security_officer, w.policy.privacy_officer
    return section(
        "Phases",
        w.say(
            "Prepare: team, contacts, tools and criteria are kept current in the catalogue.",
            checks=["incident-plan"],
            people=[officer],
            cite=["164.308(a)(6)(i)"],
        ),
        w.say(
            "Detect: alerts from sign-ins, devices and applications are looked at as their severity asks.",
            checks=["alert-coverage"],
            people=[officer],
            cite=["164.308(a)(1)(ii)(D)", "164.308(a)(6)(ii)"],
        ),
        w.say(
            "Analyse: the first hour settles which accounts, systems, vendors and clients are concerned, and "
            "they are written into the incident's file.",
            checks=["incidents"],
            people=[officer],
            cite=["164.308(a)(6)(ii)"],
        ),
        tuple(
            w.say(
                f"Contain: whoever is put into the contained group can't sign in through "
                f"{provider.value.title()}, because its sign-in policies deny that group first.",
                resources=[f"{POLICIES[provider]}@contained"],
                otherwise=officer,
                cite=["164.308(a)(6)(ii)"],
            )
            for provider in providers(w)
        ),
        by_hand(
            w,
            "Contain: accounts in {systems} are shut there by hand, by who makes them.",
            "164.308(a)(6)(ii)",
        ),
        w.say(
            "Contain: sessions and tokens are ended by hand or by the provider's console, addresses are "
            "blocked, and affected systems are isolated.",
            people=[officer],
            cite=["164.308(a)(6)(ii)"],
        ),
        w.say(
            "Containment ends on the day that the incident's file names, unless it is renewed.",
            checks=["containment-ended"],
            people=[officer],
        ),
        w.say(
            "Eradicate: malware is removed, and every credential and key that may be known is replaced.",
            people=[officer],
        ),
        w.say(
            "Recover: data is compared with what it should be and restored from versions that the lock kept.",
            resources=["aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration"],
            people=[officer],
            cite=["164.308(a)(7)(ii)(B)"],
        ),
        w.say(
            "Close: an incident is closed only with its root cause, the breach assessment's outcome, and the "
            "changes of controls and training that follow.",
            checks=["incident-closure"],
            people=[privacy],
            cite=["164.308(a)(6)(ii)"],
        ),
    )


def _playbook(w: Writer, number: int) -> Section:
    playbook, officer = w.catalogue.incident_plan.playbooks[number], w.policy.security_officer
    phases = (
        ("Contain", playbook.contain),
        ("Eradicate", playbook.eradicate),
        ("Recover", playbook.recover),
        ("Evidence", playbook.evidence),
    )
    return section(
        f"Playbook: {KINDS[playbook.incident]}",
        table(
            ("Phase", "Step"),
            (
                w.row(
                    phase,
                    sentence(step),
                    people=[officer],
                    checks=["incident-plan"],
                    cite=["164.308(a)(6)(ii)"],
                )
                for phase, steps in phases
                for step in steps
            ),
        ),
    )


def _afterwards(w: Writer) -> Section:
    plan, officer = w.catalogue.incident_plan, w.policy.security_officer
    return section(
        "Afterwards",
        w.say(
            "Root cause, lessons and changes are written down within 30 days of the end.",
            people=[officer],
            checks=["incident-closure"],
            cite=["164.308(a)(6)(ii)"],
        ),
        w.say(
            "Policies and training that the incident shows to be wrong are changed, and a micro-lesson tells "
            "those concerned.",
            people=[officer],
            checks=["incident-closure", "micro-lesson"],
            cite=["164.316(b)(2)(iii)", "164.308(a)(5)(ii)(A)"],
        ),
        w.say(
            f"Records of an incident are kept {w.policy.retention.documents_years} years.",
            people=[w.policy.privacy_officer],
            cite=["164.316(b)(2)(i)", "164.414(b)"],
        ),
        w.say(
            f"The plan is exercised every {plan.exercise_months} months.",
            people=[officer],
            cite=["164.308(a)(6)(i)"],
        ),
    )
