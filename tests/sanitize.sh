#!/usr/bin/env bash
# Does the program race or touch memory that is not its own?
#
#     tests/sanitize.sh thread      threads, by the thread sanitizer of Clang
#     tests/sanitize.sh memory      memory, by valgrind, of the build `release`
#
# `thread` builds with the preset `tsan`; OpenMP's threads are seen through LLVM's
# archer, which is tried first on a race that is there and one that is not. What is
# missing of jobs/packages-all.txt is said, and the tool then skipped. Exit code 1
# if there was a finding.
# Addresses, leaks and undefined behaviour: the tests of the preset `asan`.
set -euo pipefail

# shellcheck source=jobs/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/../jobs/setup.sh"

failed=0
n_programs=0
log=$(mktemp)
folder=$(mktemp -d)
trap 'rm -rf -- "$folder" "$log"' EXIT
one_sector=$HEPTA_ROOT/tests/data/one_sector.toml
seven_sectors=$HEPTA_ROOT/configs/seven_sectors.toml
small=(--quiet --set 'scenarios=["reference"]' --set 'percentiles=[5, 50, 95]'
    --set draws=64 --set pilot_samples=128 --set sensitivity_samples=512)

# expect CODE COMMAND...: it must end with this code; what it said if not.
expect() {
    local wanted=$1 code=0
    shift
    n_programs=$((n_programs + 1))
    "$@" >"$log" 2>&1 || code=$?
    if [[ $code -ne $wanted ]]; then
        say "ended with $code instead of $wanted: $*"
        tail -n 200 "$log" >&2
        failed=1
    fi
}

# same_hash A B: both results hold the same bits.
same_hash() { expect 0 "$hepta" compare "$1" "$2"; }

# --- Threads --------------------------------------------------------------------

# A race that is there must be found, one that is not must not.
try_archer() {
    expect 0 "$build/tests/data_race"
    expect 66 "$build/tests/data_race" at_once
    [[ $failed -eq 0 ]] || die "the sanitizer does not see OpenMP's threads"
}

# A run that is stopped while a thread writes its checkpoint, and goes on.
stop_and_resume() {
    local output=$folder/resumed.h5 code=0 pid
    local -a command=("$hepta" run "$one_sector" --threads 4 --samples 8192 --quiet
        --checkpoint-every 0.05 -o "$output")
    "${command[@]}" >"$log" 2>&1 &
    pid=$!
    until [[ -e $output.ckpt.1 || ! -e /proc/$pid ]]; do sleep 0.1; done
    kill -USR1 "$pid" 2>/dev/null || true # one that has ended has no code 75
    wait "$pid" || code=$?
    if [[ $code -ne 75 ]]; then
        say "the stopped run ended with $code instead of 75"
        cat "$log" >&2
        failed=1
    fi
    expect 0 "${command[@]}" --resume
}

