package io.warpengine.cli.output;

import io.warpengine.api.Problem;
import io.warpengine.api.Tree;
import io.warpengine.api.WarpException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Renders failures as a compiler does: code and sentence, place, the line in question, next step.
 */
public final class ErrorPrinter {

  private static final Pattern PLACE = Pattern.compile("(.+?):(\\d{1,9})(?::(\\d{1,9}))?");
  private static final int SHOWN = 160;
  private static final int READ = 4 * SHOWN + 4;
  private static final int CHUNK = 1 << 16;
  private static final String NO_TEXT = "\uFFFD";

  private final Streams streams;
  private final boolean json;
  private final boolean colored;

  /**
   * A printer to standard error.
   *
   * @param streams the process's surroundings
   * @param json whether to write one JSON object instead
   * @param color whether colours are wanted where they are possible
   */
  public ErrorPrinter(Streams streams, boolean json, boolean color) {
    this.streams = streams;
    this.json = json;
    this.colored = color && streams.colored();
  }

  /**
   * Prints every problem of a failure, and what failed after it.
   *
   * @param failure what went wrong
   */
  public void print(WarpException failure) {
    if (json) {
      List<Tree> errors = failure.problems().stream().map(ErrorPrinter::tree).toList();
      Tree all = Tree.map().with("errors", Tree.list(errors));
      List<Tree> later =
          Arrays.stream(failure.getSuppressed()).flatMap(ErrorPrinter::trees).toList();
      streams
          .err()
          .println(Json.of(later.isEmpty() ? all : all.with("and_then", Tree.list(later))));
    } else {
      failure.problems().forEach(problem -> streams.err().print(text(problem)));
      for (Throwable suppressed : failure.getSuppressed()) {
        streams.err().println("  and then: " + sentence(suppressed));
      }
    }
    streams.err().flush();
  }

  /**
   * A problem as a tree.
   *
   * @param problem what is wrong
   * @return code, where, what and help
   */
  public static Tree tree(Problem problem) {
    return Tree.map()
        .with("code", problem.code().id())
        .with("where", named(problem.where()))
        .with("what", problem.what())
        .with("help", problem.help());
  }

  private static Stream<Tree> trees(Throwable failure) {
    return failure instanceof WarpException known
        ? known.problems().stream().map(ErrorPrinter::tree)
        : Stream.of(Tree.map().with("what", sentence(failure)));
  }

  private static String sentence(Throwable failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }

  /** A place by the name that it has here: what programs set on a builder, people set by option. */
  private static String named(String where) {
    return where.equals("builder") ? "--set" : where;
  }

  private String text(Problem problem) {
    StringBuilder text = new StringBuilder();
    text.append(paint("1;31", "error[" + problem.code().id() + "]"))
        .append(paint("1", ": " + problem.what()))
        .append('\n');
    if (!problem.where().isEmpty()) {
      text.append(paint("34", "  --> ")).append(named(problem.where())).append('\n');
      source(text, problem.where());
    }
    if (!problem.help().isEmpty()) {
      text.append(paint("36", "  help: ")).append(problem.help()).append('\n');
    }
    return text.toString();
  }

  private void source(StringBuilder text, String where) {
    Matcher place = PLACE.matcher(where);
    if (!place.matches()) {
      return;
    }
    int number = Integer.parseInt(place.group(2));
    String line = line(place.group(1), number);
    if (line.isBlank()) {
      return;
    }
    String margin = " ".repeat(place.group(2).length());
    text.append(paint("34", " " + margin + " |")).append('\n');
    text.append(paint("34", " " + number + " | ")).append(line).append('\n');
    int column = place.group(3) == null ? 0 : Integer.parseInt(place.group(3));
    if (column > 0 && column <= line.length()) {
      String indent = line.substring(0, column - 1).replaceAll("[^\t]", " ");
      text.append(paint("34", " " + margin + " | "))
          .append(indent)
          .append(paint("1;31", "^"))
          .append('\n');
    }
  }

  /**
   * The beginning of one line of a text file; empty if there is none, or if the file is no text. A
   * pipe would have gone on since, or would wait for a writer.
   */
  private String line(String file, int number) {
    try {
      Path path = streams.directory().resolve(Path.of(file));
      if (!Files.isRegularFile(path)) {
        return "";
      }
      try (InputStream in = Files.newInputStream(path)) {
        String text = new String(fromLine(in, number), StandardCharsets.UTF_8);
        String line = text.lines().findFirst().orElse("");
        String shown = line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "...";
        return shown.contains(NO_TEXT) ? "" : shown;
      }
    } catch (InvalidPathException | IOException unreadable) {
      return "";
    }
  }

  private static byte[] fromLine(InputStream in, int number) throws IOException {
    byte[] chunk = new byte[CHUNK];
    int at = 0;
    int end = 0;
    for (int line = 1; line < number; ) {
      if (at == end) {
        at = 0;
        end = in.read(chunk);
        if (end < 0) {
          return new byte[0];
        }
      }
      if (chunk[at++] == '\n') {
        line++;
      }
    }
    return new SequenceInputStream(new ByteArrayInputStream(chunk, at, end - at), in)
        .readNBytes(READ);
  }

  private String paint(String codes, String text) {
    return colored ? "\u001b[" + codes + "m" + text + "\u001b[0m" : text;
  }
}
