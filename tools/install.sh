#!/bin/sh
# Gets this machine ready: programs with apt, then partydoc with its extra `fast` into .venv. What
# is there already is left alone, so it can be run again at any time, also without a network.
#
#   tools/install.sh [EXTRA...]     more extras of setup.cfg: test, lint, samples
#
# PYTHON names another interpreter than python3.
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-python3}

say() { printf '==> %s\n' "$*"; }

stop() {
    printf 'partydoc: %s\n' "$*" >&2
    exit 1
}

has_language() { tesseract --list-langs 2>/dev/null | grep -qx "$1"; }

has_font() { ls /usr/share/fonts/truetype/$1 >/dev/null 2>&1; }

# Version 1 of the font, which a Debian 12 with a browser brings, lacks Vietnamese letters.
has_times() {
    has_font 'liberation2/LiberationSerif-Regular.ttf' && return
    has_font 'liberation*/LiberationSerif-Regular.ttf' || return
    command -v dpkg-query >/dev/null || return 0
    version=$(dpkg-query -W -f '${Version}' fonts-liberation 2>/dev/null) || return 0
    dpkg --compare-versions "$version" ge 1:2
}

has_browser() { command -v chromium >/dev/null || command -v chromium-browser >/dev/null; }

# Prints the Debian package of everything that is not there yet, for the extras that are named.
missing() {
    command -v "$python" >/dev/null || echo python3
    "$python" -c 'import ensurepip, venv' 2>/dev/null || echo python3-venv
    command -v tesseract >/dev/null || echo tesseract-ocr
    has_language vie || echo tesseract-ocr-vie
    has_language osd || echo tesseract-ocr-osd
    command -v pdftoppm >/dev/null || echo poppler-utils
    command -v gs >/dev/null || echo ghostscript
    # The free shapes of Helvetica, Times and Courier, for PDFs that bring none.
    [ -d /usr/share/fonts/opentype/urw-base35 ] || echo fonts-urw-base35
    # Prints are set in it, as are the samples.
    has_times || echo fonts-liberation2
    command -v bwrap >/dev/null || echo bubblewrap
    case " $* " in *" test "*) missing_for_tests ;; esac
}

missing_for_tests() {
    # The benchmarks, which the tests try out, draw pages in other letters than the samples.
    has_font freefont/FreeSerif.ttf || echo fonts-freefont-ttf
    # What torture/ watches and cuts off: system calls, file systems of its own.
    command -v strace >/dev/null || echo strace
    command -v mkfs.ext4 >/dev/null || echo e2fsprogs
    command -v mount >/dev/null || echo mount
    # What looks at the page of a report. Ubuntu has it as a snap alone: these tests are left out.
    has_browser || grep -qsx "ID=ubuntu" /etc/os-release || echo chromium
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

install_packages() {
    packages=$(missing "$@" | tr '\n' ' ')
    [ -n "$packages" ] || return 0
    command -v apt-get >/dev/null || stop "These are missing, install them first: $packages"
    [ "$(id -u)" = 0 ] || command -v sudo >/dev/null ||
        stop "Programs are missing. As root: apt-get install $packages"
    say "Installing with apt: $packages"
    as_root apt-get update -qq
    # Newer releases carry these fonts under the shorter name.
    apt-cache show fonts-liberation2 >/dev/null 2>&1 ||
        packages=$(echo "$packages" | sed 's/fonts-liberation2/fonts-liberation/')
    # shellcheck disable=SC2086  # one word per package
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -qq -y --no-install-recommends $packages >/dev/null ||
        stop "apt could not install: $packages(Ubuntu has some of them in its component universe.)"
}

check_python() {
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
        stop "Python 3.11 or newer is needed, $python is $("$python" -V)." \
            "Install a newer one and name it: PYTHON=python3.12 make demo"
}

# What .venv was made from; a change of any of it installs anew.
fingerprint() {
    { pwd && cat setup.cfg pyproject.toml tools/install.sh; } | cksum
}

is_installed() {
    .venv/bin/python -c 'import partydoc' 2>/dev/null || return 1
    for extra in fast "$@"; do
        [ "$(cat ".venv/.installed-$extra" 2>/dev/null)" = "$(fingerprint)" ] || return 1
    done
}

pip_install() {
    .venv/bin/python -m pip install --quiet --quiet --no-input --disable-pip-version-check \
        --only-binary=tesserocr,tantivy --editable ".${1:+[$1]}"
}

install_python_packages() {
    is_installed "$@" && return 0
    if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
        say "Making a virtual environment in .venv"
        "$python" -m venv --clear .venv
    fi
    more=$(echo "$*" | tr ' ' ',')
    say "Installing partydoc and the Python packages it needs into .venv (extras: fast${more:+,$more})"
    if ! pip_install "fast${more:+,$more}"; then
        say "The extra fast cannot be had for this machine; going on without, it only reads slower"
        pip_install "$more" || stop "The Python packages could not be installed, see above."
    fi
    for extra in fast "$@"; do fingerprint >".venv/.installed-$extra"; done
}

install_packages "$@"
check_python
install_python_packages "$@"
# As for an ordinary install: each process would compile anew what it cannot write down.
.venv/bin/python -m compileall -q partydoc
say "Everything that is needed is installed"
