#!/usr/bin/env bash
# Virtual hosts on one machine, for tests: each has its own network, host name,
# /etc/hosts and /dev/shm, joined by a bridge. Needs root.
#
#     hosts.sh up DIR N            make node1 .. nodeN; their files are in DIR
#     hosts.sh exec DIR HOST COMMAND...
#     hosts.sh mpirun DIR ARGUMENT...    mpirun on node1, without ssh
#     hosts.sh cut|heal DIR HOST   take its cable out, put it back
#     hosts.sh crash DIR HOST      kill all that runs there
#     hosts.sh down DIR
set -euo pipefail

self=$(readlink -f "${BASH_SOURCE[0]}")
action=$1
shift

# Names and addresses differ between folders, so that tests can run beside
# each other.
layout() {
    local sum
    sum=$(printf '%s' "$dir" | cksum | cut -d ' ' -f 1)
    tag=h$((sum % 100000))
    net=10.$((sum % 100 + 100)).$((sum / 100 % 250))
}

# holder HOST: the process that keeps its namespaces
holder() { cat "$dir/$1.pid"; }

enter() {
    local host=$1
    shift
    exec nsenter -t "$(holder "$host")" -n -u -m -- "$@"
}

make_host() {
    local i=$1 name=$tag-node$1
    ip netns add "$name"
    ip link add "$tag-v$i" type veth peer name eth0 netns "$name"
    ip link set "$tag-v$i" master "$tag-br" up
    ip -n "$name" addr add "$net.$i/24" dev eth0
    ip -n "$name" link set eth0 up
    ip -n "$name" link set lo up
    ip netns exec "$name" unshare --uts --mount --propagation private bash -c "
        hostname node$i
        mount -t tmpfs -o size=1g tmpfs /dev/shm
        mount --bind '$dir/hosts' /etc/hosts
        echo \$\$ >'$dir/node$i.starting'
        mv '$dir/node$i.starting' '$dir/node$i.pid'
        exec sleep infinity" </dev/null >/dev/null 2>&1 &
    until [[ -s $dir/node$i.pid ]]; do sleep 0.05; done
}

kill_all_of() {
    local host=$1 keep=${2-} pid
    for pid in $(ip netns pids "$tag-$host" 2>/dev/null); do
        # one that has ended by itself in between is as good
        [[ $pid == "$keep" ]] || kill -9 "$pid" 2>/dev/null || true
    done
}

case $action in
rsh) # HOST COMMAND: as Open MPI calls its agent; the folder is in HEPTA_HOSTS
    dir=$HEPTA_HOSTS
    host=$1
    shift
    enter "$host" bash -c "$*"
    ;;
up)
    dir=$1 n=$2
    layout
    mkdir -p "$dir"
    echo "$n" >"$dir/n_hosts"
    ip link add "$tag-br" type bridge
    ip addr add "$net.254/24" dev "$tag-br"
    ip link set "$tag-br" up
    {
        echo "127.0.0.1 localhost"
        echo "$net.254 $(hostname -s)"
        for ((i = 1; i <= n; ++i)); do echo "$net.$i node$i"; done
    } >"$dir/hosts"
    for ((i = 1; i <= n; ++i)); do make_host "$i"; done
    ;;
exec)
    dir=$1
    shift
    enter "$@"
    ;;
mpirun)
    export HEPTA_HOSTS=$1
    dir=$1
    shift
    export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
    # The hosts share the processors: ranks must not be bound or spin.
    enter node1 mpirun --bind-to none --mca mpi_yield_when_idle 1 \
        --mca plm rsh --mca plm_rsh_agent "$self rsh" \
        --mca btl_tcp_if_include eth0 --mca oob_tcp_if_include eth0 "$@"
    ;;
cut | heal)
    dir=$1
    layout
    ip link set "$tag-v${2#node}" "$([[ $action == cut ]] && echo down || echo up)"
    ;;
crash)
    dir=$1
    layout
    kill_all_of "$2" "$(holder "$2")"
    ;;
down)
    dir=$1
    layout
    for ((i = 1; i <= $(cat "$dir/n_hosts"); ++i)); do
        kill_all_of "node$i"
        # `down` is also for hosts that came up in part
        ip netns del "$tag-node$i" 2>/dev/null || true
        ip link del "$tag-v$i" 2>/dev/null || true
    done
    ip link del "$tag-br" 2>/dev/null || true # as above
    ;;
*)
    sed -n -e '2,/^set/s/^# \{0,1\}//p' "$self" >&2
    exit 2
    ;;
esac
