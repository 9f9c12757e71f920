/** The kernel: loads plugins, wires them and runs the engine; exports nothing. */
module io.warpengine.kernel {}
