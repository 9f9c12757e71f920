/** A program with a database of its own. */
package io.warpengine.samples.embedded;
