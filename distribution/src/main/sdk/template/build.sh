#!/bin/sh
# Builds the plugin with nothing but a JDK 25 and WarpEngine: target/plugins/starter/starter.jar.
#   WARP_HOME       the directory of WarpEngine
#   WARP_JAVA_HOME  the JDK; otherwise JAVA_HOME, `javac` on the PATH, the usual places
set -eu
cd "$(dirname "$0")"
WARP_HOME=${WARP_HOME:-/path/to/warp}

if [ ! -f "$WARP_HOME/bin/warp" ]; then
  echo "build.sh: there is no WarpEngine in [$WARP_HOME]; set WARP_HOME to its directory." >&2
  exit 1
fi

# Whether a directory holds a JDK 25 or later.
is_jdk() {
  [ -x "$1/bin/javac" ] && [ -x "$1/bin/jar" ] || return 1
  version=$("$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p')
  [ "${version:-0}" -ge 25 ]
}

jdk=
on_path=$(command -v javac 2>/dev/null || true)
for place in "${WARP_JAVA_HOME:-}" "${JAVA_HOME:-}" "${on_path%/bin/javac}" /usr/lib/jvm/* /opt/java/*; do
  if [ -n "$place" ] && is_jdk "$place"; then
    jdk=$place
    break
  fi
done
if [ -z "$jdk" ]; then
  echo "build.sh: no JDK 25 was found; set WARP_JAVA_HOME to its directory." >&2
  exit 1
fi

rm -rf target/classes target/plugins
mkdir -p target/classes target/plugins/starter
find src/main/java -name '*.java' >target/sources
"$jdk/bin/javac" --release 25 -Xlint:all,-module -Werror --module-path "$WARP_HOME/lib" -d target/classes @target/sources
cp -R src/main/resources/. target/classes
# The engine loads the plugin only if it offers the API that the plugin was compiled against.
echo 'Warp-Api-Version: WARP_API_VERSION' >target/manifest
"$jdk/bin/jar" --create --file target/plugins/starter/starter.jar --manifest target/manifest \
  --module-version 0.1.0 -C target/classes .
echo "target/plugins/starter/starter.jar"
