#!/usr/bin/env bash
# Installs the Pulumi CLI where no action does it: ci/install_pulumi.sh FOLDER
#
# PULUMI_SHA256 is the checksum of the archive for Linux on x86-64, from the release's checksum file, read and
# written down once by a person. Without it nothing is installed.
set -euo pipefail

folder=${1:?folder} version=3.272.0
: "${PULUMI_SHA256:?set it to the checksum of pulumi-v$version-linux-x64.tar.gz}"
archive=$(mktemp)
trap 'rm -f "$archive"' EXIT
curl --fail --silent --show-error --location --proto '=https' --output "$archive" \
  "https://github.com/pulumi/pulumi/releases/download/v$version/pulumi-v$version-linux-x64.tar.gz"
echo "$PULUMI_SHA256  $archive" | sha256sum --check --quiet
mkdir -p "$folder"
tar --extract --gzip --file "$archive" --strip-components 1 --directory "$folder"
