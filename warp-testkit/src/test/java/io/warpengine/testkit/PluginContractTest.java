package io.warpengine.testkit;

import io.warpengine.api.Tree;
import io.warpengine.spi.Operation;
import io.warpengine.spi.OperationCall;
import io.warpengine.spi.OperationHandler;
import io.warpengine.spi.PluginBinder;
import io.warpengine.spi.WarpPlugin;
import io.warpengine.spi.config.ByteSize;
import io.warpengine.spi.config.ConfigKey;
import io.warpengine.spi.config.ConfigSection;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Whole plugins are held to the contract in their own modules; here bugs are planted. */
class PluginContractTest {

  /** A good section. */
  @ConfigSection("warp.sample")
  record Good(
      @ConfigKey(defaultValue = "5", description = "A number.") int number,
      @ConfigKey(defaultValue = "0.5", min = "0", max = "1", description = "A share.") double share,
      @ConfigKey(defaultValue = "true", description = "A flag.") boolean flag,
      @ConfigKey(defaultValue = "30s", description = "A time.") Duration time,
      @ConfigKey(defaultValue = "64KiB", description = "A size.") ByteSize size,
      @ConfigKey(defaultValue = "text", description = "A type.") Operation.Type type,
      @ConfigKey(defaultValue = "", description = "A text.") String text) {}

  /** A default that does not parse. */
  @ConfigSection("warp.sample")
  record BadDefault(@ConfigKey(defaultValue = "soon", description = "A time.") Duration time) {}

  /** A section of somebody else. */
  @ConfigSection("warp.other")
  record BadSection(@ConfigKey(defaultValue = "1", description = "A number.") long number) {}

  /** A component that can be made. */
  static final class Handler implements OperationHandler {
    @Inject
    Handler() {}

    @Override
    public Tree run(OperationCall call) {
      return Tree.map();
    }
  }

  /** A component that cannot. */
  static final class NotInjectable {}

  /** A plugin put together by a test. */
  public static final class Sample implements WarpPlugin {
    private final String id;
    private final Consumer<PluginBinder> declarations;

    /** A good one. */
    public Sample() {
      this(
          "sample",
          binder -> {
            binder.config(Good.class);
            binder.component(Handler.class);
            binder.operation(operation("sample go", "5"), Handler.class);
          });
    }

    Sample(String id, Consumer<PluginBinder> declarations) {
      this.id = id;
      this.declarations = declarations;
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public String summary() {
      return "Shows what a plugin is.";
    }

    @Override
    public void configure(PluginBinder binder) {
      declarations.accept(binder);
    }
  }

  private static Operation operation(String name, String count) {
    return new Operation(
        name,
        "Goes.",
        List.of(
            Operation.Argument.required("where", Operation.Type.TEXT, "A place."),
            Operation.Argument.optional("count", Operation.Type.INTEGER, "A number.", count)),
        Operation.Mode.ONLINE);
  }

  /** The contract over whatever is planted. */
  static final class Planted extends PluginContract {
    static WarpPlugin plugin = new Sample();

    @Override
    protected WarpPlugin newPlugin() {
      return plugin;
    }

    @Override
    protected Set<Capability> capabilities() {
      return Set.of();
    }
  }

  private static void plant(String id, Consumer<PluginBinder> declarations) {
    Planted.plugin = new Sample(id, declarations);
  }

  @Test
  void goodPluginPasses() {
    Planted.plugin = new Sample();
    for (String test :
        List.of(
            "idAndSummaryHaveTheirForm",
            "pluginIsAPublicClassWithAPublicConstructor",
            "configuringAgainDeclaresTheSame",
            "declaredClassesCanBeMade",
            "everyConfigKeyIsDescribedAndHasADefaultThatParses",
            "everyOperationIsDocumented")) {
      PlantedBugs.assertPasses(Planted.class, test);
    }
  }

  @Test
  void plantedBugsAreCaught() {
    plant("My Sample", binder -> binder.config(Good.class));
    caught("idAndSummaryHaveTheirForm", "an id with a space");
    AtomicInteger calls = new AtomicInteger();
    plant(
        "sample",
        binder -> {
          if (calls.getAndIncrement() == 0) {
            binder.config(Good.class);
          }
        });
    caught("configuringAgainDeclaresTheSame", "a side effect");
    plant("sample", binder -> binder.component(NotInjectable.class));
    caught("declaredClassesCanBeMade", "no constructor to inject");
    plant("sample", binder -> binder.config(BadDefault.class));
    caught("everyConfigKeyIsDescribedAndHasADefaultThatParses", "a default that does not parse");
    plant("sample", binder -> binder.config(BadSection.class));
    caught("everyConfigKeyIsDescribedAndHasADefaultThatParses", "another's section");
    plant("sample", binder -> binder.operation(operation("other go", "5"), Handler.class));
    caught("everyOperationIsDocumented", "another's operation");
    plant("sample", binder -> binder.operation(operation("sample go", "many"), Handler.class));
    caught("everyOperationIsDocumented", "a default that is no number");
  }

  private static void caught(String test, String bug) {
    PlantedBugs.assertCaught(Planted.class, test, bug);
  }
}
