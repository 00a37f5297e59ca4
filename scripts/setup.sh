# Sourced by demo, test and check: goes to the root of the clone and makes its .venv with what an extra of setup.cfg names.
set -eu
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

make_venv() {
    for python in python3.11 python3.12 python3.13 python3.14 python3 python; do
        if is_new_enough "$python" && "$python" -m venv .venv >/dev/null 2>&1; then return 0; fi
        rm -rf .venv
    done
    return 1
}

may_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; }

install_debian() {
    say "installing $* from Debian's packages"
    DEBIAN_FRONTEND=noninteractive apt-get update -qq >/dev/null
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

# set_up [EXTRA]: .venv with marchland and its dependencies; quick when setup.cfg has not changed since
set_up() {
    target=".${1:+[$1]}"
    if [ ! -x .venv/bin/python ]; then
        if ! make_venv && may_install; then
            install_debian python3-venv
            make_venv || true
        fi
        if [ ! -x .venv/bin/python ]; then
            say "no Python of 3.11 or newer can make a virtual environment here; on Debian: apt-get install python3 python3-venv"
            exit 1
        fi
    fi
    stamp=".venv/installed-${1:-base}"
    wanted=$(cksum setup.cfg pyproject.toml)
    if [ ! -f "$stamp" ] || [ "$(cat "$stamp")" != "$wanted" ]; then
        say "installing marchland and what it needs into .venv"
        .venv/bin/python -m pip install --quiet --disable-pip-version-check -e "$target"
        printf '%s' "$wanted" >"$stamp"
    fi
}

# a browser for the tests of the page
set_up_browser() {
    if command -v chromium >/dev/null 2>&1; then return 0; fi
    if may_install; then install_debian chromium fonts-dejavu-core; fi
    if ! command -v chromium >/dev/null 2>&1; then
        say "the tests of the page need chromium; on Debian: apt-get install chromium"
        exit 1
    fi
}

# QGIS and its own Python for the tests of the GIS files
set_up_qgis() {
    if /usr/bin/python3 -c 'import qgis.core' >/dev/null 2>&1; then return 0; fi
    if may_install; then install_debian python3-qgis; fi
    if ! /usr/bin/python3 -c 'import qgis.core' >/dev/null 2>&1; then
        say "the tests of the GIS files need QGIS; on Debian: apt-get install python3-qgis"
        exit 1
    fi
}
