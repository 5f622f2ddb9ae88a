# shellcheck shell=bash
# Sourced by jobs/quickstart.sh and tests/run.sh: packages and builds.

HEPTA_ROOT=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)

say() { printf '%s\n' "$*" >&2; }

die() {
    say "error: $1"
    exit 1
}

# --- Packages -----------------------------------------------------------------

# wanted_packages LIST: names in jobs/LIST, one a line.
wanted_packages() {
    sed -e 's/#.*//' -e 's/[[:space:]]//g' -e '/^$/d' "$HEPTA_ROOT/jobs/$1"
}

# Installed packages and what they provide, one a line.
installed_packages() {
    dpkg-query --show \
        --showformat='${db:Status-Status} ${Package}, ${Provides}\n' |
        sed -n -e 's/^installed //p' | tr ',' '\n' |
        sed -e 's/(.*//' -e 's/[[:space:]]//g' -e '/^$/d'
}

# is_present PACKAGE INSTALLED: it, or what serves as well.
is_present() {
    grep -Fqx -- "$1" <<<"$2" && return
    case $1 in
    cmake | g++) command -v "$1" >/dev/null ;;
    ninja-build) command -v ninja >/dev/null ;;
    libhdf5-dev) grep -Eqx 'libhdf5(-[a-z]+)+-dev' <<<"$2" ;;
    libboost-dev) grep -Eqx 'libboost[0-9.]+-dev' <<<"$2" ;;
    *) return 1 ;;
    esac
}

# missing_packages LIST
missing_packages() {
    local installed package
    installed=$(installed_packages)
    while IFS= read -r package; do
        is_present "$package" "$installed" || printf '%s\n' "$package"
    done < <(wanted_packages "$1")
}

# as_root COMMAND...: maintainer scripts need the folders of the administrator.
as_root() {
    local path="$PATH:/usr/local/sbin:/usr/sbin:/sbin"
    local -a sudo=()
    [[ $(id -u) -eq 0 ]] || sudo=(sudo -n)
    "${sudo[@]}" env PATH="$path" DEBIAN_FRONTEND=noninteractive "$@" </dev/null
}

can_install() {
    [[ $(id -u) -eq 0 ]] || sudo -n true 2>/dev/null
}

# Install what is missing of jobs/packages.txt, or say what to install.
install_packages() {
    if ! command -v dpkg-query >/dev/null; then
        say "not a Debian system: the packages of jobs/packages.txt are not checked"
        return
    fi
    local -a missing
    mapfile -t missing < <(missing_packages packages.txt)
    if [[ ${#missing[@]} -eq 0 ]]; then
        return
    fi
    if ! can_install; then
        say "these packages are missing:"
        printf '  %s\n' "${missing[@]}" >&2
        die "cannot install them without root or sudo
  hint: sudo apt-get install --no-install-recommends ${missing[*]}"
    fi
    apt_install "${missing[@]}" ||
        die "apt-get failed; all it said is in build/packages.log"
}

# install_optional_packages LIST: the same for what nothing but some tests needs.
install_optional_packages() {
    [[ ${HEPTA_OPTIONAL-} != no ]] && command -v dpkg-query >/dev/null || return 0
    local -a missing
    mapfile -t missing < <(missing_packages "$1")
    if [[ ${#missing[@]} -eq 0 ]]; then
        return
    fi
    if ! can_install || ! apt_install "${missing[@]}"; then
        say "some tests are skipped for want of ${missing[*]}"
    fi
}

apt_install() {
    say "installing $*"
    local log="$HEPTA_ROOT/build/packages.log"
    mkdir -p "$HEPTA_ROOT/build"
    if ! {
        as_root apt-get update &&
            as_root apt-get install --yes --no-install-recommends \
                -o DPkg::Lock::Timeout=300 "$@"
    } >"$log" 2>&1; then
        tail -n 20 "$log" >&2
        return 1
    fi
}

# --- Builds -------------------------------------------------------------------

# build PRESET [TARGET...]: configure and build, silent if there is nothing to do.
build() {
    local preset=$1 folder="$HEPTA_ROOT/build/$1"
    local -a target=(${2:+--target "${@:2}"})
    cd "$HEPTA_ROOT" || return
    if [[ ! -f $folder/build.ninja ]]; then
        say "configuring build/$preset"
        mkdir -p "$folder"
        if ! cmake --preset "$preset" >"$folder/configure.log" 2>&1; then
            tail -n 40 "$folder/configure.log" >&2
            die "cmake failed; all it said is in $folder/configure.log"
        fi
    fi
    cmake --build "$folder" --parallel "$(nproc)" "${target[@]}" 2>&1 |
        without_idle_lines >&2 || die "the build failed"
}

# What ninja says when it has nothing to do.
without_idle_lines() {
    grep -Ev --line-buffered \
        '^\[0/.*\] Re-checking globbed directories|^ninja: no work to do' ||
        true
}
