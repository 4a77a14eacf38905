"""Who goes on the journeys, and what they meet: names of the reference organisation."""

from __future__ import annotations

from questions import DATA, LOGS
from steps import administrator, declared

EDI, OWN_EDI = "meridian-prod-ephi-edi", "meridian-prod-ephi-edi-rvbh"
EXCHANGE, OWN_EXCHANGE = "meridian-prod-ephi-exchange", "meridian-prod-ephi-exchange-rvbh"
ARCHIVE = "meridian-prod-log-archive"
ARCHIVED = f"arn:aws:s3:::{ARCHIVE}/AWSLogs/o-meridian01/CloudTrail/a"
CLEAN = {"GuardDutyMalwareScanStatus": "NO_THREATS_FOUND"}
FILE = "lkor/claims/835.edi"
OPERATOR, READER = declared(DATA, "EphiDataOperator"), declared(LOGS, "LogReader")
EMERGENCY, SEALED = declared(DATA, "BreakGlass"), declared(DATA, "billing-identity-break-glass")
DEPLOY = administrator(DATA, "billing-identity-deploy")
RULES = f"arn:aws:events:us-east-1:{DATA}:rule/"
FOLDER = "lkor/claims-to-waystar"
