package io.warpengine.cli.transfer;

import io.warpengine.api.Bytes;
import java.time.Instant;
import java.util.Optional;

/**
 * A record as a file carries it.
 *
 * @param key its key
 * @param value its value
 * @param expires when it will be gone; empty if never
 */
record RecordItem(Bytes key, Bytes value, Optional<Instant> expires) {}
