#!/usr/bin/env bash
# Whether two builds from two folders are the same, byte for byte: `packaging/reproducible.sh OUT`.
# The first is that of this folder; the second begins from nothing, in a copy of the source below OUT.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

OUT=$(output_folder "$@")
build_dist

copy=$OUT/somewhere-else
rm -rf "$copy"
mkdir "$copy"
(cd "$ROOT" && git ls-files -z | xargs -0 tar --create) | tar --extract --directory "$copy"
env -u CARGO_ENCODED_RUSTFLAGS -u CFLAGS CARGO_TARGET_DIR="$copy/target" SOURCE_DATE_EPOCH="$SOURCE_DATE_EPOCH" \
    bash -c 'source "$1/packaging/common.sh" && build_dist' - "$copy"

other=$copy/target/$TARGET/dist/$(basename "$BINARY")
(cd "$(dirname "$BINARY")" && sha256sum "$(basename "$BINARY")") >"$OUT/here.sha256"
(cd "$(dirname "$other")" && sha256sum "$(basename "$other")") >"$OUT/elsewhere.sha256"
if ! cmp "$BINARY" "$other"; then
    cp "$other" "$OUT/elsewhere"
    say "they differ; the other one is $OUT/elsewhere"
    exit 1
fi
rm -rf "$copy"
say "the same: $(cat "$OUT/here.sha256")"
