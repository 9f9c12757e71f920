package io.warpengine.api;

import io.warpengine.spi.Operation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** An open database, and the space of those keys that are in no named one. */
public interface WarpDatabase extends WarpSpace, AutoCloseable {

  /**
   * The same operations without waiting for durability.
   *
   * @return the asynchronous twin, open as long as this database
   */
  AsyncWarpDatabase async();

  /**
   * Waits until everything written before is durable.
   *
   * @return the durable position
   */
  Position flush();

  /**
   * What the database holds and has measured.
   *
   * @return the figures of this moment
   */
  DatabaseStats stats();

  /**
   * The durability that writes wait for when they name none.
   *
   * @return {@link Durability#NONE} without a journal
   */
  Durability durability();

  /**
   * Whether writes are refused.
   *
   * @return true if opened read-only or become so
   */
  boolean readOnly();

  /**
   * A plugin's own interface.
   *
   * @param api the interface
   * @param <T> its type
   * @return the plugin's implementation
   * @throws WarpException EXTENSION_MISSING if no loaded plugin provides it
   */
  <T> T extension(Class<T> api);

  /**
   * A plugin's own interface, if its plugin is loaded.
   *
   * @param api the interface
   * @param <T> its type
   * @return the implementation, or empty
   */
  <T> Optional<T> findExtension(Class<T> api);

  /**
   * The operations that can be called on an open database.
   *
   * @return sorted by name
   */
  List<Operation> operations();

  /**
   * Calls an operation.
   *
   * @param name its name
   * @param arguments by name; text, numbers and booleans are converted to the declared type
   * @param rows receives each row while it runs
   * @return the result
   * @throws WarpException OPERATION_UNKNOWN or ARGUMENT_INVALID, or what the operation throws
   */
  Tree call(String name, Map<String, Object> arguments, Consumer<Tree> rows);

  /**
   * Waits for what is running, makes everything durable, stops the plugins and frees the directory.
   * For an operation of a plugin it waits no longer than {@code warp.open.timeout}, and an
   * operation that closes the database does not wait for itself. Has no effect the second time. Not
   * to be called in what depends on a stage of {@link #async}.
   */
  @Override
  void close();
}
