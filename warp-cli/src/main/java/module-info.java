/**
 * The command {@code bin/warp}: everything that people do with a data directory from a shell. It
 * knows the API only; the engine is found at run time.
 */
@org.jspecify.annotations.NullMarked
module io.warpengine.cli {
  requires info.picocli;
  requires io.warpengine.api;
  requires java.compiler;
  requires java.management;
  requires static org.jspecify;
  requires org.slf4j;

  exports io.warpengine.cli.log to
      org.slf4j;
}
