/** A program that opens a database of its own. */
module io.warpengine.samples.embedded {}
