"""Five changes as they really come, applied to a copy of the reference organisation."""

from __future__ import annotations

from datetime import date
from pathlib import Path

DAY = date(2026, 11, 24)

REFUND_CLERK = """\
title: Refund Clerk
purpose: Finds credit balances and puts them forward for refund.
minimum_necessary:
  rationale: Needs the account to see that money is owed back; posts and approves nothing.
  phi_categories: [Account balances]
owner: billing-supervisor
job_codes: [RCM-STMT]
inherits: [billing-base]
grants:
  - entitlement: athenaone/refund-request
    rationale: Puts the credit balance forward.
    since: 2026-11-24
risk: moderate
ring: everyone
"""
REFUND = (
    "  - { entitlement: athenaone/refund-approval, rationale: Cover for the approver., since: 2026-11-24 }\n"
)


def edit(root: Path, file: str, old: str, new: str) -> None:
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{file} does not contain {old!r}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def new_role(root: Path) -> None:
    (root / "roles" / "refund-clerk.yaml").write_text(REFUND_CLERK, encoding="utf-8")
    edit(
        root,
        "training/phi-handling-billing.yaml",
        "  - payment-poster\n",
        "  - payment-poster\n  - refund-clerk\n",
    )


def refund_approval_to_the_poster(root: Path) -> None:
    edit(root, "roles/payment-poster.yaml", "grants:\n", f"grants:\n{REFUND}")


def mfa_weakened_for_one_system(root: Path) -> None:
    edit(root, "systems/athenaone.yaml", "tier: ephi", "tier: workforce")


def baa_lapsed(root: Path) -> None:
    """The files stay as they are; the calendar moves on past the agreement's end and its grace."""


def before_the_baa_lapsed(root: Path) -> None:
    """One agreement, on both sides, ends soon."""
    edit(root, "vendors/athenahealth.yaml", "expires: 2028-05-14", "expires: 2026-12-31")


RENAMES = {
    "payment-poster": "remittance-poster",
    "medical-coder": "encounter-coder",
    "athenaone": "athena-one",
    "tebra": "tebra-pm",
}


def mass_rename(root: Path) -> None:
    for path in sorted(root.rglob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        for old, new in RENAMES.items():
            for before, after in (
                (f" {old}/", f" {new}/"),
                (f" {old}\n", f" {new}\n"),
                (f"{old},", f"{new},"),
                (f"{old}]", f"{new}]"),
                (f"role:{old}", f"role:{new}"),
                (f"system:{old}", f"system:{new}"),
            ):
                text = text.replace(before, after)
        text = text.replace("vendor: tebra-pm\n", "vendor: tebra\n")
        path.write_text(text, encoding="utf-8")
        if path.stem in RENAMES and path.parent.name in ("roles", "systems"):
            path.rename(path.with_stem(RENAMES[path.stem]))


SCENARIOS = {
    "new-role": (new_role, None),
    "refund-approval-to-the-poster": (refund_approval_to_the_poster, None),
    "mfa-weakened-for-one-system": (mfa_weakened_for_one_system, None),
    "baa-lapsed": (baa_lapsed, date(2027, 2, 1)),
    "mass-rename": (mass_rename, None),
}
"""Name, what is done, and the head's day where it is another one."""
