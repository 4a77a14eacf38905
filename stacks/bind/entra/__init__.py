"""Catalogue and settings as arguments of the Entra components."""
