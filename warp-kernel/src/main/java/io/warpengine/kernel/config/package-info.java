/**
 * Configuration: every source of settings turned into validated records. Nothing here knows a
 * plugin; it knows record classes and the names of who declared them.
 */
package io.warpengine.kernel.config;
