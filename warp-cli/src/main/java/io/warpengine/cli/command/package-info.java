/** One class per command. */
package io.warpengine.cli.command;
