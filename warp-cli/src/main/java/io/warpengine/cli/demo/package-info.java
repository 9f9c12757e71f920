/** The demonstration: real data, real lookups, a real kill, and a proof. */
package io.warpengine.cli.demo;
