"""The report: one self-contained HTML file for people who approve and audit."""
