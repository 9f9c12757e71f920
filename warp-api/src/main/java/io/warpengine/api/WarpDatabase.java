package io.warpengine.api;

import io.warpengine.spi.Operation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** An open database, and the space of those keys that are in no named one. */
public interface WarpDatabase extends WarpSpace, AutoCloseable {

  /**
   * A space with its own keys. It is made, durably, when it is first asked for; in a database that
   * was opened read-only it must be there.
   *
   * @param name 1 to 255 bytes of UTF-8 without control characters; empty names the default space,
   *     which is this database
   * @return the space, until it is dropped or the database closed
   * @throws WarpException SPACE_NAME_INVALID; SPACE_MISSING if it is not there and cannot be made
   */
  WarpSpace space(String name);

  /**
   * A space with its own keys and options. It is made with them, durably, or gets them if it is
   * there with others, which holds at once for everybody who writes to it.
   *
   * @param name 1 to 255 bytes of UTF-8 without control characters
   * @param options what holds for writes that say nothing else
   * @return the space, until it is dropped or the database closed
   * @throws WarpException SPACE_NAME_INVALID, TTL_INVALID, DURABILITY_UNSUPPORTED
   */
  WarpSpace space(String name, SpaceOptions options);

  /**
   * The spaces that are there.
   *
   * @return their names, sorted, without the default space
   */
  List<String> spaces();

  /**
   * Removes a space with all its records, in a time that does not depend on their number: they are
   * gone for everybody at once, and their room is given back in the background. Whoever holds the
   * space gets SPACE_DROPPED from then on. A space of the same name can be made again at once and
   * is empty.
   *
   * @param name its name
   * @return whether it was there
   */
  boolean dropSpace(String name);

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
