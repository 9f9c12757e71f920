#!/usr/bin/env bash
# Measures WarpEngine beside its peers: run.sh [scenario...] [options]; --help lists the options. Needs a built tree.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"

is25() { [ -x "$1/bin/java" ] && grep -q '^JAVA_VERSION="25' "$1/release" 2>/dev/null; }
home=""
for candidate in "${WARP_JAVA_HOME:-}" "${JAVA25_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/*; do
  if [ -n "$candidate" ] && is25 "$candidate"; then home="$candidate"; break; fi
done
if [ -z "$home" ]; then
  echo "run.sh: no JDK 25 was found; set WARP_JAVA_HOME to its directory." >&2
  exit 1
fi
if [ ! -f "$here/target/classpath.txt" ]; then
  echo "run.sh: [$here/target/classpath.txt] is not there; build first: mvn -q package -DskipTests" >&2
  exit 1
fi
main="${WARP_BENCHMARKS_MAIN:-io.warpengine.benchmarks.SideBySide}"
jvm=()
if [ "$main" = io.warpengine.benchmarks.SideBySide ]; then jvm=(-Xmx256m -XX:+UseSerialGC); fi
exec "$home/bin/java" "${jvm[@]}" --enable-native-access=ALL-UNNAMED \
  -Dwarp.benchmarks="$here" \
  -Dwarp.commit="$(git -C "$here" rev-parse --short=12 HEAD 2>/dev/null || echo unknown)" \
  -cp "$here/target/classes:$(cat "$here/target/classpath.txt")" \
  "$main" "$@"
