#!/usr/bin/env bash
# Plans one stack with the reading identity and the policy pack: ci/plan.sh STACK OUT
#
# Writes OUT/plan.md (for the approver) and prints `changes=` and `digest=`, also to GITHUB_OUTPUT.
# Exit code: 0 whether or not something changes; 1 a policy blocks; 4 something outside failed.
# PULUMI_BACKEND_URL and the secrets provider are the environment's; PACK and PACK_CONFIG may be set.
set -euo pipefail

stack=${1:?stack} out=${2:?folder}
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$out"
code=0
pulumi preview --stack "$stack" --json --non-interactive \
  --policy-pack "${PACK:-policies/packs/hipaa}" \
  --policy-pack-config "${PACK_CONFIG:-stacks/config/policy-pack.${stack##*-}.json}" >"$out/plan.json" || code=$?
if [ "$code" -ne 0 ]; then
  python3 "$here/say_failure.py" "$out/plan.json" >&2 || true
  grep -q '"policy' "$out/plan.json" && exit 1
  exit 4
fi
code=0
python3 "$here/pulumi_changes.py" "$out/plan.json" --title "Plan of $stack" --markdown "$out/plan.md" \
  >"$out/outputs.txt" || code=$?
if [ "$code" -ne 0 ] && [ "$code" -ne 3 ]; then exit 4; fi
cat "$out/outputs.txt"
if [ -n "${GITHUB_OUTPUT:-}" ]; then cat "$out/outputs.txt" >>"$GITHUB_OUTPUT"; fi
if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then cat "$out/plan.md" >>"$GITHUB_STEP_SUMMARY"; fi
