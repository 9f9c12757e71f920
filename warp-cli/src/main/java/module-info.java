/** The command {@code bin/warp}. */
module io.warpengine.cli {}
