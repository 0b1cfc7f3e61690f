#!/usr/bin/env bash
# The command and its module for Python as a wheel for PyPI: `packaging/wheel.sh OUT`. It is installed
# into a clean environment and has to say there what the program says here.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

OUT=$(output_folder "$@")
SEASON=$ROOT/fixtures/season

# The program is built already, by the same flags: maturin packs it.
pack() {
    local platform=()
    # With the C library linked in it needs none of the system's: any Linux will do.
    case $TARGET in *-linux-gnu) platform=(--compatibility manylinux2014) ;; esac
    python_tools maturin
    rm -f "$OUT"/talktest-*.whl
    (cd "$ROOT" && maturin build --profile dist --features "$FEATURES" --locked --target "$TARGET" --out "$OUT" "${platform[@]}")
}

try_in_clean_environment() {
    local room python
    room=$(mktemp -d)
    python3 -m venv "$room/environment"
    python=$room/environment/bin
    [ -d "$python" ] || python=$room/environment/Scripts
    "$python/python" -m pip install --quiet --disable-pip-version-check --no-index "$OUT"/talktest-*.whl
    "$python/talktest" audit "$SEASON" --no-logbook --format json >"$room/wheel.json"
    "$BINARY" audit "$SEASON" --no-logbook --format json | cmp - "$room/wheel.json"
    say "in a clean environment: the same result, $(wc -c <"$room/wheel.json") bytes"
    rm -rf "$room"
}

# What manylinux2014 promises: no symbol of the system's C library that is newer than 2.17.
check_symbols() {
    case $TARGET in *-linux-*) ;; *) return ;; esac
    local newest
    newest=$(readelf --wide --version-info "$BINARY" | grep -o 'GLIBC_[0-9][0-9.]*' | sort --version-sort --unique | tail -n 1) || true
    say "newest symbol of the C library: ${newest:-none, it is linked in}"
    [ "$(printf '%s\nGLIBC_2.17\n' "$newest" | sort --version-sort | tail -n 1)" = GLIBC_2.17 ]
}

# The module for tables, with the libraries that its users have: pyarrow, polars, pandas, DuckDB.
try_tables() {
    local room
    room=$(mktemp -d)
    python3 -m venv "$room/environment"
    "$room/environment/bin/python" -m pip install --quiet --disable-pip-version-check \
        --requirement "$ROOT/tests/python/requirements.txt" "$OUT"/talktest-*.whl
    (cd "$ROOT/tests" &&
        "$room/environment/bin/python" -m unittest discover --start-directory python --top-level-directory .)
    rm -rf "$room"
}

build_dist
check_symbols
pack
try_in_clean_environment
case $TARGET in *-linux-*) try_tables ;; esac
sums "$OUT"
ls -l "$OUT"
