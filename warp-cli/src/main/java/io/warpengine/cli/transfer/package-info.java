/** Records in files: JSON lines and CSV, to and from a database, without changing a byte. */
package io.warpengine.cli.transfer;
