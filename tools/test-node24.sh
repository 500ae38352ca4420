#!/usr/bin/env bash
# On Node 24, on the embedded default: the API tests of what stands on Node's own parts (SQLite, files and streams, threads,
# password hashes, HTTP, signals). Rules of our own are the same on every Node. How much memory streams take above idle is held
# by the run on the other Node: here it swings with what else the machine does (16 to 64 MiB in a row of runs alone).
set -euo pipefail
cd "$(dirname "$0")/../packages/api"
parts=(src/database src/storage src/http src/features/files src/features/downloads/delivery src/features/accounts/passwords.test.ts
  src/testing/promises/start-up.test.ts src/testing/promises/restarts.test.ts)
# A folder that has been moved ends this: vitest itself would go on without its tests.
files=$(find "${parts[@]}" -name '*.test.ts' ! -path '*/storage/contract/memory.test.ts')
# shellcheck disable=SC2086 # one word per file
npx -y node@24 node_modules/vitest/vitest.mjs run $files
