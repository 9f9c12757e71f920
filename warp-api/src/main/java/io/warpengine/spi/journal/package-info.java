/** The persistence port: a journal that orders frames, makes them durable and replays them. */
package io.warpengine.spi.journal;
