#!/usr/bin/env bash
# Fuzzes the running API by its own document: tools/schemathesis.sh [BINARY]. Every check of schemathesis is on: no
# server error, no undocumented status or header, no answer outside its schema, nothing invalid taken, nothing valid
# refused for its form, no forgotten log-in.
set -euo pipefail
cd "$(dirname "$0")/.."

BINARY="${1:-target/debug/guancheng}"
PYTHON="target/schemathesis/bin/python"
LOGIN="shift1"          # a shift leader may do the most
EXAMPLES=10             # per operation and phase; the coverage phase adds one per boundary of every field
SEED=20260301           # the same run everywhere; a failure is repeated by the command that is printed

if [ -z "${DEMO_URL:-}" ]; then
  data="$(mktemp -d "target/schemathesis-data.XXXXXX")"
  trap 'rm -rf "$data"' EXIT
  tools/with-demo.sh "$BINARY" "$data" 2 "$0" "$BINARY"
  exit
fi

token="$("$PYTHON" tools/api_token.py "$DEMO_URL" "$LOGIN")"
target/schemathesis/bin/schemathesis run "$DEMO_URL/api/openapi.json" \
  --header "Authorization: Bearer $token" \
  --checks all --max-examples "$EXAMPLES" --seed "$SEED" --workers 2 \
  --phases examples,coverage,fuzzing --output-sanitize true --no-color
