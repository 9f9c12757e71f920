/**
 * A program that opens a database of its own. It knows the API; the engine is found at run time.
 */
@org.jspecify.annotations.NullMarked
module io.warpengine.samples.embedded {
  requires io.warpengine.api;
}
