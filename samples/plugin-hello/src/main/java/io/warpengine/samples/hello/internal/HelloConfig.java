package io.warpengine.samples.hello.internal;

import io.warpengine.spi.config.ConfigKey;
import io.warpengine.spi.config.ConfigSection;

/**
 * The plugin's configuration: {@code warp.hello.greeting} and {@code warp.hello.remembered-keys}.
 * The kernel reads the file, the environment and system properties, checks types and limits,
 * reports all mistakes together, and hands over a finished record.
 *
 * @param greeting what stands before the name
 * @param rememberedKeys number of keys that are remembered
 */
@ConfigSection("warp.hello")
record HelloConfig(
    @ConfigKey(defaultValue = "Hello", description = "What stands before the name.")
        String greeting,
    @ConfigKey(
            defaultValue = "16",
            min = "1",
            max = "10000",
            description = "How many of the last written keys are remembered.")
        int rememberedKeys) {

  /** Checks what goes beyond one limit; the sentence reaches the user with the place. */
  HelloConfig {
    if (greeting.isBlank()) {
      throw new IllegalArgumentException("The greeting is blank.");
    }
  }
}
