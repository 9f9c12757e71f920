/** The kernel: loads plugins, wires them and runs the engine; exports nothing. */
@org.jspecify.annotations.NullMarked
module io.warpengine.kernel {
  requires com.google.common;
  requires com.google.guice;
  requires io.warpengine.api;
  requires jakarta.inject;
  requires java.logging;
  requires org.slf4j;
  requires org.tomlj;

  uses io.warpengine.spi.WarpPlugin;

  provides io.warpengine.spi.EngineProvider with
      io.warpengine.kernel.KernelProvider;
}
