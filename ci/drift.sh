#!/usr/bin/env bash
# Compares one stack with what is live, and changes nothing: ci/drift.sh STACK OUT
#
# Exit code: 0 no drift, 3 drift (OUT/drift.md says where), 4 something outside failed.
set -euo pipefail

stack=${1:?stack} out=${2:?folder}
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$out"
# --run-program: the providers take the identity of this process (reading), not the one kept in the state.
if ! pulumi refresh --stack "$stack" --preview-only --run-program --json --non-interactive >"$out/drift.json"; then
  python3 "$here/say_failure.py" "$out/drift.json" >&2 || true
  exit 4
fi
code=0
python3 "$here/pulumi_changes.py" "$out/drift.json" --title "Drift of $stack" --markdown "$out/drift.md" || code=$?
if [ -n "${GITHUB_STEP_SUMMARY:-}" ] && [ -f "$out/drift.md" ]; then cat "$out/drift.md" >>"$GITHUB_STEP_SUMMARY"; fi
exit "$code"
