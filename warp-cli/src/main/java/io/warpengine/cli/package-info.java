/** The command line: what is started, what runs a command, and what the process ends with. */
package io.warpengine.cli;
