#!/usr/bin/env bash
# Measures the city and prints one table with this machine's own limits beside it:
# tools/bench.sh [--only calendar|place|writes|million] [--cases N].
# The first run makes a city with a million cases under target/bench, which takes a while; it is kept.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/.node/bin:$PATH"

make --no-print-directory build

# What this disk can do with the same rows and nothing else: the bench runs it when it has written them over HTTP.
cargo build --release --locked -q -p guancheng-store --example rate

cargo bench --locked -q -p guancheng --bench city -- --pack "${PACK:-packs/zhengzhou}" \
  --rate "${CARGO_TARGET_DIR:-target}/release/examples/rate" "$@"

# The plan: reading a document, and a ledger page on ten years of five hundred commitments with a million reports.
case " $* " in
  *" --only "*) ;;
  *)
    cargo run --release --locked -q -p guancheng-plan --example parse_rate
    cargo run --release --locked -q -p guancheng-store --example ledger
    ;;
esac
