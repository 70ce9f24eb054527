#!/usr/bin/env bash
# Measures the city and prints one table with this machine's own limits beside it: tools/bench.sh [--only PART] [--cases N].
# The first run makes a city with a million cases under target/bench, which takes a while; it is kept.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/.node/bin:$PATH"

make --no-print-directory build
cargo bench --locked -p guancheng --bench city -- --pack "${PACK:-packs/zhengzhou}" "$@"
