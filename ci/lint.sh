#!/usr/bin/env bash
# Everything that judges the CI files themselves: vendors' schemas, actionlint, zizmor, shellcheck.
# A tool that is missing fails; CI installs all of them.
set -euo pipefail

bin=${BIN:-.venv/bin}
"$bin/check-jsonschema" --builtin-schema vendor.github-workflows .github/workflows/*.yml
"$bin/check-jsonschema" --builtin-schema vendor.github-actions .github/actions/*/action.yml
"$bin/check-jsonschema" --builtin-schema vendor.gitlab-ci --data-transform gitlab-ci ci/gitlab/*.yml
"$bin/check-jsonschema" --regex-variant nonunicode --builtin-schema vendor.azure-pipelines --data-transform azure-pipelines ci/azure/*.yml
"$bin/shellcheck" ci/*.sh .ci/run
"$bin/zizmor" --offline --no-progress --persona pedantic .github
actionlint -shellcheck "$bin/shellcheck" -color .github/workflows/*.yml
