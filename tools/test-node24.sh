#!/usr/bin/env bash
# The API tests on Node 24, on the embedded default. How much memory streams take above idle is held by the run on the other Node:
# here it swings with what else the machine does (16 to 64 MiB in a row of runs alone), and would decide by chance.
set -euo pipefail
cd "$(dirname "$0")/../packages/api"
npx -y node@24 node_modules/vitest/vitest.mjs run --exclude '**/storage/contract/memory.test.ts'
