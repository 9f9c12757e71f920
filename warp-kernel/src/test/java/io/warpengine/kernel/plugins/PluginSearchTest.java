package io.warpengine.kernel.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.warpengine.api.CoreError;
import io.warpengine.api.Problem;
import io.warpengine.kernel.PluginSource;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Finding and loading with real jars, compiled while the test runs. */
final class PluginSearchTest {

  @TempDir Path plugins;

  @Test
  void aGoodPluginIsLoadedFromItsFolder() {
    PluginSource.plugin("alpha", "").jar(plugins.resolve("alpha/alpha.jar"));
    PluginSearch search = search();
    assertThat(search.problems()).isEmpty();
    PluginCandidate alpha = only(search);
    assertThat(alpha.problems()).isEmpty();
    assertThat(alpha.id()).isEqualTo("alpha");
    assertThat(alpha.version()).isEqualTo("1.2.3");
    assertThat(alpha.source()).isEqualTo(plugins.resolve("alpha").toString());
    assertThat(alpha.plugin().orElseThrow().getClass().getModule().getName())
        .isEqualTo("test.alpha");
    assertThat(alpha.plugin().get().getClass().getModule().getLayer())
        .isNotSameAs(ModuleLayer.boot());
  }

  @Test
  void aLoneJarIsAFolderOfOneAndMayHaveAnyName() {
    Path jar = PluginSource.plugin("alpha", "").jar(plugins.resolve("plugin-alpha-0.1.0.jar"));
    PluginCandidate alpha = only(search());
    assertThat(alpha.problems()).isEmpty();
    assertThat(alpha.id()).isEqualTo("alpha");
    assertThat(alpha.source()).isEqualTo(jar.toString());
  }

  @Test
  void otherFilesAndHiddenFoldersAreLeftAlone() throws IOException {
    Files.writeString(plugins.resolve("README.txt"), "Plugins live here.");
    Files.createDirectories(plugins.resolve(".git"));
    assertThat(search().candidates()).isEmpty();
    assertThat(search().problems()).isEmpty();
  }

  @Test
  void allProblemsOfAllJarsAreReportedTogether() throws IOException {
    Files.createDirectories(plugins.resolve("empty"));
    Files.createDirectories(plugins.resolve("corrupt"));
    Files.writeString(plugins.resolve("corrupt/corrupt.jar"), "This is not a jar.");
    PluginSource.module("test.library").jar(plugins.resolve("library/library.jar"));
    PluginSource.plugin("alpha", "").jar(plugins.resolve("renamed/alpha.jar"));
    PluginSource.plugin("old", "").apiVersion("0.0.4").jar(plugins.resolve("old/old.jar"));
    PluginSource.plugin("mute", "").withoutApiVersion().jar(plugins.resolve("mute/mute.jar"));
    PluginSource.plugin("good", "").jar(plugins.resolve("good/good.jar"));
    PluginSearch search = search();
    assertThat(search.problems()).isEmpty();
    assertThat(problems(search))
        .extracting(Problem::code)
        .containsExactlyInAnyOrder(
            CoreError.PLUGIN_UNREADABLE,
            CoreError.PLUGIN_UNREADABLE,
            CoreError.PLUGIN_UNREADABLE,
            CoreError.PLUGIN_UNREADABLE,
            CoreError.PLUGIN_API_MISMATCH,
            CoreError.PLUGIN_API_MISMATCH);
    assertThat(problem(search, "empty").what()).isEqualTo("The folder holds no jar.");
    assertThat(problem(search, "corrupt").where())
        .isEqualTo(plugins.resolve("corrupt/corrupt.jar").toString());
    assertThat(problem(search, "corrupt").what()).startsWith("The jar cannot be read (");
    assertThat(problem(search, "library").what())
        .isEqualTo("No jar here provides [io.warpengine.spi.WarpPlugin].");
    assertThat(problem(search, "renamed").what())
        .isEqualTo("The folder is called [renamed] and its plugin [alpha].");
    assertThat(problem(search, "renamed").help()).isEqualTo("Rename the folder to [alpha].");
    assertThat(problem(search, "old").what())
        .isEqualTo("The jar was compiled against API [0.0.4].");
    assertThat(problem(search, "old").where()).isEqualTo(plugins.resolve("old/old.jar").toString());
    assertThat(problem(search, "mute").what())
        .isEqualTo("The jar does not say against which API it was compiled.");
    assertThat(
            search.candidates().stream()
                .filter(candidate -> candidate.plugin().isPresent())
                .map(PluginCandidate::id))
        .containsExactly("good");
  }

