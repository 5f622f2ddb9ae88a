#!/usr/bin/env bash
# Build the manual as a site, warnings being errors:
#
#     docs/build.sh [FOLDER]          build/docs by default; open its index.html
#
# Takes doxygen, furo, python3-breathe, python3-myst-parser and python3-sphinx of
# Debian 12, and no network. Exit code 77 where one of them is missing.
set -euo pipefail

case ${1-} in
-h | --help)
    sed -n -e '2,/^set/s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
    exit
    ;;
esac

root=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
folder=${1:-"$root/build/docs"}
python=/usr/bin/python3

if ! command -v doxygen >/dev/null ||
    ! "$python" -c 'import breathe, furo, myst_parser, sphinx' 2>/dev/null; then
    printf '%s\n' "error: the site needs packages that are missing" \
        "  hint: sudo apt-get install --no-install-recommends doxygen furo" \
        "        python3-breathe python3-myst-parser python3-sphinx" >&2
    exit 77
fi

mkdir -p "$folder/.doxygen"
folder=$(CDPATH='' cd -- "$folder" && pwd)
cd "$root"
doxygen - <<END
$(cat docs/Doxyfile)
OUTPUT_DIRECTORY = "$folder/.doxygen"
END
HEPTA_DOXYGEN_XML="$folder/.doxygen/xml" "$python" -B -m sphinx -W --keep-going -q -a -E \
    -d "$folder/.doctrees" -b html docs "$folder"
printf '%s\n' "$folder/index.html"
