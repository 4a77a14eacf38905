"""Exceptions spoilt one by one."""

from __future__ import annotations

from check_case import one

EXCEPTION = "exceptions/availity-authenticator-app.yaml"


EXCEPTIONS = [
    one(
        "exception-expired",
        EXCEPTION,
        "expires: 2027-10-19",
        "expires: 2026-11-23",
        "expires:",
        also={"ephi-tier"},
    ),
    one(
        "exception-terms",
        EXCEPTION,
        "expires: 2027-10-19",
        "expires: 2027-10-22",
        "expires:",
        also={"ephi-tier"},
    ),
    one(
        "exception-terms",
        EXCEPTION,
        "expires: 2027-10-19",
        "expires: 2026-10-19",
        "expires:",
        "input",
        also={"ephi-tier"},
    ),
    one(
        "exception-terms",
        EXCEPTION,
        "approved: 2026-10-20",
        "approved: 2026-11-25",
        "approved:",
        also={"ephi-tier"},
    ),
    one(
        "exception-approver",
        EXCEPTION,
        "approver: security-officer",
        "approver: it-admin",
        "approver:",
        also={"ephi-tier"},
    ),
    one(
        "exception-target",
        EXCEPTION,
        "system:availity",
        "system:avality",
        "lifts:",
        "input",
        also={"ephi-tier", "exception-unused"},
    ),
    one(
        "exception-target",
        EXCEPTION,
        "rule: ephi-tier",
        "rule: retention",
        "lifts:",
        also={"ephi-tier", "exception-unused"},
    ),
    one(
        "exception-target",
        EXCEPTION,
        "rule: ephi-tier",
        "rule: key-destruction",
        "lifts:",
        also={"ephi-tier", "exception-unused"},
    ),
    one(
        "exception-unused",
        EXCEPTION,
        "system:availity",
        "system:athenaone",
        "lifts:",
        "notice",
        also={"ephi-tier"},
    ),
    one(
        "exception-rule",
        EXCEPTION,
        "rule: ephi-tier",
        "rule: entra-legacy-auth-blocked",
        "lifts:",
        "notice",
        also={"ephi-tier"},
    ),
]
