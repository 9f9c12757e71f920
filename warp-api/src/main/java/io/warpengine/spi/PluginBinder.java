package io.warpengine.spi;

import io.warpengine.spi.access.AccessObserver;
import io.warpengine.spi.access.MutationFollower;
import io.warpengine.spi.access.WriteInterceptor;
import io.warpengine.spi.journal.Journal;
import io.warpengine.spi.store.CacheTier;
import io.warpengine.spi.store.Checkpointable;
import io.warpengine.spi.store.PlacementPolicy;
import io.warpengine.spi.store.Storage;

/**
 * The menu of what a plugin can declare. Each declared class is a singleton with one constructor
 * annotated {@code jakarta.inject.Inject}. It can ask for: the plugin's config records and
 * components, and from the kernel {@link io.warpengine.spi.control.ControlPlane}, {@link
 * io.warpengine.spi.control.WarpClock}, {@link io.warpengine.spi.control.Metrics}, {@link
 * io.warpengine.spi.disk.Disk} (the data directory; absent in memory), {@link
 * io.warpengine.spi.store.Manifest}, and a {@code Provider} of {@link
 * io.warpengine.api.WarpDatabase}, usable after start.
 *
 * <p>A component that implements {@link Startable} is started after those it asks for; one that
 * implements {@link AutoCloseable} is closed before them.
 */
public interface PluginBinder {

  /**
   * A record of configuration, annotated with {@link io.warpengine.spi.config.ConfigSection}.
   *
   * @param type the record class
   */
  void config(Class<? extends Record> type);

  /**
   * A component of the plugin's own, made at start.
   *
   * @param type its class
   */
  void component(Class<?> type);

  /**
   * An interface that users reach by {@link io.warpengine.api.WarpDatabase#extension(Class)}.
   *
   * @param api the interface, in an exported package
   * @param implementation its class
   * @param <T> the interface's type
   */
  <T> void extension(Class<T> api, Class<? extends T> implementation);

  /**
   * A candidate for the storage port.
   *
   * @param name what {@code warp.storage} chooses it by, and what is recorded in the manifest
   * @param implementation its class
   */
  void storage(String name, Class<? extends Storage> implementation);

  /**
   * A candidate for the placement port.
   *
   * @param name what {@code warp.placement} chooses it by
   * @param implementation its class
   */
  void placement(String name, Class<? extends PlacementPolicy> implementation);

  /**
   * A candidate for the cache port, which no storage asks yet.
   *
   * @param name what {@code warp.cache} chooses it by
   * @param implementation its class
   */
  void cache(String name, Class<? extends CacheTier> implementation);

  /**
   * A candidate for the journal port.
   *
   * @param name what {@code warp.journal} chooses it by, and what is recorded in the manifest
   * @param implementation its class
   */
  void journal(String name, Class<? extends Journal> implementation);

  /**
   * State that takes part in checkpoints.
   *
   * @param implementation its class
   */
  void checkpointable(Class<? extends Checkpointable> implementation);

  /**
   * An observer of accesses.
   *
   * @param implementation its class
   */
  void observer(Class<? extends AccessObserver> implementation);

  /**
   * A follower of mutations.
   *
   * @param implementation its class
   */
  void follower(Class<? extends MutationFollower> implementation);

  /**
   * An interceptor of writes.
   *
   * @param implementation its class
   */
  void interceptor(Class<? extends WriteInterceptor> implementation);

  /**
   * A command.
   *
   * @param operation its name, arguments and documentation
   * @param handler the class that runs it
   */
  void operation(Operation operation, Class<? extends OperationHandler> handler);
}