  @Test
  void theSameIdOrModuleTwiceIsNamedWithBothPlaces() {
    PluginSource.plugin("alpha", "").jar(plugins.resolve("a.jar"));
    PluginSource.plugin("alpha", "").jar(plugins.resolve("b.jar"));
    PluginSource.plugin("test.other", "beta", "").jar(plugins.resolve("c.jar"));
    PluginSource.plugin("test.another", "beta", "").jar(plugins.resolve("d.jar"));
    PluginSource.plugin("gamma", "").jar(plugins.resolve("gamma/one.jar"));
    PluginSource.plugin("gamma", "").jar(plugins.resolve("gamma/two.jar"));
    assertThat(problems(search()))
        .allSatisfy(problem -> assertThat(problem.code()).isEqualTo(CoreError.PLUGIN_DUPLICATE))
        .extracting(Problem::what)
        .containsExactlyInAnyOrder(
            "The plugin module [test.alpha] is also in [" + plugins.resolve("a.jar") + "].",
            "The plugin [beta] is there twice, also from [" + plugins.resolve("c.jar") + "].",
            "The module [test.gamma] is also in [one.jar].");
  }

  @Test
  void twoPluginsInOneFolderAreRefused() {
    PluginSource.plugin("alpha", "").jar(plugins.resolve("alpha/alpha.jar"));
    PluginSource.plugin("beta", "").jar(plugins.resolve("alpha/beta.jar"));
    assertThat(problems(search()))
        .extracting(Problem::what)
        .containsExactly("The folder holds the plugins [test.alpha] and [test.beta].");
  }

  @Test
  void aCircleOfPluginsIsNamed() {
    Path beta = PluginSource.plugin("beta", "").jar(plugins.resolve("tmp/beta.jar"));
    Path alpha = PluginSource.plugin("alpha", "").jar(plugins.resolve("tmp/alpha.jar"));
    PluginSource.plugin("alpha", "")
        .requires("static test.beta")
        .against(beta)
        .jar(plugins.resolve("alpha/alpha.jar"));
    PluginSource.plugin("beta", "")
        .requires("test.alpha")
        .against(alpha)
        .jar(plugins.resolve("beta/beta.jar"));
    delete(plugins.resolve("tmp"));
    PluginSearch search = search();
    assertThat(problems(search))
        .hasSize(2)
        .allSatisfy(problem -> {
          assertThat(problem.code()).isEqualTo(CoreError.PLUGIN_CYCLE);
          assertThat(problem.what())
              .isEqualTo("The plugins require each other in a circle: [alpha -> beta -> alpha].");
        });
    assertThat(search.candidates()).allMatch(candidate -> candidate.plugin().isEmpty());
  }

  @Test
  void aMissingRequirementNamesTheJarThatBringsIt() {
    Path quantum =
        PluginSource.plugin("io.warpengine.quantum", "quantum", "")
            .jar(plugins.resolve("tmp/quantum.jar"));
    Path library = PluginSource.module("test.library").jar(plugins.resolve("tmp/library.jar"));
    PluginSource.plugin("alpha", "")
        .requires("io.warpengine.quantum")
        .requires("test.library")
        .against(quantum, library)
        .jar(plugins.resolve("alpha/alpha.jar"));
    delete(plugins.resolve("tmp"));
    assertThat(problems(search()))
        .extracting(Problem::code, Problem::what, Problem::help)
        .containsExactlyInAnyOrder(
            tuple(
                CoreError.PLUGIN_MISSING,
                "The module [test.alpha] requires the module [io.warpengine.quantum], which is not"
                    + " there.",
                "Put [plugin-quantum-1.2.3.jar] into the folder [quantum]."),
            tuple(
                CoreError.PLUGIN_MISSING,
                "The module [test.alpha] requires the module [test.library], which is not there.",
                "Put the jar of that module into [" + plugins.resolve("alpha") + "]."));
  }

