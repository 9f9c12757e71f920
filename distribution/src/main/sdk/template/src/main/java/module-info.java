/** Counts records. Without it they are not counted. */
module com.example.starter {
  requires io.warpengine.api;

  // The kernel makes the plugin's objects.
  opens com.example.starter to
      io.warpengine.kernel;

  provides io.warpengine.spi.WarpPlugin with
      com.example.starter.StarterPlugin;
}
