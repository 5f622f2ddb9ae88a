#!/usr/bin/env bash
# A Slurm for tests on virtual hosts (hosts.sh), as root, without systemd:
#
#     slurm.sh up DIR N CPUS       N nodes of so many processors
#                                  then: export SLURM_CONF=DIR/slurm.conf
#     slurm.sh crash DIR NODE      kill slurmd and all that runs there
#     slurm.sh start DIR NODE      start its slurmd, as after booting
#     slurm.sh down DIR
set -euo pipefail

here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
action=$1
dir=$2
export SLURM_CONF=$dir/slurm.conf

start_munge() {
    mkdir -p "$dir/munge"
    chmod 711 "$dir/munge"
    (umask 077 && head -c 128 /dev/urandom >"$dir/munge/key")
    munged --force --key-file="$dir/munge/key" \
        --socket="$dir/munge/munge.socket" --pid-file="$dir/munge/munged.pid" \
        --log-file="$dir/munge/munged.log" --seed-file="$dir/munge/seed"
}

configure() {
    local n=$1 cpus=$2 i address nodes=''
    address=$(awk 'NR == 2 { print $1 }' "$dir/hosts/hosts")
    for ((i = 1; i <= n; ++i)); do
        nodes+="NodeName=node$i NodeAddr=${address%.254}.$i Port=17001\\n"
    done
    sed -e "s#@DIR@#$dir#g" -e "s#@HOST@#$(hostname -s)#" \
        -e "s#@ADDRESS@#$address#" -e "s#@CPUS@#$cpus#g" \
        -e "s#@PORT@#$((18000 + $(printf '%s' "$dir" | cksum | cut -d ' ' -f 1) % 2000))#" \
        -e "s#@NODES@#$nodes#" "$here/slurm.conf.in" >"$SLURM_CONF"
    printf 'CgroupPlugin=cgroup/v1\n' >"$dir/cgroup.conf"
}

start_node() {
    mkdir -p "$dir/tmp.$1" "$dir/spool.$1"
    "$here/hosts.sh" exec "$dir/hosts" "$1" slurmd -f "$SLURM_CONF" -N "$1"
}

wait_for_nodes() {
    local n=$1 idle
    for _ in $(seq 150); do
        # none yet, or no answer yet, is 0 idle nodes: asked again below
        idle=$(sinfo -h -N -o '%T' 2>/dev/null | grep -c '^idle$' || true)
        if [[ $idle -eq $n ]] && timeout 10 srun -N "$n" --mpi=none true; then
            return
        fi
        sleep 0.2
    done
    echo "slurm did not come up" >&2
    tail -n 20 "$dir"/log/*.log >&2
    exit 1
}

# end PIDFILE: a daemon, by force after five seconds
end() {
    local pid
    pid=$(cat "$1" 2>/dev/null) || return 0
    kill "$pid" 2>/dev/null || return 0
    for _ in $(seq 50); do
        kill -0 "$pid" 2>/dev/null || return 0
        sleep 0.1
    done
    kill -9 "$pid" 2>/dev/null || true # it may have ended meanwhile
}

case $action in
up)
    mkdir -p "$dir"/{state,log}
    chmod 755 "$dir"
    "$here/hosts.sh" up "$dir/hosts" "$3"
    start_munge
    configure "$3" "$4"
    slurmctld -f "$SLURM_CONF"
    for ((i = 1; i <= $3; ++i)); do start_node "node$i"; done
    wait_for_nodes "$3"
    ;;
crash)
    "$here/hosts.sh" crash "$dir/hosts" "$3"
    # What booting would clear: a requeued job's step has the same number.
    rm -rf "$dir/slurmd.$3.pid" "$dir/tmp.$3" "$dir/spool.$3"
    ;;
start) start_node "$3" ;;
down)
    for file in "$dir"/slurmd.*.pid "$dir/slurmctld.pid" "$dir/munge/munged.pid"; do
        end "$file"
    done
    "$here/hosts.sh" down "$dir/hosts"
    ;;
esac
