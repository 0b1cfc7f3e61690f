#!/usr/bin/env bash
# A formula for Homebrew from all archives in a folder: `packaging/homebrew.sh OUT`. Whoever
# publishes the archives says where: RELEASE_URL is the folder they can be fetched from.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

OUT=$(output_folder "$@")
RELEASE_URL=${RELEASE_URL:-https://example.invalid/releases/download/v$VERSION}

# `source_of macos arm aarch64-apple-darwin`: where that system's archive lies, if there is one.
source_of() {
    local archive=talktest-$VERSION-$3.tar.gz
    [ -f "$OUT/$archive" ] || return 0
    printf '\n  on_%s do\n    on_%s do\n      url "%s"\n      sha256 "%s"\n    end\n  end\n' "$1" "$2" \
        "$RELEASE_URL/$archive" "$(sha256sum "$OUT/$archive" | cut -d' ' -f1)"
}

SOURCES=$(
    source_of macos arm aarch64-apple-darwin
    source_of macos intel x86_64-apple-darwin
    source_of linux arm aarch64-unknown-linux-gnu
    source_of linux intel x86_64-unknown-linux-gnu
)
filled "$PACKAGING/homebrew.rb.in" VERSION="$VERSION" SOURCES="$SOURCES" >"$OUT/talktest.rb"
