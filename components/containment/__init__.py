"""Containment of an incident, by provider: who and what is denied while it lasts."""
