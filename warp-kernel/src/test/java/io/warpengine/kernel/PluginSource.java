package io.warpengine.kernel;

import io.warpengine.api.Warp;
import jakarta.inject.Inject;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * The source of a plugin, compiled and packed by the JDK's own tools while a test runs: tests of
 * loading need real jars.
 */
public final class PluginSource {

  private final String module;
  private String root;
  private final Map<String, String> classes = new LinkedHashMap<>();
  private final List<String> requires = new ArrayList<>(List.of("io.warpengine.api"));
  private final List<String> exports = new ArrayList<>();
  private final List<Path> libraries = new ArrayList<>();
  private Optional<String> provider = Optional.empty();
  private Optional<String> apiVersion = Optional.of("0.1.0");
  private boolean open = true;

  private PluginSource(String module) {
    this.module = module;
    this.root = module;
  }

  /** A module that is no plugin. */
  public static PluginSource module(String name) {
    PluginSource source = new PluginSource(name);
    source.apiVersion = Optional.empty();
    return source;
  }

  /** A plugin in the module {@code test.<id>} whose {@code configure} has this body. */
  public static PluginSource plugin(String id, String configure) {
    return plugin("test." + id, id, configure);
  }

  /** A plugin in a module of another name; its classes are in {@code <module>.internal}. */
  public static PluginSource plugin(String module, String id, String configure) {
    PluginSource source = new PluginSource(module);
    source.provider = Optional.of(module + ".internal.ThePlugin");
    return source.type(
        "ThePlugin",
        """
        public final class ThePlugin implements io.warpengine.spi.WarpPlugin {
          @Override public String id() { return "%s"; }
          @Override public String summary() { return "Tests."; }
          @Override public void configure(io.warpengine.spi.PluginBinder binder) { %s }
        }
        """
            .formatted(id, configure));
  }

  /** Puts what follows into packages below another name than the module's. */
  public PluginSource inPackage(String name) {
    root = name;
    return this;
  }

  /** Adds a class of the internal package. */
  public PluginSource type(String name, String code) {
    return type("internal", name, code);
  }

  /** Adds a class of a package below the module's name. */
  public PluginSource type(String folder, String name, String code) {
    String location = root + "." + folder;
    classes.put(
        location.replace('.', '/') + "/" + name + ".java", "package " + location + ";\n" + code);
    return this;
  }

  public PluginSource requires(String clause) {
    requires.add(clause);
    return this;
  }

  public PluginSource exports(String folder) {
    exports.add(root + "." + folder);
    return this;
  }

  /** Compiles against more modules. */
  public PluginSource against(Path... jars) {
    libraries.addAll(List.of(jars));
    return this;
  }

  public PluginSource apiVersion(String version) {
    apiVersion = Optional.of(version);
    return this;
  }

  public PluginSource withoutApiVersion() {
    apiVersion = Optional.empty();
    return this;
  }

  public PluginSource closed() {
    open = false;
    return this;
  }

  /** Compiles and packs. */
  public Path jar(Path target) {
    try {
      Files.createDirectories(target.getParent());
      Path work = Files.createTempDirectory(target.getParent(), ".work");
      Path compiled = compile(work);
      provider.ifPresent(name ->
          write(compiled.resolve("META-INF/services/io.warpengine.spi.WarpPlugin"), name + "\n"));
      Path manifest = work.resolve("manifest.txt");
      write(manifest, apiVersion.map(version -> "Warp-Api-Version: " + version + "\n").orElse(""));
      run(
          "jar",
          "--create",
          "--file=" + target,
          "--manifest=" + manifest,
          "--module-version=1.2.3",
          "-C",
          compiled.toString(),
          ".");
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path compile(Path work) {
    StringBuilder descriptor = new StringBuilder("module " + module + " {\n");
    requires.forEach(clause -> descriptor.append("requires ").append(clause).append(";\n"));
    exports.forEach(name -> descriptor.append("exports ").append(name).append(";\n"));
    provider.ifPresent(name -> {
      if (open) {
        descriptor.append("opens ").append(module).append(".internal to io.warpengine.kernel;\n");
      }
      descriptor.append("provides io.warpengine.spi.WarpPlugin with ").append(name).append(";\n");
    });
    write(work.resolve("source/module-info.java"), descriptor.append("}\n").toString());
    classes.forEach((path, code) -> write(work.resolve("source").resolve(path), code));
    List<String> arguments =
        new ArrayList<>(
            List.of("-d", work.resolve("classes").toString(), "-proc:none", "-nowarn", "-p"));
    List<String> modulePath = new ArrayList<>();
    modulePath.add(location(Warp.class).toString());
    modulePath.add(location(Inject.class).toString());
    modulePath.add(annotations());
    libraries.forEach(jar -> modulePath.add(jar.toString()));
    arguments.add(String.join(File.pathSeparator, modulePath));
    arguments.add(work.resolve("source/module-info.java").toString());
    classes.keySet().forEach(path -> arguments.add(work.resolve("source/" + path).toString()));
    run("javac", arguments.toArray(String[]::new));
    return work.resolve("classes");
  }

  /** The jar of the annotations that the API's descriptor names; no test class needs it loaded. */
  private static String annotations() {
    return Stream.of("jdk.module.path", "java.class.path", "surefire.test.class.path")
        .map(name -> System.getProperty(name, ""))
        .flatMap(path -> Stream.of(path.split(File.pathSeparator)))
        .filter(entry -> entry.contains("jspecify"))
        .findFirst()
        .orElseThrow();
  }

  /** Where a class was loaded from. */
  public static Path location(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void run(String tool, String... arguments) {
    StringWriter said = new StringWriter();
    PrintWriter writer = new PrintWriter(said);
    int code = ToolProvider.findFirst(tool).orElseThrow().run(writer, writer, arguments);
    if (code != 0) {
      throw new IllegalStateException(tool + " " + List.of(arguments) + "\n" + said);
    }
  }
}
