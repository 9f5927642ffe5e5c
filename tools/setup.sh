#!/usr/bin/env bash
# Gets .venv ready, with all that a demonstration or the tests need. Safe to run again: what is there is kept.
#
#   tools/setup.sh demo   what `make demo` needs. Without a C compiler it goes on without durable-rules.
#   tools/setup.sh test   what `make test` and `make bench` need. Whatever is missing is an error.
#   tools/setup.sh mutation   the same, and what `make mutation` needs besides.
#
# On Debian, root gets missing packages by apt-get; everybody else is told what to install. PYTHON=… in the
# environment says which interpreter to use. Nothing here asks a question.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

mode=${1:-}
more=
case "$mode" in
demo) extras=all ;;
test) extras=all,dev,bench,docs ;;
mutation) mode=test extras=all,dev,bench,docs more=mutation ;;
*)
    echo "usage: tools/setup.sh demo|test|mutation" >&2
    exit 2
    ;;
esac

venv=.venv
log=$venv/setup.log
started=$SECONDS

say() { printf '%s\n' "$@" >&2; }
die() {
    say "" "$@"
    exit 1
}

# ------------------------------------------------------------------------------------------ what is at hand

# The versions that pyproject.toml allows (requires-python), with the means to make an environment.
in_range='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))'
can_make_venv='import ensurepip, venv'

# Prints the first Python that fits. The system's own comes first: that is what a new Debian machine has, so
# that the tests run on what a visitor will run. $1 = "any": also one that can't make an environment yet.
find_python() {
    local candidate
    for candidate in ${PYTHON:-/usr/bin/python3 python3.11 python3.12 python3 python3.13}; do
        if ! command -v "$candidate" >/dev/null || ! "$candidate" -c "$in_range" 2>/dev/null; then continue; fi
        if [ "${1:-}" != any ] && ! "$candidate" -c "$can_make_venv" 2>/dev/null; then continue; fi
        printf '%s\n' "$candidate"
        return
    done
    return 1
}

venv_works() { "$venv/bin/python" -c "$in_range" 2>/dev/null && "$venv/bin/python" -m pip --version >/dev/null 2>&1; }

# durable-rules comes as source only: it needs a compiler and the headers of the Python that will use it.
has_compiler() { command -v "${CC:-cc}" >/dev/null || command -v gcc >/dev/null; }
has_headers() {
    "$1" -c 'import pathlib, sys, sysconfig
sys.exit(not (pathlib.Path(sysconfig.get_path("include")) / "Python.h").is_file())' 2>/dev/null
}
has_fonts() { ls /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf >/dev/null 2>&1 || fc-list 2>/dev/null | grep -qi dejavu; }
has_browser() { command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null; }

# Debian's names for what is missing, one a line.
missing_packages() {
    local python
    if ! venv_works; then
        find_python >/dev/null || printf '%s\n' python3 python3-venv
    fi
    has_compiler || echo gcc
    python=$(find_python any) || python=python3
    if venv_works; then python=$venv/bin/python; fi
    has_headers "$python" || echo python3-dev
    has_fonts || echo fonts-dejavu
    if [ "$mode" = test ]; then has_browser || echo chromium; fi
}

apt_install() {
    say "Installerar med apt-get: $*" "Installing by apt-get: $*"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -q </dev/null >&2 &&
        apt-get install -q -y --no-install-recommends "$@" </dev/null >&2
}

# ------------------------------------------------------------------------------------------ system packages

mapfile -t missing < <(missing_packages)
if [ ${#missing[@]} -gt 0 ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt_install "${missing[@]}" || say "apt-get kunde inte installera allt. / apt-get could not install everything."
    hash -r
    mapfile -t missing < <(missing_packages)
fi
if [ "$mode" = test ] && [ ${#missing[@]} -gt 0 ]; then
    die "Testerna behöver program som saknas. Installera dem (Debian, som root) och försök igen:" \
        "The tests need programs that are missing. Install them (Debian, as root) and try again:" \
        "" "    apt install ${missing[*]}"
fi

# ------------------------------------------------------------------------------------------ the environment

if ! venv_works; then
    python=$(find_python) || die \
        "Python 3.11–3.13 med venv saknas. Installera det (Debian, som root) och försök igen:" \
        "Python 3.11–3.13 with venv is missing. Install it (Debian, as root) and try again:" \
        "" "    apt install python3 python3-venv"
    say "Skapar $venv med $("$python" --version) … / Making $venv …"
    rm -rf "$venv"
    "$python" -m venv "$venv"
fi
py=$venv/bin/python

# What the installation depends on (the path too: an editable installation names it). When it is unchanged since last time, nothing is installed.
can_build=no
if has_compiler && has_headers "$py"; then can_build=yes; fi
state="$(cat pyproject.toml constraints.txt tools/setup.sh | cksum) $PWD $("$py" --version) build=$can_build"

stamp() { printf '%s/.ready-%s' "$venv" "$1"; }
is_ready() { [ "$(cat "$(stamp "$1")" 2>/dev/null)" = "$state" ]; }

pip_install() {
    "$py" -m pip install --quiet --no-input --disable-pip-version-check --constraint constraints.txt "$@" \
        </dev/null >>"$log" 2>&1
}
show_log() {
    say "" "--- $log"
    tail -n 40 "$log" >&2
    say "---"
}

install() {
    say "Installerar samverkan[$1] … / Installing samverkan[$1] …"
    : >"$log"
    pip_install --upgrade pip || return
    # Build tools are pinned as well, so that a new release of theirs can't break an old commit.
    pip_install --build-constraint constraints.txt --editable ".[$1]"
}

# Of the tests' environment the demonstration's is a part.
if ! is_ready test && ! { [ "$mode" = demo ] && is_ready demo; }; then
    rm -f "$(stamp demo)" "$(stamp test)"
    if ! install "$extras"; then
        # Only durable-rules is built from source. If all else can be installed, that was the reason.
        if [ "$mode" = test ] || ! install draw; then
            show_log
            die "Installationen misslyckades; skälet står ovan." "The installation failed; the reason is above."
        fi
    fi
    printf '%s' "$state" >"$(stamp "$mode")"
fi
if [ -n "$more" ] && ! is_ready "$more"; then
    if ! install "$more"; then
        show_log
        die "Installationen misslyckades; skälet står ovan." "The installation failed; the reason is above."
    fi
    printf '%s' "$state" >"$(stamp "$more")"
fi

# ------------------------------------------------------------------------------------------ what came of it

# On 3.13 durable-rules can't be imported; the command line says so itself.
if "$py" -c 'import sys; sys.exit(sys.version_info >= (3, 13))' && ! "$py" -c 'import durable.engine' 2>/dev/null; then
    note=(
        "durable-rules kunde inte byggas. Det behöver en C-kompilator och Pythons huvudfiler:"
        "durable-rules could not be built. It needs a C compiler and Python's headers:"
        "" "    apt install gcc python3-dev     (Debian)" ""
    )
    [ "$mode" = demo ] || die "${note[@]}"
    say "" "${note[@]}" \
        "Demonstrationen går vidare med den kompilerade matcharen; svaren är desamma." \
        "The demonstration goes on with the compiled matcher; the answers are the same." ""
fi
say "Klart efter $((SECONDS - started)) s ($("$py" --version)). / Set-up ready after $((SECONDS - started)) s."
