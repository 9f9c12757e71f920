/**
 * What authors of plugins test with: contract tests for every port, a disk that loses what was not
 * synced, a clock moved by hand, and seeded generators.
 *
 * <p>A contract is an abstract JUnit class: extend it, give it a factory and the capabilities of
 * what is tested, and its tests run with yours. What is not among the capabilities must fail as the
 * port's documentation says.
 */
package io.warpengine.testkit;
