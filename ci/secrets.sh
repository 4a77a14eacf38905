#!/usr/bin/env bash
# Looks for secrets in the files that a change adds or edits: ci/secrets.sh BASE HEAD
#
# The scanner is pinned with hashes in requirements.lock. Exit code: 0 none, 1 found, 2 bad input.
set -euo pipefail

base=${1:?base commit} head=${2:?head commit}
bin=${BIN:-.venv/bin}
git rev-parse --verify --quiet --end-of-options "$base^{commit}" >/dev/null || {
  echo "there is no commit $base here" >&2
  exit 2
}
code=0
git diff --name-only -z --diff-filter=ACMR "$base...$head" |
  xargs -0 --no-run-if-empty "$bin/detect-secrets-hook" --baseline .secrets.baseline -- || code=$?
if [ "$code" -eq 123 ]; then exit 1; fi # how xargs says that the scanner found something
exit "$code"
