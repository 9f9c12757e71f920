package io.warpengine.testkit;

/** What a name in a simulated directory stands for. */
abstract sealed class SimNode permits SimFile, SimDirectory {}
