"""Where Debian's package puts the browser that opens the report."""

from pathlib import Path

CHROMIUM = Path("/usr/bin/chromium")