run_threaded() {
    local four=(--threads 4)
    run() { expect 0 "$hepta" run "$one_sector" --quiet "${four[@]}" "$@"; }

    run --samples 8192 -o "$folder/a.h5" --checkpoint-every 0.05
    expect 0 "$hepta" run "$one_sector" --quiet --threads 1 --samples 8192 \
        -o "$folder/one.h5"
    same_hash "$folder/a.h5" "$folder/one.h5"
    stop_and_resume
    same_hash "$folder/a.h5" "$folder/resumed.h5"

    run --samples 8192 -o "$folder/sobol.h5" --sampler sobol --exact=all
    run --samples 8192 -o "$folder/lhs.h5" --sampler lhs --exact
    run --samples 8192 -o "$folder/tilt.h5" --set 'tilt."u:steel/activity"=1.2'
    run --range 0:3001 --samples 8192 -o "$folder/left.h5"
    run --range 3001:8192 --samples 8192 -o "$folder/right.h5"
    expect 0 "$hepta" merge "$folder"/{left,right}.h5 -o "$folder/whole.h5" "${four[@]}"
    run --samples 2000 -o "$folder/short.h5"
    expect 0 "$hepta" extend "$folder/short.h5" --samples 8192 --quiet "${four[@]}"
    same_hash "$folder/whole.h5" "$folder/short.h5"

    local seven=$folder/seven.h5
    expect 0 "$hepta" run "$seven_sectors" "${small[@]}" --samples 512 --exact \
        --checkpoint-every 0.05 "${four[@]}" -o "$seven"
    expect 0 "$hepta" condition "$seven" --where 'form_weight > 0.5' \
        --samples 256 "${four[@]}"
    expect 0 "$hepta" condition "$seven" --samples 256 "${four[@]}" \
        --observations "$HEPTA_ROOT/configs/observations.toml"
    expect 0 "$hepta" sensitivity "$one_sector" --samples 512 "${four[@]}"
    expect 0 "$hepta" sensitivity "$one_sector" --samples 512 --shapley "${four[@]}"
    expect 0 "$hepta" selftest --function ishigami --samples 16384 "${four[@]}"
    expect 0 mpirun --allow-run-as-root --oversubscribe --bind-to none -n 2 \
        "$hepta" run "$one_sector" --quiet --samples 8192 --threads 2 \
        --checkpoint-every 0.05 -o "$folder/ranks.h5"
    same_hash "$folder/whole.h5" "$folder/ranks.h5"
}

sanitize_thread() {
    local build=$HEPTA_ROOT/build/tsan
    local hepta=$build/bin/hepta
    if ! command -v clang++ >/dev/null; then
        say "clang++: not installed, threads are not looked at"
        return
    fi
    (
        cd "$HEPTA_ROOT"
        build tsan hepta test_parallel test_campaign data_race
    )
    # Only what was compiled for it tells the sanitizer what it touches.
    export TSAN_OPTIONS="ignore_noninstrumented_modules=1 exitcode=66"
    export OMP_NUM_THREADS=4
    try_archer
    expect 0 "$build/tests/test_parallel" --gtest_brief=1
    expect 0 "$build/tests/test_campaign" --gtest_brief=1
    run_threaded
    say "thread sanitizer: $n_programs programs run"
}

# --- Memory ---------------------------------------------------------------------

# under_valgrind COMMAND...: no wrong access, no use of what was never set, no leak
# that valgrind is sure of. It knows no AVX-512: hepta then chooses AVX2.
under_valgrind() {
    expect 0 valgrind --quiet --error-exitcode=99 --leak-check=full \
        --show-leak-kinds=definite --errors-for-leak-kinds=definite "$@"
}

sanitize_memory() {
    local build=$HEPTA_ROOT/build/release
    local hepta=$build/bin/hepta module
    local modules=(core io parallel config)
    if ! command -v valgrind >/dev/null; then
        say "valgrind: not installed, memory is not looked at"
        return
    fi
    (build release hepta "${modules[@]/#/test_}")
    export OMP_NUM_THREADS=2
    # Left out: cases whose oracle is a long double, which valgrind cuts to 64
    # bits (so all of test_sampling too), and what takes minutes there.
    for module in "${modules[@]}"; do
        under_valgrind "$build/tests/test_$module" --gtest_brief=1 \
            --gtest_filter=-SimdMath.IsWithin*:HeapTest.Sizes*:*DeathTest*:SealedFile.IsRefused*
    done
    under_valgrind "$hepta" run "$one_sector" --quiet --samples 512 \
        --threads 2 --exact -o "$folder/a.h5"
    say "valgrind: $n_programs programs run"
}

[[ $# -eq 1 ]] || die "say thread or memory (--help)"
case $1 in
thread) sanitize_thread ;;
memory) sanitize_memory ;;
-h | --help) sed -n -e '2,/^set/s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" ;;
*) die "unknown '$1'" ;;
esac
exit "$failed"
