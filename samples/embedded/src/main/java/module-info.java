/**
 * Programs that open a database of their own. They know the API and typed views; the engine is
 * found at run time.
 */
@org.jspecify.annotations.NullMarked
module io.warpengine.samples.embedded {
  requires io.warpengine.api;
  requires io.warpengine.records;

  opens io.warpengine.samples.embedded to
      io.warpengine.records;
}
