"""ePHI does not travel by e-mail unless it is encrypted from end to end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing_identity.roles.checks.finding import finding
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.vocabulary import Channel, DataClass
from billing_identity.roles.problems import Problem

ID = "ephi-channel"
TITLE = "ePHI travels by a safe channel"
CITATIONS = ("164.312(e)(1)", "164.312(e)(2)(ii)")
CODES = (ID, "ephi-fax")


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Flows of ePHI by e-mail without end-to-end encryption (can't be lifted); fax (notice)."""
    for system in catalogue.systems.values():
        for index, flow in enumerate(system.flows):
            if DataClass.EPHI not in flow.data_classes:
                continue
            if flow.channel is Channel.EMAIL and not flow.end_to_end_encrypted:
                yield finding(
                    catalogue,
                    system,
                    ("flows", index, "channel"),
                    code=ID,
                    message=f"flow `{flow.name}` of `{system.id}` sends ePHI by e-mail that is not encrypted "
                    "from end to end",
                    remedy="use sftp, https or as2, or S/MIME with `end_to_end_encrypted: true`",
                    citations=CITATIONS,
                    liftable=False,
                )
            elif flow.channel is Channel.FAX:
                yield finding(
                    catalogue,
                    system,
                    ("flows", index, "channel"),
                    code="ephi-fax",
                    message=f"flow `{flow.name}` of `{system.id}` moves ePHI by fax, which nothing encrypts",
                    remedy="keep it to senders that have no other way, and ask for sftp",
                    severity="notice",
                    citations=CITATIONS,
                )
