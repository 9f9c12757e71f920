/** Background work, time and metrics. */
package io.warpengine.spi.control;
