#!/usr/bin/env bash
# Runs the JMH benchmarks; arguments go to JMH (-h lists them). Needs a built tree.
set -euo pipefail
WARP_BENCHMARKS_MAIN=org.openjdk.jmh.Main exec "$(dirname "${BASH_SOURCE[0]}")/run.sh" "$@"
