/** The real disk: files, directories and the lock of a data directory. */
package io.warpengine.kernel.disk;
