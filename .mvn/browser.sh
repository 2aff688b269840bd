# shellcheck shell=bash
# Sourced by ./test: finds a Chromium for the screen tests, or gets one, and names it in CHROMIUM.
# Without one the tests say that they were skipped; with CI=true they fail.

find_browser() {
    local root=$1 name
    if [[ -n ${CHROMIUM:-} ]]; then
        return
    fi
    for name in chromium-headless-shell chromium chromium-browser google-chrome; do
        if CHROMIUM=$(command -v "$name"); then
            export CHROMIUM
            return
        fi
    done
    CHROMIUM=
    browser_from_apt || browser_from_npm "$root" || echo "No Chromium was found; the tests of the screens are skipped." >&2
    export CHROMIUM
}

# 100 MB, with the fonts that the screenshots need.
browser_from_apt() {
    [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null || return 1
    echo "Getting a browser for the tests of the screens…"
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium-headless-shell fonts-noto-cjk; } \
        >/dev/null 2>&1 || return 1
    CHROMIUM=$(command -v chromium-headless-shell)
}

# A Chromium without the system's packages; it unpacks itself into the temp folder.
browser_from_npm() {
    command -v npm >/dev/null && command -v node >/dev/null || return 1
    echo "Getting a browser for the tests of the screens…"
    npm install --silent --no-fund --no-audit --prefix "$1/.browser" @sparticuz/chromium >/dev/null 2>&1 || return 1
    CHROMIUM=$(cd "$1/.browser" && node --input-type=module \
        -e 'import chromium from "@sparticuz/chromium"; console.log(await chromium.executablePath());' 2>/dev/null) || return 1
    [[ -x $CHROMIUM ]]
}
