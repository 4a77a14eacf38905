"""Breach assessment, clocks and messages: sections of the incident response plan."""

from __future__ import annotations

from billing_identity.review.documents.content.clocks import CLOCKS
from billing_identity.review.documents.model import Section
from billing_identity.review.documents.writer import Writer, hours, section, table


def assessment(w: Writer) -> Section:
    """The four factors of 164.402, weighed."""
    privacy = w.policy.privacy_officer
    return section(
        "Breach risk assessment",
        w.say(
            "An impermissible use or disclosure of unsecured PHI is taken for a breach until the assessment "
            "shows a low probability that the PHI was compromised.",
            people=[privacy],
            cite=["164.402"],
        ),
        w.say(
            "PHI that was encrypted by a recognised method with its key untouched is not unsecured, and this "
            "is looked at first.",
            people=[privacy],
            cite=["164.402"],
        ),
        w.say(
            "Factor one: the nature and extent of the PHI, and how likely people can be identified by it.",
            people=[privacy],
            checks=["incident-plan"],
            cite=["164.402"],
        ),
        w.say(
            "Factor two: who used the PHI or received it.",
            people=[privacy],
            checks=["incident-plan"],
            cite=["164.402"],
        ),
        w.say(
            "Factor three: whether the PHI was in fact acquired or viewed.",
            people=[privacy],
            checks=["incident-plan"],
            cite=["164.402"],
        ),
        w.say(
            "Factor four: how far the risk has been reduced since.",
            people=[privacy],
            checks=["incident-plan"],
            cite=["164.402"],
        ),
        w.say(
            "The three exceptions are looked at by name: good faith within authority, a slip between "
            "authorised people, a recipient who could not have kept it.",
            people=[privacy],
            cite=["164.402"],
        ),
        w.say(
            "The assessment and its reasons are kept, for the burden of proof is ours.",
            people=[privacy],
            checks=["incident-closure"],
            cite=["164.414(b)"],
        ),
    )


def clocks(w: Writer) -> Section:
    """When whom must be told what."""
    privacy = w.policy.privacy_officer
    return section(
        "Clocks of notices",
        w.say(
            "The clock starts on the first day on which anybody of the workforce or an agent knows, or could "
            "have known with reasonable diligence.",
            people=[privacy],
            cite=["164.410(a)(2)", "164.404(a)(2)"],
        ),
        w.say(
            "Days are calendar days, and the last one is a limit and no target.",
            people=[privacy],
            cite=["164.410(b)"],
        ),
        w.say(
            "Where a contract or a state's law sets a shorter clock, the shorter one holds.",
            people=[privacy],
            checks=["breach-clock"],
        ),
        table(
            ("Notice to", "By whom", "When", "Outer limit"),
            (
                w.row(clock.to, clock.by, clock.when, clock.limit, people=[privacy], cite=clock.citations)
                for clock in CLOCKS
            ),
        ),
        table(
            ("Client", "Contact for a breach", "Contract's clock"),
            (
                w.row(
                    client.title,
                    client.notice.contact,
                    hours(client.notice.breach_hours),
                    people=[privacy],
                    checks=["breach-clock"],
                    cite=["164.410(b)"],
                )
                for client in w.catalogue.clients.values()
                if client.status != "closed"
            ),
        ),
        table(
            ("Vendor", "Security contact", "Must tell us within"),
            (
                w.row(
                    vendor.title,
                    vendor.security_contact,
                    hours(vendor.baa.breach_notice_hours),
                    people=[vendor.owner],
                    checks=["breach-clock"],
                    cite=["164.410(b)"],
                )
                for vendor in w.catalogue.vendors.values()
                if vendor.baa is not None
            ),
        ),
    )


def messages(w: Writer) -> Section:
    """What is prepared in advance."""
    privacy = w.policy.privacy_officer
    return section(
        "Messages prepared in advance",
        w.say(
            "A notice says what happened and when, which kinds of PHI it concerns, what those affected "
            "should do, what is being done, and where to ask.",
            people=[privacy],
            cite=["164.404(c)(1)", "164.410(c)"],
        ),
        table(
            ("To", "Subject", "Text with its gaps in braces"),
            (
                w.row(
                    template.audience,
                    template.subject,
                    template.body,
                    people=[privacy],
                    checks=["incident-plan"],
                )
                for template in w.catalogue.incident_plan.templates
            ),
        ),
    )
