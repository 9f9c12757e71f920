/** What a plugin declares: itself, its components, its operations; and how an engine is found. */
package io.warpengine.spi;
