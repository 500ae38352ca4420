#!/usr/bin/env bash
# On Node 24, on the embedded default: the API tests of what stands on Node's own parts (SQLite, files and streams, threads,
# password hashes, HTTP, signals). Rules of our own are the same on every Node. How much memory streams take above idle is held
# by the run on the other Node: here it swings with what else the machine does (16 to 64 MiB in a row of runs alone).
set -euo pipefail
cd "$(dirname "$0")/../packages/api"
parts=(src/database src/storage src/http src/features/files src/features/downloads/delivery src/features/accounts/passwords.test.ts
  src/testing/promises/start-up.test.ts src/testing/promises/restarts.test.ts)
ls -d "${parts[@]}" >/dev/null # vitest takes the name of a folder that has been moved for one without tests
npx -y node@24 node_modules/vitest/vitest.mjs run --exclude '**/storage/contract/memory.test.ts' "${parts[@]}"
