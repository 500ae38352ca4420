#!/usr/bin/env bash
# The built server starts, answers and stops on Node 24 too.
set -euo pipefail
cd "$(dirname "$0")/.."
DATA=$(mktemp -d)
PORT=$(node -e 'const s=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})')
NODE=$(npx -y node@24 -p process.execPath) # itself: npx would be ended without it
PORT=$PORT DATA_DIR=$DATA SAMPLE_DATA=off "$NODE" packages/api/dist/main.js >"$DATA/server.log" 2>&1 &
SERVER=$!
trap 'kill "$SERVER" 2>/dev/null || true; wait "$SERVER" 2>/dev/null || true; rm -rf "$DATA"' EXIT
for _ in $(seq 100); do curl -sf "http://127.0.0.1:$PORT/readyz" && exit 0; sleep 0.3; done
cat "$DATA/server.log"
exit 1
