/**
 * The plugin's inside, opened to the kernel alone: {@link
 * io.warpengine.samples.hello.internal.HelloPlugin} declares, the kernel makes one object of each
 * declared class and hands them to each other.
 */
package io.warpengine.samples.hello.internal;
