"""Databases refuse connections in clear: their parameter group says so."""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.reader import ResourceView
from billing_identity.policies.framework.rule import (
    Example,
    Finding,
    NotApplicableError,
    ResourceRule,
    Severity,
)

GROUPS = ("aws:rds/parameterGroup:ParameterGroup", "aws:rds/clusterParameterGroup:ClusterParameterGroup")
FORCING = {
    ("postgres", "aurora-postgresql", "sqlserver"): "rds.force_ssl",
    ("mysql", "mariadb", "aurora-mysql", "aurora5"): "require_secure_transport",
}
"""Beginnings of the families, and the parameter that refuses connections in clear (Amazon RDS User Guide)."""
_ON = ("1", "on", "true")


def _forced(group: ResourceView, _: RuleContext) -> Iterator[Finding]:
    family = group.text("family", "")
    wanted = next((name for families, name in FORCING.items() if family.startswith(families)), None)
    if wanted is None:
        raise NotApplicableError(
            f"no parameter of the family {family or '(none)'} refuses connections in clear"
        )
    values = [
        parameter.text("value", "")
        for parameter in group.nodes("parameters")
        if parameter.text("name", "") == wanted
    ]
    if not values or any(value.lower() not in _ON for value in values):
        yield Finding(
            f"`{wanted}` is {' and '.join(values) or 'missing'}, not 1: connections in clear are taken"
        )


def _group(family: str, *parameters: tuple[str, str]) -> dict[str, object]:
    return {"family": family, "parameters": [{"name": name, "value": value} for name, value in parameters]}


RULE = ResourceRule(
    title="Databases take TLS only",
    severity=Severity.HIGH,
    why="A client that forgets TLS sends its password and every record in clear, and the database lets it.",
    remedy="set `rds.force_ssl` (PostgreSQL, SQL Server) or `require_secure_transport` (MySQL, MariaDB) to 1",
    types=GROUPS,
    checks=(_forced,),
    reads={
        "family": "safe",
        "parameters": "fails",
        "parameters[*].name": "fails",
        "parameters[*].value": "fails",
    },
    weaker={
        "parameters": ([], [{"name": "max_connections", "value": "5"}]),
        "parameters[*].name": ("ssl",),
        "parameters[*].value": ("0", "OFF", ""),
    },
    neutral={"family": "a family without such a parameter is not judged, and that is said"},
    allowed=(
        Example("PostgreSQL", GROUPS[0], _group("postgres16", ("rds.force_ssl", "1"))),
        Example("MySQL", GROUPS[1], _group("aurora-mysql8.0", ("require_secure_transport", "ON"))),
    ),
    disallowed=(
        Example("off", GROUPS[0], _group("postgres16", ("rds.force_ssl", "0"))),
        Example("not said", GROUPS[1], _group("mysql8.0")),
        Example("both", GROUPS[0], _group("postgres16", ("rds.force_ssl", "1"), ("rds.force_ssl", "0"))),
    ),
    blind_spot="Databases with a default parameter group: what it says depends on the engine's version.",
)
