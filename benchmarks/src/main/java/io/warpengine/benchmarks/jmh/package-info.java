/** JMH benchmarks of single methods; {@code benchmarks/jmh.sh} runs them. */
package io.warpengine.benchmarks.jmh;
