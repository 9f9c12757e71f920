#!/usr/bin/env bash
# The long run of the crash, fault and kill tests: the ordinary ones, repeated.
#   checks/torture.sh [times]           times as many seeds and kills as an ordinary build, 50 if not given
#   checks/torture.sh --seed SEED       one seed, to look at a failure
# Arguments after that go to Maven, for example -o or -Dtest=KillTest.
set -euo pipefail
cd "$(dirname "$0")/.."
tests='*Contract*Test,*Crash*Test,*KillTest,*ShardStore*Test,*Database*Test,*Fault*Test,*Concurrency*Test'
choice="-Dtestkit.iterations=50"
if [[ "${1:-}" == --seed ]]; then
  choice="-Dtestkit.seed=${2:?a seed}"
  shift 2
elif [[ "${1:-}" =~ ^[0-9]+$ ]]; then
  choice="-Dtestkit.iterations=$1"
  shift
fi
exec mvn -B -ntp -Dcoverage.skip -Dformat.skip -Dtest="$tests" -Dsurefire.failIfNoSpecifiedTests=false \
  -Djunit.jupiter.execution.timeout.mode=disabled "$choice" \
  -pl warp-testkit,warp-kernel,plugin-wal,architecture -am package "$@"
