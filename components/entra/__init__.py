"""Entra components: groups, enterprise applications, authentication strengths, conditional access."""
