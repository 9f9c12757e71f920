package com.example.starter;

import io.warpengine.spi.config.ConfigKey;
import io.warpengine.spi.config.ConfigSection;

/**
 * The plugin's configuration.
 *
 * @param limit the most records that are counted
 */
@ConfigSection("warp.starter")
record StarterConfig(
    @ConfigKey(
            defaultValue = "1000000",
            min = "1",
            description = "The most records that one count goes through.")
        long limit) {}
