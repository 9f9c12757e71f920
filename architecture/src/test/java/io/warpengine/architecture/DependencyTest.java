package io.warpengine.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may know whom, read from the byte code of all released modules. */
final class DependencyTest {

  private static final JavaClasses CLASSES = importReleased();

  @Test
  void theApiUsesNoLibraryButAnnotations() {
    check(
        classes()
            .that()
            .resideInAnyPackage("io.warpengine.api..", "io.warpengine.spi..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                "io.warpengine.api..",
                "io.warpengine.spi..",
                "java..",
                "jakarta.inject..",
                "org.jspecify.."));
  }

  @Test
  void onlyTheKernelSeesGuice() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("io.warpengine.kernel..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.google.inject..", "com.google.common.."));
  }

  @Test
  void nobodyUsesTheKernel() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("io.warpengine.kernel..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.warpengine.kernel.."));
  }

  @Test
  void theKernelUsesNoPlugin() {
    check(
        classes()
            .that()
            .resideInAPackage("io.warpengine.kernel..")
            .should()
            .onlyDependOnClassesThat(
                resideInAPackage("io.warpengine..")
                    .negate()
                    .or(resideInAPackage("io.warpengine.api.."))
                    .or(resideInAPackage("io.warpengine.spi.."))
                    .or(resideInAPackage("io.warpengine.kernel.."))
                    .as(
                        "reside outside of io.warpengine, in its api, in its spi or in the"
                            + " kernel")));
  }

  @Test
  void aLibraryPrintsNothing() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages("io.warpengine.cli..", "io.warpengine.testkit..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(Throwable.class, "printStackTrace"));
  }

  @Test
  void nobodyUsesTheLoggingOfTheJdkOrOfTheServer() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages("io.warpengine.cli..", "io.warpengine.kernel..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.util.logging..", "ch.qos.logback.."));
  }

  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(CLASSES);
  }

  private static JavaClasses importReleased() {
    List<Path> folders =
        Modules.released(Modules.root()).stream()
            .map(Modules::classes)
            .filter(Files::isDirectory)
            .toList();
    assertThat(folders).as("folders of compiled classes below [%s]", Modules.root()).isNotEmpty();
    return new ClassFileImporter().importPaths(folders);
  }
}
