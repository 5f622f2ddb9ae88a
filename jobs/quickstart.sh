#!/usr/bin/env bash
# From a fresh clone to the table of results, on a fresh Debian 12:
#
#     jobs/quickstart.sh [options of hepta run]
#
# Installs the packages that are missing, builds, runs
# configs/seven_sectors.toml on all processors, and prints the table. A second
# run only computes.
set -euo pipefail

# shellcheck source=jobs/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

# The file that the options name for the result, if any.
output_of() {
    while [[ $# -gt 0 ]]; do
        case $1 in
        -o | --output) printf '%s' "${2-}" && return ;;
        --output=*) printf '%s' "${1#--output=}" && return ;;
        -o?*) printf '%s' "${1#-o}" && return ;;
        esac
        shift
    done
}

case ${1-} in
-h | --help)
    sed -n -e '2,/^set/s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
    exit
    ;;
esac

install_packages
(build release hepta)

hepta="$HEPTA_ROOT/build/release/bin/hepta"
result=$(output_of "$@")
options=("$@")
if [[ -z $result ]]; then
    result="$HEPTA_ROOT/results/seven_sectors.h5"
    options+=(-o "$result")
    mkdir -p "$HEPTA_ROOT/results"
fi
report=$("$hepta" run "$HEPTA_ROOT/configs/seven_sectors.toml" "${options[@]}")
"$hepta" summary "$result" | grep -v '^result_hash '
printf '%s\n' "$report" | sed -e '$d'
printf 'result %s\n' "$result"
printf '%s\n' "$report" | tail -n 1
