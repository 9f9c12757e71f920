/** The figures of a database. */
package io.warpengine.kernel.metrics;
