package io.warpengine.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The public API, written down: every public type and member of warp-api stands in a golden file,
 * so that each change of the API is a line in a diff. {@code -Dwarp.golden.update=true} writes the
 * file anew.
 */
final class ApiGoldenTest {

  private static final int MOST_TYPES = 72;
  private static final Path GOLDEN =
      Path.of("architecture", "src", "test", "resources", "warp-api.txt");

  @Test
  void theApiIsWhatTheGoldenFileSays() throws IOException {
    Path golden = Modules.root().resolve(GOLDEN);
    List<String> actual = new ArrayList<>();
    for (Class<?> type : publicTypes()) {
      describe(type, actual);
    }
    if (Boolean.getBoolean("warp.golden.update")) {
      Files.write(golden, actual);
    }
    assertThat(actual)
        .as("the public API against [%s]; -Dwarp.golden.update=true writes it anew", GOLDEN)
        .containsExactlyElementsOf(Files.readAllLines(golden));
  }

  @Test
  void theApiHasFewTypes() throws IOException {
    List<Class<?>> outermost =
        publicTypes().stream().filter(type -> type.getEnclosingClass() == null).toList();
    assertThat(outermost).hasSizeLessThanOrEqualTo(MOST_TYPES);
  }

  @Test
  void noMethodDeclaresACheckedException() throws IOException {
    List<String> declaring = new ArrayList<>();
    for (Class<?> type : publicTypes()) {
      for (Executable member : executables(type)) {
        for (Class<?> thrown : member.getExceptionTypes()) {
          if (!RuntimeException.class.isAssignableFrom(thrown)) {
            declaring.add(member.toString());
          }
        }
      }
    }
    assertThat(declaring).isEmpty();
  }

  private static List<Class<?>> publicTypes() throws IOException {
    Path classes = Modules.root().resolve("warp-api").resolve("target").resolve("classes");
    try (Stream<Path> files = Files.walk(classes)) {
      return files
          .map(file -> classes.relativize(file).toString().replace('/', '.'))
          .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
          .map(name -> load(name.substring(0, name.length() - ".class".length())))
          .filter(type -> Modifier.isPublic(type.getModifiers()))
          .sorted((left, right) -> left.getName().compareTo(right.getName()))
          .collect(Collectors.toList());
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, ApiGoldenTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("The class [" + name + "] is not on the class path.", e);
    }
  }

  private static void describe(Class<?> type, List<String> lines) {
    lines.add(type.toGenericString());
    TreeSet<String> members = new TreeSet<>();
    for (Field field : type.getDeclaredFields()) {
      if (visible(field)) {
        members.add("  " + field.toGenericString());
      }
    }
    for (Executable executable : executables(type)) {
      if (visible(executable)) {
        members.add("  " + executable.toGenericString());
      }
    }
    lines.addAll(members);
  }

  private static List<Executable> executables(Class<?> type) {
    List<Executable> all = new ArrayList<>();
    all.addAll(Arrays.<Constructor<?>>asList(type.getDeclaredConstructors()));
    all.addAll(Arrays.<Method>asList(type.getDeclaredMethods()));
    return all;
  }

  private static boolean visible(Member member) {
    return (Modifier.isPublic(member.getModifiers()) || Modifier.isProtected(member.getModifiers()))
        && !member.isSynthetic();
  }
}
