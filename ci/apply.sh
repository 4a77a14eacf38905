#!/usr/bin/env bash
# Carries out what was approved, and nothing else: ci/apply.sh STACK DIGEST
#
# Plans again with the deploying identity; a plan that is not the approved one stops here (exit code 4).
set -euo pipefail

stack=${1:?stack} approved=${2:?digest of the approved plan}
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
pack=(--policy-pack "${PACK:-policies/packs/hipaa}"
  --policy-pack-config "${PACK_CONFIG:-stacks/config/policy-pack.${stack##*-}.json}")
if ! pulumi preview --stack "$stack" --json --non-interactive "${pack[@]}" >"$folder/plan.json"; then
  python3 "$here/say_failure.py" "$folder/plan.json" >&2 || true
  exit 4
fi
python3 "$here/pulumi_changes.py" "$folder/plan.json" --expect "$approved"
pulumi up --stack "$stack" --yes --skip-preview --non-interactive "${pack[@]}"
