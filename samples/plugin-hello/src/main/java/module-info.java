/** The smallest plugin that does something. */
module io.warpengine.samples.hello {}
