/** Contract tests and hand-written fakes for authors of plugins. */
module io.warpengine.testkit {}
