package io.warpengine.kernel.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

import io.warpengine.api.ConfigSetting;
import io.warpengine.api.CoreError;
import io.warpengine.api.PluginInfo;
import io.warpengine.api.Problem;
import io.warpengine.api.Tree;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WarpException;
import io.warpengine.kernel.wiring.PortChoiceTest.Cache;
import io.warpengine.kernel.wiring.PortChoiceTest.DiskCache;
import io.warpengine.spi.Operation;
import io.warpengine.spi.OperationCall;
import io.warpengine.spi.OperationHandler;
import io.warpengine.spi.PluginBinder;
import io.warpengine.spi.config.ConfigKey;
import io.warpengine.spi.config.ConfigSection;
import io.warpengine.spi.control.ControlPlane;
import io.warpengine.spi.store.CacheTier;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PlannerTest {

  @ConfigSection("warp.alpha")
  record AlphaConfig(@ConfigKey(defaultValue = "1", description = "A level.") int level) {}

  interface Unknown {}

  static final class NeedsUnknown {
    @Inject
    NeedsUnknown(Unknown unknown, List<String> names, WarpDatabase database) {}
  }

  static final class NoConstructor {}

  static final class TwoConstructors {
    @Inject
    TwoConstructors() {}

    @Inject
    TwoConstructors(ControlPlane control) {}
  }

  abstract static class Abstract {
    @Inject
    Abstract() {}
  }

  static class FieldInjected {
    @Inject @Nullable Unknown unknown;

    @Inject
    FieldInjected() {}
  }

  static final class InheritsFieldInjected extends FieldInjected {
    @Inject
    InheritsFieldInjected() {}
  }

  static final class CircleA {
    @Inject
    CircleA(CircleB other) {}
  }

  static final class CircleB {
    @Inject
    CircleB(CircleC other) {}
  }

  static final class CircleC {
    @Inject
    CircleC(CircleA other) {}
  }

  static final class LaterA {
    @Inject
    LaterA(Provider<LaterB> other) {}
  }

  static final class LaterB {
    @Inject
    LaterB(LaterA other) {}
  }

  static final class OfflineHandler implements OperationHandler {
    @Inject
    OfflineHandler(ControlPlane control, Provider<WarpDatabase> database) {}

    @Override
    public Tree run(OperationCall call) {
      return Tree.map();
    }
  }

  @Test
  void aPlanWithoutPluginsHasTheKernelsOwnPorts() {
    CompositionPlan plan = new Compose().plan();
    assertThat(plan.problems()).isEmpty();
    assertThat(plan.plugins()).isEmpty();
    assertThat(plan.operations()).isEmpty();
    assertThat(plan.ports())
        .hasToString(
            "{cache=none (kernel), journal=none (kernel), placement=hash (kernel), storage=heap"
                + " (kernel)}");
  }

  @Test
  void everyKeyOfTheKernelHasItsDefault() {
    assertThat(new Compose().plan().settings())
        .allMatch(setting -> setting.plugin().equals("kernel") && !setting.description().isBlank())
        .extracting(ConfigSetting::key, ConfigSetting::type, ConfigSetting::defaultValue)
        .containsExactly(
            tuple("warp.access.observe", "boolean", "true"),
            tuple("warp.async.max-bytes", "size", "64MiB"),
            tuple("warp.cache", "text", ""),
            tuple("warp.journal", "text", ""),
            tuple("warp.max-batch-bytes", "size", "64MiB"),
            tuple("warp.max-value-bytes", "size", "16MiB"),
            tuple("warp.open.missing-plugins", "refuse|read-only|ignore", "refuse"),
            tuple("warp.open.timeout", "duration", "30s"),
            tuple("warp.placement", "text", ""),
            tuple("warp.shards", "integer", "24"),
            tuple("warp.snapshot.max-age", "duration", "1h"),
            tuple("warp.snapshot.max-bytes", "size", "256MiB"),
            tuple("warp.storage", "text", ""));
  }

  @Test
  void everyKeyOfTheKernelHasItsLimits() {
    assertThat(
            new Compose()
                .set("warp.shards", "4097")
                .set("warp.max-value-bytes", "513MiB")
                .set("warp.max-batch-bytes", "0")
                .set("warp.async.max-bytes", "1")
                .set("warp.open.timeout", "0s")
                .plan()
                .problems())
        .extracting(Problem::code)
        .containsOnly(CoreError.CONFIG_OUT_OF_RANGE)
        .hasSize(5);
    assertThat(
            new Compose()
                .set("warp.shards", "4096")
                .set("warp.max-value-bytes", "512MiB")
                .plan()
                .problems())
        .isEmpty();
  }

  @Test
  void aPlanShowsWhatEachPluginGives() {
    CompositionPlan plan =
        new Compose()
            .plugin(
                "alpha",
                binder -> {
                  binder.config(AlphaConfig.class);
                  binder.cache("alpha", Cache.class);
                  binder.operation(operation("alpha"), OfflineHandler2.class);
                })
            .set("warp.alpha.level", "7")
            .plan();
    assertThat(plan.problems()).isEmpty();
    assertThat(plan.plugins())
        .containsExactly(
            new PluginInfo(
                "alpha",
                "1",
                "Tests alpha.",
                "test alpha",
                List.of("cache:alpha", "operation:alpha"),
                List.of()));
    assertThat(plan.ports()).containsEntry("cache", "alpha (alpha)");
    assertThat(plan.operations()).extracting(Operation::name).containsExactly("alpha");
    assertThat(plan.settings())
        .filteredOn(setting -> setting.plugin().equals("alpha"))
        .extracting(ConfigSetting::key, ConfigSetting::value, ConfigSetting::source)
        .containsExactly(tuple("warp.alpha.level", "7", "builder"));
  }

  static final class OfflineHandler2 implements OperationHandler {
    @Inject
    OfflineHandler2() {}

    @Override
    public Tree run(OperationCall call) {
      return Tree.map();
    }
  }

  @Test
  void aPluginThatThrowsInConfigureIsNamedAndTheOthersAreStillJudged() {
    CompositionPlan plan =
        new Compose()
            .plugin(
                "alpha",
                binder -> {
                  throw new IllegalStateException("no");
                })
            .plugin("beta", binder -> binder.component(NoConstructor.class))
            .set("warp.alpha.level", "1")
            .set("warp.shrds", "1")
            .plan();
    assertThat(plan.problems())
        .extracting(Problem::code, Problem::where, Problem::what)
        .containsExactlyInAnyOrder(
            tuple(
                CoreError.PLUGIN_CONFIGURE_FAILED,
                "test alpha",
                "The plugin [alpha] failed in configure: java.lang.IllegalStateException: no."),
            tuple(
                CoreError.WIRING_FAILED,
                "test beta",
                "The class ["
                    + NoConstructor.class.getName()
                    + "] has no constructor with the annotation [@Inject]."),
            tuple(CoreError.CONFIG_UNKNOWN_KEY, "builder", "There is no key [warp.shrds]."));
    assertThat(plan.plugins().getFirst().problems()).hasSize(1);
    WarpException refusal = catchThrowableOfType(WarpException.class, plan::open);
    assertThat(refusal.code()).isEqualTo(CoreError.PLUGINS_INVALID);
    assertThat(refusal.problems()).hasSize(3);
    assertThat(refusal).hasCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void problemsOfConfigurationAloneHaveTheirOwnCodeAndOneAloneItsOwn() {
    Compose two = new Compose().set("warp.shrds", "1").set("warp.shards", "x");
    assertThat(catchThrowableOfType(WarpException.class, two::open).code())
        .isEqualTo(CoreError.CONFIG_INVALID);
    Compose one = new Compose().set("warp.shrds", "1");
    assertThat(catchThrowableOfType(WarpException.class, one::open).code())
        .isEqualTo(CoreError.CONFIG_UNKNOWN_KEY);
  }

  @Test
  void whatIsMissingIsSaidInTheWordsOfThePlugin() {
    String type = NeedsUnknown.class.getName();
    assertThat(problems(binder -> binder.component(NeedsUnknown.class)))
        .extracting(Problem::what, Problem::help)
        .containsExactly(
            tuple(
                "The constructor of ["
                    + type
                    + "] of the plugin [alpha] asks for ["
                    + Unknown.class.getName()
                    + "], which nobody provides.",
                "Declare it in the plugin's configure, or ask for what the kernel gives:"
                    + " [ControlPlane, Disk, Manifest, Metrics, Provider<WarpDatabase>,"
                    + " WarpClock]."),
            tuple(
                "The constructor of ["
                    + type
                    + "] of the plugin [alpha] asks for"
                    + " [java.util.List<java.lang.String>], which nobody provides.",
                "Declare it in the plugin's configure, or ask for what the kernel gives:"
                    + " [ControlPlane, Disk, Manifest, Metrics, Provider<WarpDatabase>,"
                    + " WarpClock]."),
            tuple(
                "The constructor of ["
                    + type
                    + "] of the plugin [alpha] asks for"
                    + " [io.warpengine.api.WarpDatabase], which nobody provides.",
                "Ask for [Provider<WarpDatabase>]: the database is there only after the start."));
  }

  @Test
  void classesOfWhichThereCanBeNoObjectAreNamed() {
    assertThat(
            problems(binder -> {
              binder.component(Abstract.class);
              binder.component(Unknown.class);
              binder.component(TwoConstructors.class);
              binder.component(InheritsFieldInjected.class);
            }))
        .extracting(Problem::what)
        .containsExactly(
            "The class ["
                + Abstract.class.getName()
                + "] is not a class of which there can be objects.",
            "The class ["
                + Unknown.class.getName()
                + "] is not a class of which there can be objects.",
            "The class ["
                + TwoConstructors.class.getName()
                + "] has several constructors with the annotation [@Inject].",
            "The class ["
                + InheritsFieldInjected.class.getName()
                + "] has [@Inject] on a field or method, and only its constructor is called.");
  }

  @Test
  void aCircleOfConstructorsIsNamedOnceAndAProviderBreaksIt() {
    assertThat(
            problems(binder -> {
              binder.component(CircleA.class);
              binder.component(CircleB.class);
              binder.component(CircleC.class);
            }))
        .extracting(Problem::what)
        .containsExactly(
            "Constructors of the plugin [alpha] ask for each other in a circle: ["
                + CircleA.class.getName()
                + " -> "
                + CircleB.class.getName()
                + " -> "
                + CircleC.class.getName()
                + " -> "
                + CircleA.class.getName()
                + "].");
    assertThat(
            problems(binder -> {
              binder.component(LaterA.class);
              binder.component(LaterB.class);
            }))
        .isEmpty();
  }

  @Test
  void anOfflineOperationCannotAskForWhatOnlyAnOpenDatabaseHas() {
    assertThat(
            problems(binder ->
                binder.operation(
                    new Operation("alpha look", "Looks.", List.of(), Operation.Mode.OFFLINE),
                    OfflineHandler.class)))
        .extracting(Problem::help)
        .containsExactly(
            "Declare it in the plugin's configure, or ask for what the kernel gives: [Disk,"
                + " Manifest, Metrics, WarpClock].",
            "An offline operation runs without a database.");
  }

  @Test
  void whatABinderCannotTakeIsAProblemOfConfigure() {
    assertThat(
            problems(binder -> {
              binder.operation(operation("alpha x"), OfflineHandler2.class);
              binder.operation(operation("alpha x"), OfflineHandler2.class);
            }))
        .extracting(Problem::what)
        .singleElement()
        .asString()
        .endsWith("declares the operation [alpha x] twice.");
    assertThat(problems(binder -> binder.operation(operation("beta x"), OfflineHandler2.class)))
        .extracting(Problem::what)
        .singleElement()
        .asString()
        .endsWith("declares the operation [beta x], whose first word is not [alpha].");
    assertThat(
            problems(binder ->
                binder.operation(
                    new Operation(
                        "alpha x",
                        "",
                        List.of(
                            Operation.Argument.optional("n", Operation.Type.INTEGER, "", "many")),
                        Operation.Mode.ONLINE),
                    OfflineHandler2.class)))
        .extracting(Problem::what)
        .singleElement()
        .asString()
        .endsWith("declares the operation [alpha x], which has a default on [n] of another type.");
    assertThat(
            problems(binder ->
                binder.operation(
                    new Operation(
                        "alpha x",
                        "",
                        List.of(
                            Operation.Argument.required("n", Operation.Type.TEXT, ""),
                            Operation.Argument.required("n", Operation.Type.TEXT, "")),
                        Operation.Mode.ONLINE),
                    OfflineHandler2.class)))
        .extracting(Problem::what)
        .singleElement()
        .asString()
        .endsWith("declares the operation [alpha x], which has the argument [n] twice.");
    assertThat(problems(binder -> binder.cache("none", Cache.class)))
        .extracting(Problem::what)
        .singleElement()
        .asString()
        .endsWith("declares the cache [none], a name that it cannot take.");
    assertThat(
            problems(binder -> {
              binder.extension(CacheTier.class, Cache.class);
              binder.extension(CacheTier.class, DiskCache.class);
            }))
        .extracting(Problem::code)
        .containsExactly(CoreError.PLUGIN_CONFIGURE_FAILED);
  }

  @Test
  void nothingCanBeDeclaredAfterConfigure() {
    AtomicReference<PluginBinder> kept = new AtomicReference<>();
    new Compose().plugin("alpha", kept::set).plan();
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> kept.get().component(NoConstructor.class))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The plugin [alpha] declares something after its configure has returned.");
  }

  @Test
  void twoPluginsCannotProvideTheSameExtension() {
    assertThat(
            new Compose()
                .plugin("alpha", binder -> binder.extension(CacheTier.class, Cache.class))
                .plugin("beta", binder -> binder.extension(CacheTier.class, Cache.class))
                .plan()
                .problems())
        .extracting(Problem::code, Problem::what)
        .containsExactly(
            tuple(
                CoreError.PLUGIN_DUPLICATE,
                "The plugins [alpha] and [beta] both provide"
                    + " [io.warpengine.spi.store.CacheTier]."));
  }

  private static Operation operation(String name) {
    return new Operation(name, "Does.", List.of(), Operation.Mode.ONLINE);
  }

  private static List<Problem> problems(java.util.function.Consumer<PluginBinder> configure) {
    return new Compose().plugin("alpha", configure).plan().problems();
  }
}
