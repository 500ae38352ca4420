#!/usr/bin/env bash
# The API tests on Node 24, on the embedded default.
set -euo pipefail
cd "$(dirname "$0")/../packages/api"
npx -y node@24 node_modules/vitest/vitest.mjs run
