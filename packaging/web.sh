#!/usr/bin/env bash
# One page that does it all, offline and from disk: `packaging/web.sh OUT` writes OUT/talktest.html.
# Without link-time optimisation unless LTO=thin or LTO=fat asks for it. Needed beside Rust is node,
# and the target wasm32-unknown-unknown: rustup's, else that of Debian's rustc-web.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

OUT=$(output_folder "$@")
WASM=wasm32-unknown-unknown
BINDGEN=$(sed -n 's/^wasm-bindgen = "=\([0-9.]*\)".*/\1/p' "$ROOT/bindings/web/Cargo.toml")
TOOLS=$CARGO_TARGET_DIR/packaging/cargo
GLUE=$CARGO_TARGET_DIR/packaging/web
# What it ends with where the tool cannot be had, as sysexits.h calls a missing service.
NO_TOOL=69

# The tool has to be of the same version as the crate.
bindgen() {
    [ "$("$TOOLS/bin/wasm-bindgen" --version 2>/dev/null)" = "wasm-bindgen $BINDGEN" ] && return
    local install=(cargo install wasm-bindgen-cli --version "$BINDGEN" --debug --root "$TOOLS")
    export CARGO_TARGET_DIR
    # A mirror of the registry may not have yet what the lock file of the tool asks for.
    CARGO_TARGET_DIR=$CARGO_TARGET_DIR/packaging/tools "${install[@]}" --locked ||
        CARGO_TARGET_DIR=$CARGO_TARGET_DIR/packaging/tools "${install[@]}" || exit "$NO_TOOL"
}

# Debian builds the standard library itself where rustup does not bring it. This way was tried by
# hand for the core alone, never by this script.
with_debian() {
    apt-get update >/dev/null
    apt-get install -y --no-install-recommends rustc-web cargo-web rust-web-src lld-19 >/dev/null
    RUSTC_BOOTSTRAP=1 CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=wasm-ld-19 \
        cargo build --locked --manifest-path "$ROOT/Cargo.toml" --package talktest-web --lib \
        --target "$WASM" --profile web -Zbuild-std=std,panic_abort
}

build() {
    export CARGO_PROFILE_WEB_LTO=${LTO:-off}
    if [ -d "$(rustc --print sysroot)/lib/rustlib/$WASM/lib" ] || rustup target add "$WASM" >/dev/null 2>&1; then
        cargo build --locked --manifest-path "$ROOT/Cargo.toml" --package talktest-web --lib \
            --target "$WASM" --profile web
    else
        with_debian
    fi
}

bindgen
build
"$TOOLS/bin/wasm-bindgen" --target no-modules --no-typescript --remove-name-section \
    --out-dir "$GLUE" "$CARGO_TARGET_DIR/$WASM/web/talktest_web.wasm"
node "$ROOT/bindings/web/assemble.mjs" "$GLUE/talktest_web_bg.wasm" "$GLUE/talktest_web.js" "$OUT/talktest.html"
[ "$(wc -c <"$OUT/talktest.html")" -le 6000000 ] || { echo "the page is larger than 6 MB" >&2; exit 1; }
