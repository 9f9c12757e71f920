/**
 * How commands are written and read: a small model, a quick parser for well-formed lines, and
 * picocli for everything else.
 */
package io.warpengine.cli.line;
