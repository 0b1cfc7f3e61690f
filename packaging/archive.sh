#!/usr/bin/env bash
# One program in an archive, for systems without a package of their own: `packaging/archive.sh OUT`.
# With it come man pages, completions, licences and a bill of materials, the sums of all, a formula
# for Homebrew and a recipe for containers. On Linux the program is tried in an empty folder.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

OUT=$(output_folder "$@")
NAME=talktest-$VERSION-$TARGET
ARCHIVE=$NAME.tar.gz
FOLDER=$CARGO_TARGET_DIR/packaging/$NAME
CYCLONEDX=0.5.9

# The bill names what the program is built from, so the flags of its build have no part in it.
bill_of_materials() {
    local home=$CARGO_TARGET_DIR/packaging/cargo
    [ -x "$home/bin/cargo-cyclonedx" ] || env -u CARGO_ENCODED_RUSTFLAGS -u CFLAGS \
        CARGO_TARGET_DIR="$CARGO_TARGET_DIR/packaging/tools" \
        cargo install cargo-cyclonedx --version "$CYCLONEDX" --locked --debug --root "$home"
    (cd "$ROOT" && "$home/bin/cargo-cyclonedx" cyclonedx --format json --spec-version 1.5 \
        --features "$FEATURES" --target "$TARGET" --override-filename "$NAME.cdx" --no-build-deps)
    sed "s#path+file://$ROOT#path+file:///talktest#g" "$ROOT/$NAME.cdx.json" >"$OUT/$NAME.cdx.json"
    # Every member of the workspace gets one.
    rm "$ROOT/$NAME.cdx.json" "$ROOT/bindings/web/$NAME.cdx.json"
}

pack() {
    rm -rf "$FOLDER"
    mkdir -p "$FOLDER"
    cp "$BINARY" "$ROOT/README.md" "$ROOT/CHANGELOG.md" "$FOLDER/"
    cp -R "$STAGE/man" "$STAGE/completions" "$STAGE/licences" "$FOLDER/"
    # The same bytes each time: names in order, nobody's files, the time of the commit.
    "$(command -v gtar || echo tar)" --create --directory "$(dirname "$FOLDER")" --sort=name --owner=0 --group=0 --numeric-owner \
        --mode=u=rwX,go=rX --mtime="@$SOURCE_DATE_EPOCH" "$NAME" | gzip -9n >"$OUT/$ARCHIVE"
}

recipes() {
    "$PACKAGING/homebrew.sh" "$OUT"
    filled "$PACKAGING/Containerfile.in" VERSION="$VERSION" ARCHIVE="$ARCHIVE" NAME="$NAME" >"$OUT/Containerfile"
}

# In a folder that holds nothing but the program and a season of runs.
try_in_empty_folder() {
    local room expected
    case $TARGET in *-linux-*) ;; *) return ;; esac
    [ "$(id -u)" = 0 ] || { say "not root: the program was not tried in an empty folder"; return; }
    room=$(mktemp -d)
    tar -xzf "$OUT/$ARCHIVE" -C "$room" --strip-components=1 "$NAME/talktest"
    cp -R "$ROOT/fixtures/season" "$room/season"
    expected=$("$BINARY" audit "$ROOT/fixtures/season" --no-logbook --format json | sha256sum)
    [ "$(chroot "$room" /talktest audit /season --no-logbook --format json | sha256sum)" = "$expected" ]
    say "alone in an empty folder: the same result"
    rm -rf "$room"
}

stage
bill_of_materials
pack
recipes
try_in_empty_folder
sums "$OUT"
ls -l "$OUT"
