/** A plugin that declares operations, for the tests of the command line. */
package io.warpengine.cli.probe;
