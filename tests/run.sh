#!/usr/bin/env bash
# Build and test everything:
#
#     tests/run.sh [--build-only] [--all] [options of ctest]
#
# --build-only  stop after the build
# --all         the slow tests too, all tests under the sanitizers, tests/sanitize.sh,
#               tests/reproducible.sh, tests/static.sh, tests/coverage.sh and
#               tests/mutation/mutate.py
set -euo pipefail

# shellcheck source=jobs/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/../jobs/setup.sh"

build_only=false
look_further=false
presets=(release)
slow=(-LE '^slow$')
while [[ $# -gt 0 ]]; do
    case $1 in
    --build-only) build_only=true ;;
    --all)
        presets=(release asan)
        slow=()
        look_further=true
        export HEPTA_TEST_ALL=1 # more years, kills, faults and fuzzed inputs
        ;;
    -h | --help)
        sed -n -e '2,/^set/s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
        exit
        ;;
    *) break ;;
    esac
    shift
done

install_packages
[[ $build_only == true ]] || install_optional_packages packages-optional.txt
[[ $look_further == false ]] || install_optional_packages packages-all.txt
cd "$HEPTA_ROOT"
for preset in "${presets[@]}"; do
    build "$preset"
done
if [[ $build_only == true ]]; then
    exit
fi

# What ctest concludes comes again as the last line, after its lists.
failed=0
conclusions=()
for preset in "${presets[@]}"; do
    log="build/$preset/tests.log"
    ctest --test-dir "build/$preset" --output-on-failure --no-tests=error \
        --no-label-summary -j "$(nproc)" "${slow[@]}" "$@" 2>&1 |
        tee "$log" || failed=1
    conclusions+=("$(grep '% tests passed' "$log" || tail -n 1 "$log")")
    slow=(-LE '^slow$')
done
if [[ $look_further == true ]]; then
    tests/sanitize.sh thread || failed=1
    tests/sanitize.sh memory || failed=1
    tests/reproducible.sh || failed=1
    tests/static.sh build/release || failed=1
    tests/coverage.sh || failed=1
    /usr/bin/python3 -B tests/mutation/mutate.py || failed=1
fi
printf '%s\n' "${conclusions[@]}"
exit "$failed"
