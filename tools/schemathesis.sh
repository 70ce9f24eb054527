#!/usr/bin/env bash
# Fuzzes the running API by its own document: tools/schemathesis.sh [BINARY]. Every check of schemathesis is on: no
# server error, no undocumented status or header, no answer outside its schema, nothing invalid taken, nothing valid
# refused for its form, no forgotten log-in. What a status means to us is said in schemathesis.toml.
set -euo pipefail
cd "$(dirname "$0")/.."

BINARY="${1:-target/debug/guancheng}"
VENV="${SCHEMATHESIS_VENV:-target/schemathesis}"
LOGIN="shift1"          # a shift leader may do the most
EXAMPLES=10             # per operation and phase; the coverage phase adds one per boundary of every field
SEED=20260301           # the same run everywhere; a failure is repeated by the command that is printed

if [ -z "${DEMO_URL:-}" ]; then
  mkdir -p target
  data="$(mktemp -d "target/schemathesis-data.XXXXXX")"
  trap 'rm -rf "$data"' EXIT
  tools/with-demo.sh "$BINARY" "$data" 2 "$0" "$BINARY"
  exit
fi

# A run of its own for the two operations that would end the log-in of all the others.
fuzz() {
  API_TOKEN="$("$VENV/bin/python" tools/api_token.py "$DEMO_URL" "$LOGIN")" \
    "$VENV/bin/schemathesis" --config-file tools/schemathesis.toml run "$DEMO_URL/api/openapi.json" \
    --checks all --max-examples "$EXAMPLES" --seed "$SEED" --phases examples,coverage,fuzzing "$@"
}

LOG_OUT='DELETE /api/v1/session'
END_TOKEN='DELETE /api/v1/tokens/{id}'
status=0
fuzz --exclude-name "$LOG_OUT" --exclude-name "$END_TOKEN" || status=1
fuzz --include-name "$LOG_OUT" --include-name "$END_TOKEN" || status=1
exit "$status"
