package io.warpengine.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jacoco.core.analysis.Analyzer;
import org.jacoco.core.analysis.CoverageBuilder;
import org.jacoco.core.analysis.IBundleCoverage;
import org.jacoco.core.analysis.ICounter;
import org.jacoco.core.tools.ExecFileLoader;
import org.jacoco.report.DirectorySourceFileLocator;
import org.jacoco.report.FileMultiReportOutput;
import org.jacoco.report.IReportGroupVisitor;
import org.jacoco.report.IReportVisitor;
import org.jacoco.report.html.HTMLFormatter;

/**
 * The share of lines of each released module that the tests of all modules ran, and the check that
 * it is enough.
 *
 * <p>A module's code may be tested by another module, or in a child process that a test started, so
 * what the tests of all modules recorded is put together first. Arguments: the root of the project,
 * the smallest share that passes (0 to 1), and the folder for the report in HTML.
 */
final class CoverageReport {

  private final Path root;
  private final double minimum;
  private final Path report;

  private CoverageReport(Path root, double minimum, Path report) {
    this.root = root;
    this.minimum = minimum;
    this.report = report;
  }

  public static void main(String[] args) throws IOException {
    Path root = Path.of(args[0]).toAbsolutePath().normalize();
    boolean enough = new CoverageReport(root, Double.parseDouble(args[1]), Path.of(args[2])).run();
    if (!enough) {
      System.exit(1);
    }
  }

  private boolean run() throws IOException {
    ExecFileLoader recorded = recorded();
    List<IBundleCoverage> modules = new ArrayList<>();
    for (Path folder : Modules.released(root)) {
      modules.add(analyze(folder, recorded));
    }
    writeHtml(recorded, modules);
    return print(modules);
  }

  private ExecFileLoader recorded() throws IOException {
    ExecFileLoader loader = new ExecFileLoader();
    try (Stream<Path> files = Files.walk(root, 4)) {
      for (Path file :
          files.filter(path -> path.endsWith(Path.of("target", "jacoco.exec"))).toList()) {
        loader.load(file.toFile());
      }
    }
    return loader;
  }

  private static IBundleCoverage analyze(Path folder, ExecFileLoader recorded) throws IOException {
    CoverageBuilder builder = new CoverageBuilder();
    Path classes = Modules.classes(folder);
    if (Files.isDirectory(classes)) {
      new Analyzer(recorded.getExecutionDataStore(), builder).analyzeAll(classes.toFile());
    }
    return builder.getBundle(folder.getFileName().toString());
  }

  private void writeHtml(ExecFileLoader recorded, List<IBundleCoverage> modules)
      throws IOException {
    Files.createDirectories(report);
    HTMLFormatter formatter = new HTMLFormatter();
    formatter.setLocale(Locale.ROOT);
    IReportVisitor visitor = formatter.createVisitor(new FileMultiReportOutput(report.toFile()));
    visitor.visitInfo(
        recorded.getSessionInfoStore().getInfos(), recorded.getExecutionDataStore().getContents());
    IReportGroupVisitor group = visitor.visitGroup("WarpEngine");
    for (IBundleCoverage module : modules) {
      Path sources = root.resolve(module.getName()).resolve("src").resolve("main").resolve("java");
      group.visitBundle(module, new DirectorySourceFileLocator(sources.toFile(), "UTF-8", 2));
    }
    visitor.visitEnd();
  }

  private boolean print(List<IBundleCoverage> modules) {
    List<String> below = new ArrayList<>();
    System.out.printf(
        Locale.ROOT, "Lines run by tests (at least %.1f %% of each module):%n", 100 * minimum);
    for (IBundleCoverage module : modules) {
      ICounter lines = module.getLineCounter();
      if (lines.getTotalCount() == 0) {
        System.out.printf(Locale.ROOT, "  %-22s no code%n", module.getName());
        continue;
      }
      boolean enough = lines.getCoveredRatio() >= minimum;
      System.out.printf(
          Locale.ROOT,
          "  %-22s %5.1f %%  %6d of %6d%s%n",
          module.getName(),
          100 * lines.getCoveredRatio(),
          lines.getCoveredCount(),
          lines.getTotalCount(),
          enough ? "" : "  below");
      if (!enough) {
        below.add(module.getName());
      }
    }
    if (!below.isEmpty()) {
      System.err.printf(
          Locale.ROOT,
          "Too few lines are run by tests in %s: see [%s].%n",
          below,
          root.relativize(report.toAbsolutePath().normalize()).resolve("index.html"));
    }
    return below.isEmpty();
  }
}
