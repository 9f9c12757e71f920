/**
 * Composition: what plugins declare becomes a plan, and a plan becomes an open database. The only
 * package that sees Guice, and within it only {@code Wiring}.
 */
package io.warpengine.kernel.wiring;
