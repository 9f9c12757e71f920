/** Log lines of the engine on standard error, for processes that live for one command. */
package io.warpengine.cli.log;
