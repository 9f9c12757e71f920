package io.warpengine.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.warpengine.api.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every error code of every released module stands in docs/errors.md, and nothing else does. */
final class ErrorCatalogueTest {

  private static final Pattern ROW = Pattern.compile("^\\| (W\\d{4}) \\| (\\w+) \\| (\\w+) \\|.*");

  @Test
  void theCatalogueHoldsExactlyTheCodesOfTheModules() throws IOException {
    List<String> documented =
        Files.readAllLines(Modules.root().resolve("docs").resolve("errors.md")).stream()
            .map(ROW::matcher)
            .filter(row -> row.matches())
            .map(row -> row.group(1) + " " + row.group(2) + " " + row.group(3))
            .toList();
    List<String> declared =
        codes().stream()
            .map(code -> code.id() + " " + code.name() + " " + code.category())
            .sorted()
            .toList();
    assertThat(documented).containsExactlyElementsOf(declared);
  }

  @Test
  void noIdStandsForTwoFailures() {
    List<String> ids = codes().stream().map(ErrorCode::id).toList();
    assertThat(new TreeSet<>(ids)).hasSameSizeAs(ids);
  }

  private static List<ErrorCode> codes() {
    List<Path> folders =
        Modules.released(Modules.root()).stream()
            .map(Modules::classes)
            .filter(Files::isDirectory)
            .toList();
    return new ClassFileImporter()
        .importPaths(folders).stream()
            .filter(type -> type.isEnum() && type.isAssignableTo(ErrorCode.class))
            .map(JavaClass::reflect)
            .flatMap(type -> List.of(type.getEnumConstants()).stream())
            .map(ErrorCode.class::cast)
            .collect(Collectors.toList());
  }
}
