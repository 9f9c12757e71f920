/**
 * The sample plugin: greets, counts accesses by the first part of the key, and remembers the last
 * keys written. Without it nothing is greeted and everything else works.
 *
 * <p>A plugin's module needs the API and nothing of the engine. It exports one package, the
 * interface for its users; it opens the package with its components to the kernel, which makes
 * them; and it names its {@link io.warpengine.spi.WarpPlugin}.
 */
@org.jspecify.annotations.NullMarked
@SuppressWarnings("module") // the kernel is not on the path at compile time
module io.warpengine.samples.hello {
  requires transitive io.warpengine.api;

  exports io.warpengine.samples.hello;

  opens io.warpengine.samples.hello.internal to
      io.warpengine.kernel;

  provides io.warpengine.spi.WarpPlugin with
      io.warpengine.samples.hello.internal.HelloPlugin;
}
