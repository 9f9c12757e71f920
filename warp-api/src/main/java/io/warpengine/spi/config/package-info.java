/** Configuration as annotated records: one record per plugin, one component per key. */
package io.warpengine.spi.config;
