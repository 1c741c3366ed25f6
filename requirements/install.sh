#!/bin/sh
# install.sh run|test: make .venv hold what requirements/run.txt or test.txt locks.
#
# The first time it creates .venv with pip's progress in view; after that it only compares the
# lock's SHA-256 and the Python's version with a stamp (a few hundredths of a second). A stamp is
# written last and `installing` first, so what was interrupted is begun anew, not trusted.
# With BROWSER_TESTS=required a browser must be there for "test" too; without it pytest says in a
# line what is left out. PIP_* variables and pip.conf are pip's, untouched.
set -eu

kind=$1
case $0 in */*) cd "${0%/*}/.." ;; *) cd .. ;; esac
lock=requirements/$kind.txt
python=.venv/bin/python
browsers='chromium chromium-browser google-chrome google-chrome-stable'

fail() {
    printf '%s\n' "$@" >&2
    exit 2
}

key() {
    "$python" -c 'import hashlib, sys
assert sys.version_info >= (3, 11)
print(sys.version.split()[0], hashlib.sha256(open(sys.argv[1], "rb").read()).hexdigest())' \
        "$1" 2>/dev/null
}

stamped() {
    [ -f ".venv/$kind.stamp" ] && found=$(key "$lock") && read -r known <".venv/$kind.stamp" &&
        [ "$found" = "$known" ]
}

# The first Python of at least 3.11 that can also make a virtual environment.
choose() {
    old=true
    for candidate in ${PYTHON:-python3.14 python3.13 python3.12 python3.11 python3}; do
        "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
        old=false
        "$candidate" -c 'import ensurepip, venv' 2>/dev/null && return
    done
    if $old; then
        fail 'Cần Python 3.11 trở lên. · Python 3.11 or newer is needed.' \
            '  Debian, Ubuntu: apt-get install python3 python3-venv' \
            '  macOS: brew install python3    Windows: wsl --install, rồi làm như Ubuntu / then as on Ubuntu' \
            '  Python ở nơi khác / elsewhere: make PYTHON=/path/to/python3 …'
    fi
    fail 'Có Python nhưng thiếu mô-đun venv. · Python is here, but its venv module is missing.' \
        '  Debian, Ubuntu, Windows (WSL): apt-get install python3-venv' \
        '  macOS: brew install python3'
}

install() {
    if [ -e .venv/installing ] || ! key "$lock" >/dev/null; then
        choose
        echo "Tạo môi trường .venv bằng $candidate … · Creating .venv with $candidate …"
        rm -rf .venv
        mkdir .venv
        : >.venv/installing
        "$candidate" -m venv .venv
    else
        : >.venv/installing
        "$python" -c 'import pip' 2>/dev/null || "$python" -m ensurepip
    fi
    rm -f .venv/*.stamp
    echo "Cài các thư viện trong $lock … · Installing what $lock locks …"
    "$python" -m pip install --disable-pip-version-check --require-hashes -r "$lock" ||
        fail "Chưa cài được thư viện: xem dòng lỗi của pip ở trên, kiểm tra mạng rồi chạy lại." \
            "Not installed: see pip's own words above, check the network and run it again."
    # Everything that runs is in the test lock too, at the same versions (a test holds that).
    for done in run $kind; do
        key "requirements/$done.txt" >".venv/$done.stamp"
    done
    rm .venv/installing
}

browser() {
    for name in $browsers; do
        command -v "$name" >/dev/null && return
    done
    [ -x '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome' ]
}

stamped || install
[ "$kind" = test ] && [ "${BROWSER_TESTS:-}" = required ] || exit 0
browser && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo 'Cài Chromium cho bài thử trên trình duyệt … · Installing Chromium for the browser tests …'
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update && apt-get install -y --no-install-recommends chromium fonts-dejavu-core; } \
        </dev/null || true
fi
browser || fail "Thiếu trình duyệt cho bài thử ($browsers). · No browser for the tests." \
    '  Debian: apt-get install chromium    Ubuntu, macOS, Windows (WSL): google.com/chrome' \
    '  Không bắt buộc: bỏ BROWSER_TESTS=required. · Not demanded without BROWSER_TESTS=required.'
