/**
 * The only way in which the engine and its plugins touch files, so that tests can replace it by one
 * that fails.
 */
package io.warpengine.spi.disk;
