#!/usr/bin/env bash
# Takes the pictures of docs/img from the demo city.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/.node/bin:$PATH"

tools/bootstrap.sh tests
make --no-print-directory build
mkdir -p docs/img
tools/with-demo.sh target/release/guancheng "${DATA:-data/demo}" "${DAYS:-60}" bash -c 'cd web && npm run --silent shots'