  @Test
  void anOptionalRequirementMayBeMissingAndComesFirstIfItIsThere() {
    Path zeta =
        PluginSource.plugin("zeta", "")
            .type("face", "Face", "public interface Face {}")
            .exports("face")
            .jar(plugins.resolve("zeta/zeta.jar"));
    PluginSource.plugin("alpha", "")
        .requires("static test.zeta")
        .against(zeta)
        .type("User", "final class User implements test.zeta.face.Face {}")
        .jar(plugins.resolve("alpha/alpha.jar"));
    PluginSearch both = search();
    assertThat(problems(both)).isEmpty();
    assertThat(both.candidates()).extracting(PluginCandidate::id).containsExactly("zeta", "alpha");
    ClassLoader loader =
        both.candidates().get(1).plugin().orElseThrow().getClass().getClassLoader();
    assertThat(load(loader, "test.alpha.internal.User").getInterfaces()[0].getClassLoader())
        .isSameAs(both.candidates().get(0).plugin().orElseThrow().getClass().getClassLoader());
    delete(plugins.resolve("zeta"));
    assertThat(problems(search())).isEmpty();
    assertThat(search().candidates()).extracting(PluginCandidate::id).containsExactly("alpha");
  }

  @Test
  void eachPluginUsesItsOwnVersionOfALibraryAndNoPlatformModuleOfItsOwn() {
    for (String id : List.of("alpha", "beta")) {
      Path library =
          PluginSource.module("test.library")
              .type(
                  "face",
                  "Version",
                  "public final class Version { public static final String ID = \""
                      + id
                      + "\".trim(); }")
              .exports("face")
              .jar(plugins.resolve(id + "/library.jar"));
      PluginSource.module("org.slf4j")
          .type("stale", "Stale", "final class Stale {}")
          .jar(plugins.resolve(id + "/slf4j.jar"));
      PluginSource.plugin(id, "throw new IllegalStateException(test.library.face.Version.ID);")
          .requires("test.library")
          .requires("org.slf4j")
          .against(library, PluginSource.location(org.slf4j.Logger.class))
          .jar(plugins.resolve(id + "/" + id + ".jar"));
    }
    PluginSearch search = search();
    assertThat(problems(search)).isEmpty();
    for (PluginCandidate candidate : search.candidates()) {
      ClassLoader loader = candidate.plugin().orElseThrow().getClass().getClassLoader();
      Class<?> version = load(loader, "test.library.face.Version");
      assertThat(version.getClassLoader()).isSameAs(loader);
      assertThat(constant(version)).isEqualTo(candidate.id());
      assertThat(candidate.plugin().get().getClass().getModule().getLayer().modules())
          .extracting(Module::getName)
          .containsExactlyInAnyOrder("test.library", "test." + candidate.id());
    }
  }

  @Test
  void aPluginThatThrowsWhenMadeOrHasNoIdIsNamed() {
    PluginSource.plugin("alpha", "")
        .type(
            "ThePlugin",
            """
            public final class ThePlugin implements io.warpengine.spi.WarpPlugin {
              public ThePlugin() { throw new IllegalStateException("no"); }
              @Override public String id() { return "alpha"; }
              @Override public String summary() { return ""; }
              @Override public void configure(io.warpengine.spi.PluginBinder binder) {}
            }
            """)
        .jar(plugins.resolve("alpha/alpha.jar"));
    PluginSource.plugin("test.beta", "Beta!", "").jar(plugins.resolve("beta/beta.jar"));
    PluginSearch search = search();
    assertThat(problem(search, "alpha").code()).isEqualTo(CoreError.PLUGIN_CONFIGURE_FAILED);
    assertThat(problem(search, "alpha").what())
        .contains("The plugin class [test.alpha.internal.ThePlugin] throws when made: ")
        .contains("IllegalStateException: no");
    assertThat(problem(search, "beta").what())
        .isEqualTo("The plugin calls itself [Beta!], which is no id.");
  }

  @Test
  void modulesThatDoNotFitTogetherAreNamed() {
    for (String name : List.of("one", "two")) {
      PluginSource.module("test." + name)
          .inPackage("test")
          .type("shared", "A", "public final class A {}")
          .exports("shared")
          .jar(plugins.resolve("alpha/" + name + ".jar"));
    }
    PluginSource.plugin("alpha", "").jar(plugins.resolve("alpha/alpha.jar"));
    assertThat(problems(search()))
        .extracting(Problem::code)
        .containsExactly(CoreError.PLUGIN_UNREADABLE);
    assertThat(problem(search(), "alpha").what())
        .startsWith("The plugin's modules do not fit together: ")
        .contains("test.shared");
  }

