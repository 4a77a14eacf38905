"""Answers about the catalogue: who can, what can, through what, until when."""
