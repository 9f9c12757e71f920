/** Contract tests and hand-written fakes for authors of plugins. */
@org.jspecify.annotations.NullMarked
module io.warpengine.testkit {
  requires transitive io.warpengine.api;
  requires transitive org.assertj.core;
  requires transitive org.junit.jupiter.api;
  requires jdk.management;

  exports io.warpengine.testkit;

  opens io.warpengine.testkit to
      org.junit.platform.commons;
}
