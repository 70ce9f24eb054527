#!/usr/bin/env bash
# Runs a command while a demo city is being served: tools/with-demo.sh BINARY DATA DAYS COMMAND…
# The command finds the address in DEMO_URL and the server's output in DEMO_LOG. The server is ended afterwards.
set -euo pipefail

binary="$1" data="$2" days="$3"
shift 3
PACK="${PACK:-packs/zhengzhou}"
WAIT_SECONDS=300

free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 20000))
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      echo "$port"
      return
    fi
  done
}

port="$(free_port)"
mkdir -p "$data" target
export DEMO_URL="http://127.0.0.1:$port"
log="$(mktemp "target/demo.XXXXXX.log")"
"$binary" demo --data "$data" --pack "$PACK" --days "$days" --listen "127.0.0.1:$port" >"$log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; rm -f "$log"' EXIT

for ((tenths = 0; tenths < WAIT_SECONDS * 10; tenths++)); do
  if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then break; fi
  if ! kill -0 "$server" 2>/dev/null; then
    echo "with-demo: the server ended before it served:" >&2
    cat "$log" >&2
    exit 1
  fi
  sleep 0.1
done

status=0
DEMO_LOG="$log" "$@" || status=$?
if ! kill -0 "$server" 2>/dev/null; then
  echo "with-demo: the server died while the command ran:" >&2
  tail -n 40 "$log" >&2
  status=1
fi
exit "$status"
