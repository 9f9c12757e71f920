/** The command {@code bin/warp}. */
@org.jspecify.annotations.NullMarked
module io.warpengine.cli {
  requires info.picocli;
  requires io.warpengine.api;
  requires org.slf4j;
  requires tools.jackson.databind;
}
