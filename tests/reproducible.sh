#!/usr/bin/env bash
# Does the same source give the same program, byte by byte, in any folder?
#
#     tests/reproducible.sh
#
# Builds a copy of the source in another folder, without ccache, and compares
# bin/hepta with that of build/release. Prints the SHA-256 of both; exit code 1 if
# they differ. Takes as long as the program takes to build.
set -euo pipefail

# shellcheck source=jobs/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/../jobs/setup.sh"

export CCACHE_DISABLE=1
copy=$(mktemp -d "${TMPDIR:-/tmp}/hepta elsewhere XXXXXX")
trap 'rm -rf -- "$copy"' EXIT
# With its history, of which the program says the revision, and with what is not
# committed.
git clone --quiet --shared "$HEPTA_ROOT" "$copy/hepta"
cd "$HEPTA_ROOT"
git ls-files --deleted -z | (cd "$copy/hepta" && xargs -0 -r rm --)
git ls-files --modified --others --exclude-standard -z |
    while IFS= read -r -d '' file; do
        [[ ! -e $file ]] || cp --parents -- "$file" "$copy/hepta"
    done

(build release hepta)
(HEPTA_ROOT=$copy/hepta && build release hepta)
here=$(sha256sum <build/release/bin/hepta)
there=$(sha256sum <"$copy/hepta/build/release/bin/hepta")
printf 'here  %s\nthere %s\n' "${here%% *}" "${there%% *}"
[[ $here == "$there" ]]
