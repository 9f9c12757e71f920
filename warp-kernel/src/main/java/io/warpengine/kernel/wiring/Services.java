package io.warpengine.kernel.wiring;

import io.warpengine.api.CoreError;
import io.warpengine.api.Tree;
import io.warpengine.api.WarpException;
import io.warpengine.kernel.config.Suggestion;
import io.warpengine.kernel.engine.EngineServices;
import io.warpengine.spi.Operation;
import io.warpengine.spi.OperationHandler;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What the plugins of an open database give to its users. Filled while the database opens, by one
 * thread; only read afterwards.
 */
final class Services implements EngineServices {

  private record Command(Operation operation, OperationHandler handler) {}

  private final Map<Class<?>, Object> extensions = new HashMap<>();
  private final SortedMap<String, Command> commands = new TreeMap<>();
  private final Consumer<List<Runnable>> closing;

  Services(Consumer<List<Runnable>> closing) {
    this.closing = closing;
  }

  void extension(Class<?> api, Object implementation) {
    extensions.put(api, implementation);
  }

  void operation(Operation operation, OperationHandler handler) {
    commands.put(operation.name(), new Command(operation, handler));
  }

  @Override
  public <T> Optional<T> extension(Class<T> api) {
    return Optional.ofNullable(extensions.get(api)).map(api::cast);
  }

  @Override
  public List<Operation> operations() {
    return commands.values().stream().map(Command::operation).toList();
  }

  @Override
  public Tree call(String name, Map<String, Object> arguments, Consumer<Tree> rows) {
    Command command = commands.get(name);
    if (command == null) {
      throw unknown(name, commands.keySet());
    }
    return command.handler().run(Arguments.of(command.operation(), arguments, rows));
  }

  @Override
  public void close(List<Runnable> late) {
    closing.accept(late);
  }

  static WarpException unknown(String name, java.util.Collection<String> known) {
    return new WarpException(
        CoreError.OPERATION_UNKNOWN,
        "No loaded plugin declares the operation [" + name + "] for this use.",
        Suggestion.question(
            name,
            known,
            known.isEmpty() ? "There is none." : "There is [" + String.join(", ", known) + "]."));
  }
}
