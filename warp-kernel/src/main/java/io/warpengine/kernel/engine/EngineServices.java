package io.warpengine.kernel.engine;

import io.warpengine.api.Tree;
import io.warpengine.spi.Operation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What the engine asks of the plugins around it. Implemented by the wiring. */
public interface EngineServices {

  /**
   * A plugin's own interface.
   *
   * @param api the interface
   * @param <T> its type
   * @return the implementation; empty if no loaded plugin provides it
   */
  <T> Optional<T> extension(Class<T> api);

  /**
   * The operations that run on an open database.
   *
   * @return sorted by name
   */
  List<Operation> operations();

  /**
   * Calls an operation.
   *
   * @param name its name
   * @param arguments by name
   * @param rows receives each row while it runs
   * @return the result
   */
  Tree call(String name, Map<String, Object> arguments, Consumer<Tree> rows);

  /**
   * Closes everything around the engine in reverse order of opening: the control plane, the
   * plugins' components, the journal (which makes everything staged durable), the lock of the
   * directory. The engine calls it once, when nothing runs any more but an operation that did not
   * end in time, and nothing can begin.
   *
   * @param late each waits for operations that still run, and might still use the directory
   */
  void close(List<Runnable> late);
}