  @Test
  void aMissingPluginDirectoryIsAProblem() {
    Path missing = plugins.resolve("missing");
    PluginSearch search = PluginSearch.run(Optional.of(missing), Optional.empty());
    assertThat(search.problems())
        .extracting(Problem::code, Problem::where)
        .containsExactly(tuple(CoreError.PLUGIN_UNREADABLE, missing.toString()));
  }

  @Test
  void aSelectionTakesThoseAndMissesTheOthers() throws IOException {
    PluginSource.plugin("alpha", "").jar(plugins.resolve("alpha/alpha.jar"));
    Files.createDirectories(plugins.resolve("broken"));
    PluginSearch search =
        PluginSearch.run(Optional.of(plugins), Optional.of(Set.of("alpha", "alhpa")));
    assertThat(search.candidates()).extracting(PluginCandidate::id).containsExactly("alpha");
    assertThat(search.problems())
        .extracting(Problem::code, Problem::what, Problem::help)
        .containsExactly(
            tuple(
                CoreError.PLUGIN_MISSING,
                "The plugin [alhpa] was selected and is not there.",
                "Did you mean [alpha]?"));
    PluginSearch none = PluginSearch.run(Optional.of(plugins), Optional.of(Set.of()));
    assertThat(none.candidates()).isEmpty();
    assertThat(none.problems()).isEmpty();
  }

  @Test
  void thePluginsOfTheClassPathAreFoundThroughTheThreadsLoader() throws IOException {
    Path beta = PluginSource.plugin("beta", "").jar(plugins.resolve("beta.jar"));
    Path alpha =
        PluginSource.plugin("alpha", "")
            .requires("test.beta")
            .against(beta)
            .jar(plugins.resolve("alpha.jar"));
    Path old = PluginSource.plugin("old", "").apiVersion("0.9.0").jar(plugins.resolve("old.jar"));
    PluginSearch search = embedded(alpha, beta, old);
    assertThat(search.candidates()).extracting(PluginCandidate::source).containsOnly("class path");
    assertThat(search.candidates())
        .extracting(PluginCandidate::id)
        .containsExactly("beta", "alpha", "test.old.internal.ThePlugin");
    assertThat(search.candidates().get(0).version()).isEqualTo("1.2.3");
    assertThat(problems(search))
        .extracting(Problem::code, Problem::where)
        .containsExactly(tuple(CoreError.PLUGIN_API_MISMATCH, old.toString()));
  }

  @Test
  void aServiceFileThatNamesNoClassIsAProblem() throws IOException {
    Path folder = plugins.resolve("classes");
    Path service = folder.resolve("META-INF/services/io.warpengine.spi.WarpPlugin");
    Files.createDirectories(service.getParent());
    Files.writeString(service, "no.such.Plugin\n");
    assertThat(embedded(folder).problems())
        .extracting(Problem::code)
        .contains(CoreError.PLUGIN_UNREADABLE);
  }

  private PluginSearch search() {
    return PluginSearch.run(Optional.of(plugins), Optional.empty());
  }

  private static PluginSearch embedded(Path... classPath) throws IOException {
    URL[] urls = new URL[classPath.length];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = classPath[i].toUri().toURL();
    }
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    URLClassLoader loader = new URLClassLoader(urls, PluginSearch.class.getClassLoader());
    Thread.currentThread().setContextClassLoader(loader);
    try {
      return PluginSearch.run(Optional.empty(), Optional.empty());
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  private static PluginCandidate only(PluginSearch search) {
    assertThat(search.candidates()).hasSize(1);
    return search.candidates().getFirst();
  }

  private static List<Problem> problems(PluginSearch search) {
    return search.candidates().stream()
        .flatMap(candidate -> candidate.problems().stream())
        .toList();
  }

  private static Problem problem(PluginSearch search, String id) {
    return search.candidates().stream()
        .filter(candidate -> candidate.id().equals(id))
        .flatMap(candidate -> candidate.problems().stream())
        .findFirst()
        .orElseThrow();
  }

  private static Class<?> load(ClassLoader loader, String name) {
    try {
      return loader.loadClass(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object constant(Class<?> type) {
    try {
      return type.getField("ID").get(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void delete(Path path) {
    try (java.util.stream.Stream<Path> files = Files.walk(path)) {
      files.sorted(java.util.Comparator.reverseOrder()).forEach(PluginSearchTest::deleteOne);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void deleteOne(Path path) {
    try {
      Files.delete(path);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
