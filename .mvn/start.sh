# shellcheck shell=bash
# Sourced by ./run and ./test: finds a JDK 25 by itself, and keeps two builds in one clone from meeting.

# A JDK of version 25 or newer: `release` tells the version without starting it, and only a JDK has a compiler.
is_jdk_25() {
    local version
    [[ -x $1/bin/javac && -r $1/release ]] || return 1
    version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
    [[ -n $version ]] && ((version >= 25))
}

jdk_candidates() {
    [[ -z ${JAVA_HOME:-} ]] || echo "$JAVA_HOME"
    local java
    if java=$(command -v java) && java=$(readlink -f "$java" 2>/dev/null); then
        dirname "$(dirname "$java")"
    fi
    if [[ -x /usr/libexec/java_home ]]; then
        /usr/libexec/java_home -v 25 2>/dev/null || true
    fi
    ls -d /usr/lib/jvm/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home 2>/dev/null || true
}

# Maven itself runs on 25 too, so that the formatter check, which needs it, is active.
use_jdk_25() {
    local home
    while IFS= read -r home; do
        if is_jdk_25 "$home"; then
            export JAVA_HOME=$home
            # Maven 3.8's own libraries make a newer JVM warn about its future, which is no news about our build.
            export MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED ${MAVEN_OPTS:-}"
            return
        fi
    done < <(jdk_candidates)
    echo "No JDK 25 was found: install one (https://adoptium.net has it), or set JAVA_HOME to it." >&2
    exit 1
}

need_maven() {
    if ! command -v mvn >/dev/null; then
        echo "Maven was not found: install it (3.8 or newer), so that the command mvn works." >&2
        exit 1
    fi
}

# One build at a time in this clone; the lock ends with the script, however it ends. macOS has no flock and goes without.
# Whatever the build starts must not inherit descriptor 8 (8>&-): it would hold the lock for as long as it lives.
lock_build() {
    mkdir -p "$1/.build"
    exec 8>"$1/.build/lock"
    if command -v flock >/dev/null && ! flock -n 8; then
        echo "Waiting for another build in this folder…"
        flock 8
    fi
}
