"""A client leaves by its status, step by step, and not by the deletion of its file.

The check `client-life` sees to the steps within one catalogue; a file that is gone shows in none of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.roles.checks.finding import finding
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.problems import Problem

ID = "client-vanished"
CITATIONS = ("164.504(e)(2)(ii)(J)", "164.310(d)(2)(i)")


def vanished(base: Catalogue | None, head: Catalogue | None) -> Iterator[Problem]:
    """Clients whose file a change removes before they were closed, each at its place in the base."""
    if base is None or head is None:
        return
    for name, client in sorted(base.clients.items()):
        if name not in head.clients and client.status != "closed":
            yield finding(
                base,
                client,
                ("status",),
                code=ID,
                message=f"{client.title} is removed while `{client.status}`: its stores and keys go with the "
                "file, and nothing shows that its data was returned and destroyed",
                remedy="lead it through `offboarding` to `closed` with its certificate (`billing-identity "
                "client plan`), and remove the file after that",
                citations=CITATIONS,
                liftable=False,
            )
