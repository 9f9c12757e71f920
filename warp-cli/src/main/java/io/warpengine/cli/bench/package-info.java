/** Measures the engine on the user's own machine and disk. */
package io.warpengine.cli.bench;
