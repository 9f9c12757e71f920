package io.warpengine.samples.hello.internal;

import io.warpengine.api.Bytes;
import io.warpengine.samples.hello.Hello;
import jakarta.inject.Inject;
import java.util.List;
import java.util.SortedMap;

/**
 * The extension: what {@code database.extension(Hello.class)} returns. It asks for the plugin's
 * other components by their types and gets the same objects that the kernel calls.
 */
final class HelloService implements Hello {

  private final HelloConfig config;
  private final AccessCounter accesses;
  private final WriteMemory writes;

  @Inject
  HelloService(HelloConfig config, AccessCounter accesses, WriteMemory writes) {
    this.config = config;
    this.accesses = accesses;
    this.writes = writes;
  }

  @Override
  public String greet(String name) {
    return config.greeting() + ", " + name + "!";
  }

  @Override
  public SortedMap<String, Long> accesses() {
    return accesses.counts();
  }

  @Override
  public List<Bytes> lastWritten() {
    return writes.keys();
  }
}
