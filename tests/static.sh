#!/usr/bin/env bash
# What can be found without running anything:
#
#     tests/static.sh [BUILD]
#
# BUILD is a configured build folder, build/release by default. Tools that are
# not installed (jobs/packages-optional.txt) are skipped with a note.
# shellcheck disable=SC2317  # functions that `check` calls by name
set -uo pipefail

root=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root" || exit 1
build=${1:-build/release}
failed=0

# check TOOL COMMAND...: run it if the tool is there.
check() {
    local tool=$1
    shift
    if ! command -v "$tool" >/dev/null; then
        printf '%s: not installed, skipped\n' "$tool"
    elif "$@"; then
        printf '%s: no findings\n' "$tool"
    else
        printf '%s: findings\n' "$tool"
        failed=1
    fi
}

# Sources of the program, each with its own flags; the kernels, which GCC
# compiles for two instruction sets, with those of AVX2. GCC's precompiled
# headers are none for Clang.
run_clang_tidy() {
    local database
    database=$(mktemp -d) || return
    ninja -C "$build" -t compdb |
        sed 's/ -Winvalid-pch -include [^ "]*cmake_pch.hxx//g' \
            >"$database/compile_commands.json" || return
    find src -name '*.cpp' -print0 |
        xargs -0 -n 1 -P "$(nproc)" clang-tidy --quiet -p "$database" \
            --extra-arg=-Wno-unknown-warning-option 2>/dev/null
    local result=$?
    rm -r -- "$database"
    return "$result"
}

# accessMoved fires on the other branch of a conditional, and on a State of
# which only the large arrays are moved; clang-tidy looks for the same.
# rethrowNoCurrentException does not see who calls a function of a handler;
# constStatement takes `counts[b] +=` for an access without effect.
run_cppcheck() {
    cppcheck --quiet --std=c++20 --language=c++ --error-exitcode=1 \
        --enable=warning,portability --suppress=accessMoved \
        --suppress=rethrowNoCurrentException --suppress=constStatement \
        -j "$(nproc)" -I include -I src src
}

run_shellcheck() {
    git ls-files -z '*.sh' '*.sbatch' | xargs -0 shellcheck --external-sources
}

run_flake8() {
    git ls-files -z '*.py' | xargs -0 flake8 --max-line-length=100
}

run_mypy() {
    mypy --ignore-missing-imports analysis/hepta_analysis
}

check shellcheck run_shellcheck
check flake8 run_flake8
check mypy run_mypy
check cppcheck run_cppcheck
check clang-tidy run_clang_tidy
exit "$failed"
