package io.warpengine.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs a contract against an implementation that breaks it. */
final class PlantedBugs {

  private PlantedBugs() {}

  /** Runs one test of a contract and asserts that it fails. */
  static void assertCaught(Class<?> contract, String test, String bug) {
    assertThat(failures(contract, test)).as("[%s] catches [%s]", test, bug).isEqualTo(1);
  }

  /** Runs one test of a contract and asserts that it passes. */
  static void assertPasses(Class<?> contract, String test) {
    assertThat(failures(contract, test)).as("failures of [%s]", test).isZero();
  }

  private static int failures(Class<?> contract, String test) {
    AtomicInteger failures = new AtomicInteger();
    AtomicInteger tests = new AtomicInteger();
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request().selectors(selectMethod(contract, test)).build();
    LauncherFactory.create()
        .execute(
            request,
            new TestExecutionListener() {
              @Override
              public void executionFinished(TestIdentifier node, TestExecutionResult result) {
                if (node.isTest()) {
                  tests.incrementAndGet();
                }
                if (result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
                  failures.incrementAndGet();
                }
              }
            });
    assertThat(tests).as("tests with the name [%s]", test).hasValue(1);
    return failures.get();
  }
}
