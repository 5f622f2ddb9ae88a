# shellcheck shell=bash
# Sourced by the job scripts: where hepta is, and how a step of it runs.
#
# HEPTA_ROOT      the repository [the folder of submission]
# HEPTA           the program [$HEPTA_ROOT/build/release/bin/hepta]
# HEPTA_LAUNCHER  srun or mpirun [srun]

HEPTA=${HEPTA:-$HEPTA_ROOT/build/release/bin/hepta}

# Threads of a task; since Slurm 22.05 srun does not take the number from the
# job by itself.
export OMP_NUM_THREADS=${SLURM_CPUS_PER_TASK:-1}
export SRUN_CPUS_PER_TASK=$OMP_NUM_THREADS

say() { printf '%s\n' "$*" >&2; }

die() {
    say "error: $1"
    exit 4
}

need_hepta() {
    [[ -x $HEPTA ]] || die "no program $HEPTA
  hint: build it (jobs/quickstart.sh), submit from the repository's root, or set HEPTA"
}

# launch COMMAND...: on all tasks of the job. A rank that dies ends the step:
# srun alone would leave the others waiting.
launch() {
    if [[ ${HEPTA_LAUNCHER:-srun} == srun ]]; then
        exec srun --kill-on-bad-exit=1 --mpi=pmix "$@"
    fi
    if [[ $(id -u) -eq 0 ]]; then
        export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
    fi
    exec mpirun --bind-to none "$@"
}

# step COMMAND...: run it and return its exit code. SIGUSR1, which Slurm sends
# before the time limit, reaches every rank; the step then ends with a
# checkpoint and 75, and the job is queued again, to resume. (A job that is
# cancelled ends with 75 too, and stays so.)
step() {
    local code=0 pid=''
    signalled=false
    asked_to_stop=false
    trap 'signalled=true; asked_to_stop=true; [[ -z $pid ]] || kill -USR1 "$pid"' USR1
    launch "$@" &
    pid=$!
    wait "$pid" || code=$?
    while [[ $signalled == true ]]; do # the trap ended the wait, not the step
        signalled=false
        code=0
        wait "$pid" || code=$?
    done
    trap - USR1
    # 138: the signal came before there was anything to keep.
    if [[ $asked_to_stop == true && -n ${SLURM_JOB_ID-} ]] &&
        [[ $code -eq 75 || $code -eq 138 ]]; then
        say "stopped before the time limit: queued again as job $SLURM_JOB_ID"
        scontrol requeue "$SLURM_JOB_ID"
    fi
    return "$code"
}
