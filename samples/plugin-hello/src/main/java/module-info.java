/** The smallest plugin that does something. */
@org.jspecify.annotations.NullMarked
module io.warpengine.samples.hello {
  requires io.warpengine.api;
}
