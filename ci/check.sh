#!/usr/bin/env bash
# Judges a proposed change, without account, secret or Pulumi CLI: ci/check.sh BASE HEAD OUT
#
# BASE and HEAD are commits; the working tree is HEAD's. Writes OUT/comment.md and what it is made of,
# and what changes as OUT/access.sarif (code scanning) and OUT/access.junit.xml (test reports).
# A change of data alone (catalogue, settings) is judged by the program of BASE, so that a pull request can't
# bring its own judge; one that also changes the program says so in its comment.
#
# A change of incidents alone is held up by nothing but what concerns them: it is judged by the containment stack.
#
# CATALOGUE (roles/catalogue), STACKS ("all-prod"; several separated by spaces) and TOOL (a folder with .venv
# that is used whatever the change touches) may be set.
# Exit code: 0 fine, 1 something blocks, 2 bad input, 4 something outside failed.
set -euo pipefail

if [ $# -ne 3 ]; then
  sed -n '2,14s/^# \{0,1\}//p' "$0" >&2
  exit 2
fi
base=$1 head=$2 out=$3
here=$(cd "$(dirname "$0")" && pwd)
catalogue=${CATALOGUE:-roles/catalogue}
read -r -a stacks <<<"${STACKS:-all-prod}"
mkdir -p "$out"
out=$(cd "$out" && pwd)
rm -f "$out"/*.md "$out"/*.txt "$out"/*.json "$out"/access.*

for commit in "$base" "$head"; do
  if ! git rev-parse --verify --quiet --end-of-options "$commit^{commit}" >/dev/null; then
    echo "there is no commit $commit here: fetch the whole history (fetch-depth: 0)" >&2
    exit 2
  fi
done

program=$(git diff --name-only "$base...$head" -- . ":(exclude)$catalogue" ':(exclude)stacks/config' \
  ':(exclude)docs' ':(exclude)*.md')
scratch=$(mktemp -d)
trap 'git worktree remove --force "$scratch/base" 2>/dev/null || true; rm -rf "$scratch"' EXIT

mark='^name = "billing-identity"$' # of this program's pyproject.toml: a company's own repository has another
tool=${TOOL:-}
if [ -z "$tool" ]; then
  tool=$PWD
  if ! grep -qs "$mark" pyproject.toml; then
    echo "TOOL: name the folder of billing-identity; this repository is another's" >&2
    exit 2
  fi
  if [ -z "$program" ] && git show "$base:pyproject.toml" 2>/dev/null | grep -q "$mark"; then
    git worktree add --quiet --detach "$scratch/base" "$base"
    tool=$scratch/base
  fi
  if ! make -C "$tool" --silent .venv/.ready >"$out/setup.txt" 2>&1; then
    cat "$out/setup.txt" >&2
    exit 4
  fi
fi
if [ -n "$program" ]; then
  {
    echo "This pull request also changes the program or its rules, so it is judged by its own version of them."
    echo "Files outside the catalogue: $(grep -c . <<<"$program"). Their owners must approve as well."
  } >"$out/note.txt"
fi

cli=$tool/.venv/bin/billing-identity
worst=0
part() { # part NAME OUTPUT command...: runs it, keeps what it prints and its exit code
  local name=$1 file=$2 code=0
  shift 2
  "$@" >"$out/$file" 2>"$out/$name.err.txt" || code=$?
  cat "$out/$name.err.txt" >>"$out/$name.txt"
  rm "$out/$name.err.txt"
  echo "$name=$code" >>"$out/codes.txt"
  echo "$name: exit code $code"
  if [ "$code" -gt "$worst" ]; then worst=$code; fi
}

export COLUMNS=120 NO_COLOR=1
if git diff --quiet "$base...$head" -- . ":(exclude)$catalogue/incidents"; then
  stacks=("containment-${stacks[0]##*-}")
else
  part check check.txt "$cli" check "$catalogue"
fi
selected=()
for stack in "${stacks[@]}"; do selected+=(--stack "$stack"); done
part preview preview.txt "$cli" preview "${selected[@]}" --root . --catalogue "$catalogue" --out "$out/preview"
part diff diff.md "$cli" diff "$base" "$head" --catalogue "$catalogue" "${selected[@]}" --format markdown \
  --also "sarif=$out/access.sarif" --also "junit=$out/access.junit.xml"

python3 "$here/compose_comment.py" "$out"
exit "$worst"
