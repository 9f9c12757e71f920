/** What users of the plugin see: one interface. */
package io.warpengine.samples.hello;
