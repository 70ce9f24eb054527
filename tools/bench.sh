#!/usr/bin/env bash
# Measures the city and prints one table with this machine's own limits beside it:
# tools/bench.sh [--only calendar|place|writes|million] [--cases N].
# The first run makes a city with a million cases under target/bench, which takes a while; it is kept.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/.node/bin:$PATH"

make --no-print-directory build

# What this disk can do with the same rows and nothing else, one case a transaction and thirty-two.
limits="target/bench/limits.txt"
mkdir -p target/bench
cargo run --release --locked -q -p guancheng-store --example rate target/bench/rate | tee "$limits" >&2
bare() { awk -v line="bare insert loop, $1" 'index($0, line) == 1 { print $NF }' "$limits"; }

cargo bench --locked -q -p guancheng --bench city -- --pack "${PACK:-packs/zhengzhou}" \
  --bare-one "$(bare "one case")" --bare-many "$(bare "32 cases")" "$@"
