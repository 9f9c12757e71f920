package io.warpengine.cli.output;

import io.warpengine.api.Bytes;
import io.warpengine.api.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Aligned columns of text. */
public final class Table {

  private final List<List<String>> rows = new ArrayList<>();

  /** A table without rows. */
  public Table() {}

  /**
   * Adds a row.
   *
   * @param cells its cells
   * @return this table
   */
  public Table row(Object... cells) {
    List<String> row = new ArrayList<>(cells.length);
    for (Object cell : cells) {
      row.add(cell.toString());
    }
    rows.add(row);
    return this;
  }

  /**
   * The lines, columns padded with spaces.
   *
   * @return text that ends with a line feed; empty without rows
   */
  public String text() {
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < row.size() - 1; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        line.append(row.get(i));
        if (i < row.size() - 1) {
          line.append(" ".repeat(Math.max(0, widths[i] - row.get(i).length()) + 2));
        }
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  /**
   * A result for a person's eyes: one line per leaf, nested names joined by dots.
   *
   * @param tree the result
   * @return text that ends with a line feed; empty for an empty map
   */
  public static String of(Tree tree) {
    Table table = new Table();
    leaves(table, "", tree.value());
    return table.text();
  }

  private static void leaves(Table table, String name, Object value) {
    switch (value) {
      case Map<?, ?> map ->
          map.forEach(
              (key, child) -> leaves(table, name.isEmpty() ? "" + key : name + "." + key, child));
      case List<?> list -> {
        for (int i = 0; i < list.size(); i++) {
          leaves(table, name + "[" + i + "]", list.get(i));
        }
      }
      case Bytes bytes -> leaf(table, name, Text.shown(bytes));
      default -> leaf(table, name, value.toString());
    }
  }

  private static void leaf(Table table, String name, String value) {
    if (name.isEmpty()) {
      table.row(value);
    } else {
      table.row(name, value);
    }
  }
}
