import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Checks that every Java source of the project reads as google-java-format writes it, or makes it
 * so.
 *
 * <p>Arguments: {@code check} or {@code apply}, the root of the project, and a file that remembers
 * what was found well formatted (path, size and time of change), so that an unchanged file is not
 * read again.
 */
final class Format {

  private Format() {}

  public static void main(String[] args) throws IOException {
    boolean apply = args[0].equals("apply");
    Path root = Path.of(args[1]).toAbsolutePath().normalize();
    Path memory = Path.of(args[2]);
    Set<String> known = Files.exists(memory) ? new HashSet<>(Files.readAllLines(memory)) : Set.of();
    Set<String> good = new TreeSet<>();
    List<String> bad = new ArrayList<>();
    Formatter formatter = new Formatter();
    for (Path file : sources(root)) {
      String stamp = stamp(root, file);
      if (known.contains(stamp)) {
        good.add(stamp);
        continue;
      }
      String text = Files.readString(file);
      try {
        String formatted = formatter.formatSourceAndFixImports(text);
        if (!formatted.equals(text) && apply) {
          Files.write(file, formatted.getBytes(StandardCharsets.UTF_8));
          System.out.println("formatted " + root.relativize(file));
        }
        if (apply || formatted.equals(text)) {
          good.add(stamp(root, file));
        } else {
          bad.add(root.relativize(file).toString());
        }
      } catch (FormatterException e) {
        bad.add(root.relativize(file) + ": " + e.getMessage());
      }
    }
    Files.createDirectories(memory.toAbsolutePath().getParent());
    Files.write(memory, good);
    if (!bad.isEmpty()) {
      System.err.println("Not formatted (run checks/format.sh):");
      bad.forEach(name -> System.err.println("  " + name));
      System.exit(1);
    }
  }

  private static String stamp(Path root, Path file) throws IOException {
    return root.relativize(file)
        + " "
        + Files.size(file)
        + " "
        + Files.getLastModifiedTime(file).toMillis();
  }

  private static Set<Path> sources(Path root) throws IOException {
    Set<Path> found = new TreeSet<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            String name = directory.getFileName().toString();
            boolean skipped =
                name.equals("target") || (name.startsWith(".") && !directory.equals(root));
            return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java")) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return found;
  }
}
