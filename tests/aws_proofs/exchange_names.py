"""Roles and stores of the exchange and the backups, as their questions name them."""

from __future__ import annotations

from questions import DATA, person, role

SCANNER, SFTP, UPLOAD, BACKUP, RESTORE = (
    role(DATA, f"meridian-prod-{duty}") for duty in ("scanner", "sftp", "upload", "backup", "restore-test")
)
DEPLOY, REVIEWER = role(DATA, "billing-identity-deploy"), person(DATA, "BreakGlass")
SHARED, OWN = "meridian-prod-ephi-exchange", "meridian-prod-ephi-exchange-rvbh"
EDI = "meridian-prod-ephi-edi"
