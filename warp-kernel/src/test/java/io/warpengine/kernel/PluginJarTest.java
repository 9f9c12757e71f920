package io.warpengine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.warpengine.api.Bytes;
import io.warpengine.api.CoreError;
import io.warpengine.api.MissingPlugins;
import io.warpengine.api.Problem;
import io.warpengine.api.Tree;
import io.warpengine.api.Warp;
import io.warpengine.api.WarpBuilder;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WarpException;
import io.warpengine.api.WarpPlan;
import io.warpengine.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database composed from a real jar in a plugin directory, through the public API alone. */
final class PluginJarTest {

  @TempDir Path folder;

  @Test
  void everythingThatAPluginDeclaresWorksFromItsOwnLayer() throws IOException {
    complete().jar(folder.resolve("plugins/alpha/alpha.jar"));
    Path config = Files.writeString(folder.resolve("warp.toml"), "[warp.alpha]\nword = \"yes\"\n");
    WarpBuilder builder = builder().configFile(config);
    WarpPlan plan = builder.plan();
    assertThat(plan.problems()).isEmpty();
    assertThat(plan.plugins().getFirst().provides())
        .containsExactly("extension:java.util.function.Supplier", "operation:alpha say");
    try (WarpDatabase database = builder.open()) {
      assertThat(database.extension(java.util.function.Supplier.class).get()).isEqualTo("yes");
      assertThat(database.call("alpha say", Map.of("loud", "true"), row -> {}))
          .isEqualTo(Tree.of("YES"));
      assertThat(database.get(Bytes.utf8("started")))
          .contains(Bytes.utf8("test.alpha.internal.Talker"));
    }
    assertThat(System.getProperty("guice_bytecode_gen_option")).isNull();
  }

  @Test
  void aModuleThatDoesNotOpenItsPackageIsToldHow() {
    complete().closed().jar(folder.resolve("plugins/alpha/alpha.jar"));
    assertThat(builder().plan().problems())
        .extracting(Problem::what)
        .contains(
            "The class [test.alpha.internal.Talker] is not open to the kernel: its module must say"
                + " [opens test.alpha.internal to io.warpengine.kernel].",
            "The config record [test.alpha.internal.Settings] is not open to the kernel: its module"
                + " must say [opens test.alpha.internal to io.warpengine.kernel].");
  }

  @Test
  void aJarThatThrowsInConfigureIsNamedTogetherWithAllOtherProblems() throws IOException {
    PluginSource.plugin("alpha", "throw new IllegalStateException(\"no\");")
        .jar(folder.resolve("plugins/alpha/alpha.jar"));
    Files.createDirectories(folder.resolve("plugins/beta"));
    WarpBuilder builder = builder().set("warp.shards", "0");
    WarpException refusal = catchThrowableOfType(WarpException.class, builder::open);
    assertThat(refusal.code()).isEqualTo(CoreError.PLUGINS_INVALID);
    assertThat(refusal.problems())
        .extracting(Problem::code)
        .containsExactlyInAnyOrder(
            CoreError.PLUGIN_CONFIGURE_FAILED,
            CoreError.PLUGIN_UNREADABLE,
            CoreError.CONFIG_OUT_OF_RANGE);
    assertThat(builder.plan().plugins()).hasSize(2);
  }

  @Test
  void aSelectionLeavesAPluginAndItsConfigurationOut() {
    complete().jar(folder.resolve("plugins/alpha/alpha.jar"));
    try (WarpDatabase database = builder().plugins().open()) {
      assertThat(database.operations()).isEmpty();
    }
    assertThat(builder().plugins().set("warp.alpha.word", "x").plan().problems())
        .extracting(Problem::code)
        .containsExactly(CoreError.CONFIG_UNKNOWN_KEY);
    try (WarpDatabase database = builder().plugins("alpha").open()) {
      assertThat(database.operations()).hasSize(1);
    }
  }

  @Test
  void aDatabaseIsOpenedReadOnlyOrWithoutAJarThroughTheBuilder() {
    PluginSource.plugin("alpha", "binder.storage(\"shelf\", Shelf.class);")
        .type(
            "Shelf",
            """
            final class Shelf implements io.warpengine.spi.store.Storage {
              @jakarta.inject.Inject Shelf() {}
              @Override public io.warpengine.spi.store.ShardStore newShard(int shard) {
                return (io.warpengine.spi.store.ShardStore)
                    java.lang.reflect.Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {io.warpengine.spi.store.ShardStore.class},
                        (proxy, method, arguments) ->
                            switch (method.getReturnType().getName()) {
                              case "long" -> 0L;
                              case "int" -> 0;
                              default -> null;
                            });
              }
              @Override public int formatVersion() { return 4; }
            }
            """)
        .jar(folder.resolve("plugins/alpha/alpha.jar"));
    Path data = folder.resolve("data");
    builder().directory(data).open().close();
    try (WarpDatabase database = builder().directory(data).readOnly(true).open()) {
      assertThat(database.readOnly()).isTrue();
    }
    WarpBuilder without = builder().directory(data).plugins();
    assertThat(catchThrowableOfType(WarpException.class, without::open).code())
        .isEqualTo(CoreError.OWNER_MISSING);
    try (WarpDatabase database =
        without.missingPlugins(MissingPlugins.IGNORE).clock(new ManualClock()).open()) {
      assertThat(database.readOnly()).isFalse();
    }
  }

  private WarpBuilder builder() {
    return Warp.builder().environment(Map.of()).pluginDirectory(folder.resolve("plugins"));
  }

  private static PluginSource complete() {
    return PluginSource.plugin(
            "alpha",
            """
            binder.config(Settings.class);
            binder.extension(java.util.function.Supplier.class, Talker.class);
            binder.operation(
                new io.warpengine.spi.Operation(
                    "alpha say",
                    "Says it.",
                    java.util.List.of(
                        io.warpengine.spi.Operation.Argument.optional(
                            "loud", io.warpengine.spi.Operation.Type.FLAG, "Whether loud.", "false")),
                    io.warpengine.spi.Operation.Mode.ONLINE),
                Say.class);
            """)
        .type(
            "Settings",
            """
            @io.warpengine.spi.config.ConfigSection("warp.alpha")
            record Settings(
                @io.warpengine.spi.config.ConfigKey(defaultValue = "no", description = "A word.")
                String word) {}
            """)
        .type(
            "Talker",
            """
            final class Talker
                implements java.util.function.Supplier<String>, io.warpengine.spi.Startable {
              private final Settings settings;
              private final jakarta.inject.Provider<io.warpengine.api.WarpDatabase> database;
              @jakarta.inject.Inject
              Talker(
                  Settings settings,
                  jakarta.inject.Provider<io.warpengine.api.WarpDatabase> database) {
                this.settings = settings;
                this.database = database;
              }
              @Override public String get() { return settings.word(); }
              @Override public void start() {
                database.get().put(
                    io.warpengine.api.Bytes.utf8("started"),
                    io.warpengine.api.Bytes.utf8(getClass().getName()));
              }
            }
            """)
        .type(
            "Say",
            """
            final class Say implements io.warpengine.spi.OperationHandler {
              private final Talker talker;
              @jakarta.inject.Inject Say(Talker talker) { this.talker = talker; }
              @Override public io.warpengine.api.Tree run(io.warpengine.spi.OperationCall call) {
                return io.warpengine.api.Tree.of(
                    call.flag("loud")
                        ? talker.get().toUpperCase(java.util.Locale.ROOT) : talker.get());
              }
            }
            """);
  }
}
