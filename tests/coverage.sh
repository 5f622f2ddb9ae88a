#!/usr/bin/env bash
# Which lines and branches of the program do the tests reach?
#
#     tests/coverage.sh [--lines PERCENT] [--branches PERCENT] [MODULE...]
#
# Builds with the preset `coverage`, runs the unit tests and those of the command
# line, and prints what they reached of src and include, by module, without src/cli;
# of some modules: what their own unit tests reach.
# Exit code 1 if that is less than 92 % of lines or 80 % of branches. Branches that
# only an exception takes, and those that the compiler adds where there is no code,
# are not counted (gcovr: --exclude-throw-branches, --exclude-unreachable-branches).
# Line by line: build/coverage/coverage.html
set -euo pipefail

# shellcheck source=jobs/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/../jobs/setup.sh"

least_lines=92
least_branches=80
modules=()
while [[ $# -gt 0 ]]; do
    case $1 in
    --lines) least_lines=$2 && shift ;;
    --branches) least_branches=$2 && shift ;;
    -h | --help)
        sed -n -e '2,/^set/s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
        exit
        ;;
    -*) die "unknown option '$1'" ;;
    *) modules+=("$1") ;;
    esac
    shift
done

cd "$HEPTA_ROOT"
if ! command -v gcovr >/dev/null; then
    say "gcovr: not installed, no coverage"
    exit
fi
all=(core model sampling functions statistics parallel io config campaign)
targets=()
if [[ ${#modules[@]} -eq 0 ]]; then
    modules=("${all[@]}")
    targets=(hepta)
fi
targets+=("${modules[@]/#/test_}")

folder=build/coverage
cmake --preset coverage >/dev/null
cmake --build "$folder" --parallel "${HEPTA_JOBS:-$(nproc)}" \
    --target "${targets[@]}"
find "$folder" -name '*.gcda' -delete

# Each program in one process: thousands would take turns at the same files.
# Threads count atomically (gcovr refuses the counts below 0 that they left else),
# which takes longer than it gains.
export OMP_NUM_THREADS=1
failed=0
filters=()
for module in "${modules[@]}"; do
    "$folder/tests/test_$module" --gtest_brief=1 || failed=1
    filters+=(--filter "src/$module/" --filter "include/hepta/$module/")
done
if [[ ${targets[0]} == hepta ]]; then
    ctest --test-dir "$folder" --output-on-failure --no-label-summary -L cli ||
        failed=1
fi

gcovr --root . --object-directory "$folder" "${filters[@]}" \
    --exclude-throw-branches --exclude-unreachable-branches \
    --csv "$folder/coverage.csv" --html-details "$folder/coverage.html" \
    -j "$(nproc)" "$folder"

# Lines and branches of each module, from those of its files.
awk -F, -v least_lines="$least_lines" -v least_branches="$least_branches" '
    function percent(part, all) { return all > 0 ? 100 * part / all : 100 }
    function print_row(name) {
        printf "%-12s %7d %7.1f %9d %7.1f\n", name, lines[name],
            percent(lines_hit[name], lines[name]), branches[name],
            percent(branches_hit[name], branches[name])
    }
    function add(name) {
        lines[name] += $2; lines_hit[name] += $3
        branches[name] += $5; branches_hit[name] += $6
    }
    NR > 1 {
        sub("^include/hepta/", "src/", $1)
        split($1, part, "/")
        add(part[2])
        if (!(part[2] in order)) { order[part[2]] = ++n; names[n] = part[2] }
    }
    NR > 1 { add("all") }
    END {
        printf "%-12s %7s %7s %9s %7s\n", "module", "lines", "%", "branches", "%"
        for (i = 1; i <= n; ++i) print_row(names[i])
        print_row("all")
        exit percent(lines_hit["all"], lines["all"]) < least_lines ||
            percent(branches_hit["all"], branches["all"]) < least_branches
    }' "$folder/coverage.csv" || failed=1
exit "$failed"
