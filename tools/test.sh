#!/usr/bin/env bash
# Every check there is, in stages; all of them run even if one fails. `tools/test.sh web e2e` runs only those.
# Ends with one line that counts: N passed, N failed.
set -uo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/.node/bin:$PATH"

LOGS="target/test-logs"
ALL_STAGES="fmt web clippy cargo e2e schemathesis"
STAGES="${*:-$ALL_STAGES}"

stage_fmt() { cargo fmt --all --check; }

# First among the long ones: the server's tests look at the built web app.
stage_web() { (cd web && npm run build && npm test); }

stage_clippy() { cargo clippy --workspace --all-targets --locked -- -D warnings; }

stage_cargo() { cargo test --workspace --locked --no-fail-fast; }

stage_e2e() {
  cargo build --locked -p guancheng && (cd web && E2E_BIN="$PWD/../target/debug/guancheng" npm run e2e)
}

stage_schemathesis() { cargo build --locked -p guancheng && tools/schemathesis.sh target/debug/guancheng; }

# Prints "passed failed" as counted from the closing lines of cargo test, vitest and the plain runners.
count() {
  sed 's/\x1b\[[0-9;]*m//g' "$@" | awk '
    /^test result:/ { for (i = 1; i <= NF; i++) { if ($i ~ /^passed/) p += $(i-1); if ($i ~ /^failed/) f += $(i-1) } }
    /^ *Tests  / { for (i = 1; i <= NF; i++) { if ($i == "passed") p += $(i-1); if ($i == "failed") f += $(i-1) } }
    /^([a-z0-9]+: )?[0-9]+ passed, [0-9]+ failed/ { for (i = 2; i <= NF; i++) { if ($i ~ /^passed/) p += $(i-1); if ($i ~ /^failed/) f += $(i-1) } }
    END { print p + 0, f + 0 }'
}

tools/bootstrap.sh tests || exit 1
mkdir -p "$LOGS"
passed=0
failed=0
broken=""
for stage in $STAGES; do
  printf '\n== %s\n' "$stage"
  began=$SECONDS
  "stage_$stage" 2>&1 | tee "$LOGS/$stage.log"
  status=${PIPESTATUS[0]}
  read -r stage_passed stage_failed < <(count "$LOGS/$stage.log")
  # A stage that failed without counting (a lint, a compile error, a crash) is one failure; one that counts no tests,
  # such as the formatter, is one check.
  if [ "$status" -ne 0 ]; then
    broken="$broken $stage"
    [ "$stage_failed" -gt 0 ] || stage_failed=1
  elif [ "$stage_passed" -eq 0 ]; then
    stage_passed=1
  fi
  passed=$((passed + stage_passed))
  failed=$((failed + stage_failed))
  printf -- '-- %s: %s passed, %s failed, %ss\n' "$stage" "$stage_passed" "$stage_failed" "$((SECONDS - began))"
done

printf '\n'
[ -z "$broken" ] || printf 'broken:%s\n' "$broken"
printf '%s passed, %s failed\n' "$passed" "$failed"
[ -z "$broken" ]
