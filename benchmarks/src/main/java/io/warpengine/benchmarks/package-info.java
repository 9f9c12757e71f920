/**
 * Measurements of WarpEngine beside its peers on the same work in the same run; never part of what
 * ships. {@link io.warpengine.benchmarks.SideBySide} starts one child process per engine and round
 * and prints what it measured; the JMH benchmarks look at single methods.
 */
package io.warpengine.benchmarks;
