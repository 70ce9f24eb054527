#!/usr/bin/env bash
# Measures, and prints one table: what was measured, beside it this machine's own limit, a target or a named peer.
# tools/bench.sh [--only PART] [--cases N]; see crates/guancheng/benches/city/main.rs. The store with a million cases is
# made once and kept under target/bench.
set -euo pipefail
cd "$(dirname "$0")/.."

scratch="$(mktemp -d "${TMPDIR:-/tmp}/guancheng-rate.XXXXXX")"
trap 'rm -rf "$scratch"' EXIT

echo "bench: the disk and a bare insert loop" >&2
rates="$(cargo run -q --release --locked -p guancheng-store --example rate -- "$scratch/rate")"
# The last number of the line that begins so.
rate_of() { awk -v what="$1" 'index($0, what) == 1 { print $NF }' <<<"$rates"; }

cargo bench -q --locked -p guancheng --bench city -- \
  --bare-one "$(rate_of 'bare insert loop, one case')" --bare-many "$(rate_of 'bare insert loop, 32 cases')" "$@"
