package io.warpengine.kernel.engine;

import io.warpengine.api.Bytes;
import io.warpengine.api.Durability;
import io.warpengine.api.SpaceOptions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the catalog keeps of a space, as lines of text {@code NAME=VALUE}.
 *
 * @param id its number
 * @param options what holds for its writes
 */
record CatalogEntry(int id, SpaceOptions options) {

  private static final String ID = "id";
  private static final String TIME_TO_LIVE = "time-to-live-millis";
  private static final String DURABILITY = "durability";

  Bytes toBytes() {
    StringBuilder text = new StringBuilder(ID + "=" + id + "\n");
    options
        .timeToLive()
        .ifPresent(time -> text.append(TIME_TO_LIVE + "=" + time.toMillis() + "\n"));
    options.durability().ifPresent(mode -> text.append(DURABILITY + "=" + mode + "\n"));
    return Bytes.utf8(text.toString());
  }

  static CatalogEntry of(Bytes bytes) {
    Map<String, String> lines =
        bytes
            .toUtf8()
            .lines()
            .map(line -> line.split("=", 2))
            .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
    return new CatalogEntry(
        Integer.parseInt(lines.getOrDefault(ID, "")),
        new SpaceOptions(
            Optional.ofNullable(lines.get(TIME_TO_LIVE))
                .map(Long::parseLong)
                .map(Duration::ofMillis),
            Optional.ofNullable(lines.get(DURABILITY)).map(Durability::valueOf)));
  }
}
