#!/usr/bin/env bash
# One page that does it all, offline and from disk: `packaging/web.sh OUT` writes OUT/talktest.html.
# Without link-time optimisation unless LTO=thin or LTO=fat asks for it. Needed beside Rust is node,
# and the target wasm32-unknown-unknown of rustup. Where rustup does not have it, or COMPILER=debian
# asks for it, Debian's compiler takes its place, and builds the standard library itself.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

OUT=$(output_folder "$@")
WASM=wasm32-unknown-unknown
BINDGEN=$(sed -n 's/^wasm-bindgen = "=\([0-9.]*\)".*/\1/p' "$ROOT/bindings/web/Cargo.toml")
TOOLS=$CARGO_TARGET_DIR/packaging/cargo
GLUE=$CARGO_TARGET_DIR/packaging/web
DEBIAN=$CARGO_TARGET_DIR/packaging/debian
# What it ends with where a tool cannot be had, as sysexits.h calls a missing service.
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

# Packages of Debian with all that they need and the system lacks, unpacked beside the build: no
# rights are needed, and nothing of the system changes.
debian_compiler() {
    [ -x "$DEBIAN/usr/bin/cargo" ] && [ ! -d "$DEBIAN/archives" ] && return
    say "Debian's compiler into $DEBIAN"
    mkdir -p "$DEBIAN/archives/partial"
    apt-get update >/dev/null 2>&1 || say "the lists of packages are taken as they are"
    apt-get install --download-only --yes --no-install-recommends \
        -o Debug::NoLocking=true -o Dir::Cache="$DEBIAN" -o Dir::Cache::Archives=archives \
        rustc-web cargo-web rust-web-src lld-19 >/dev/null || exit "$NO_TOOL"
    for package in "$DEBIAN"/archives/*.deb; do dpkg-deb --extract "$package" "$DEBIAN"; done
    rm -r "$DEBIAN/archives"
}

build() {
    cargo build --locked --manifest-path "$ROOT/Cargo.toml" --package talktest-web --lib \
        --target "$WASM" --profile web "$@"
}

with_debian() {
    debian_compiler
    PATH=$DEBIAN/usr/bin:$PATH
    LD_LIBRARY_PATH=$(dirname "$(find "$DEBIAN/usr/lib" -name 'librustc_driver-*.so')")
    export PATH LD_LIBRARY_PATH
    # The library that its compiler brings is that of this computer alone.
    RUSTC_BOOTSTRAP=1 CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=wasm-ld-19 build -Zbuild-std=std,panic_abort
}

has_target() {
    [ -d "$(rustc --print sysroot)/lib/rustlib/$WASM/lib" ] || rustup target add "$WASM" >/dev/null 2>&1
}

bindgen
export CARGO_PROFILE_WEB_LTO=${LTO:-off}
# Within brackets, so that its compiler serves for nothing else.
if [ "${COMPILER:-}" = debian ] || ! has_target; then (with_debian); else build; fi
"$TOOLS/bin/wasm-bindgen" --target no-modules --no-typescript --remove-name-section \
    --out-dir "$GLUE" "$CARGO_TARGET_DIR/$WASM/web/talktest_web.wasm"
node "$ROOT/bindings/web/assemble.mjs" "$GLUE/talktest_web_bg.wasm" "$GLUE/talktest_web.js" "$OUT/talktest.html"
[ "$(wc -c <"$OUT/talktest.html")" -le 6000000 ] || { echo "the page is larger than 6 MB" >&2; exit 1; }
