/** A program that opens a database of its own. */
@org.jspecify.annotations.NullMarked
module io.warpengine.samples.embedded {
  requires io.warpengine.api;
}
