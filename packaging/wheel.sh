#!/usr/bin/env bash
# The command as a wheel for PyPI: `packaging/wheel.sh OUT`. It is installed into a clean environment
# and has to say there what the program says here.
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

build_dist
pack
try_in_clean_environment
sums "$OUT"
ls -l "$OUT"
