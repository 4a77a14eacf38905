"""What people and CI run: command line, offline preview, reports."""
