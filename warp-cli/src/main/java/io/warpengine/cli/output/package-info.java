/** What people and programs get to see: JSON, tables, errors, progress. */
package io.warpengine.cli.output;
