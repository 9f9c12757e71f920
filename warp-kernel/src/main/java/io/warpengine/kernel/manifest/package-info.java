/** The manifest: the one file that says what belongs to a database. */
package io.warpengine.kernel.manifest;
