package io.warpengine.samples.hello;

import io.warpengine.api.Bytes;
import java.util.List;
import java.util.SortedMap;

/**
 * What the plugin gives to programs: {@code database.extension(Hello.class)}. Safe for use by any
 * number of threads.
 */
public interface Hello {

  /**
   * Greets.
   *
   * @param name who is greeted
   * @return the configured greeting and the name
   */
  String greet(String name);

  /**
   * How often keys were accessed, by the part of the key before the first colon. Accesses are
   * sampled, so a count may be below the truth and is never above it.
   *
   * @return part of the key to number of accesses
   */
  SortedMap<String, Long> accesses();

  /**
   * The keys written last.
   *
   * @return the latest first, at most as many as {@code warp.hello.remembered-keys}
   */
  List<Bytes> lastWritten();
}
