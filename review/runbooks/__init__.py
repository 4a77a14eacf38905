"""Runbook of one incident: what people do that no resource can, in order, with the exact calls."""
