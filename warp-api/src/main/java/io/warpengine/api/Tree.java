package io.warpengine.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A tree of plain values, the result of an {@link io.warpengine.spi.Operation}: text, whole
 * numbers, fractions, booleans, bytes, lists and maps with text keys in a fixed order. Every face
 * renders it in its own way.
 */
public final class Tree {

  private final Object value;

  private Tree(Object value) {
    this.value = value;
  }

  /**
   * Text.
   *
   * @param text any text
   * @return a leaf
   */
  public static Tree of(String text) {
    return new Tree(text);
  }

  /**
   * A whole number.
   *
   * @param number any number
   * @return a leaf
   */
  public static Tree of(long number) {
    return new Tree(number);
  }

  /**
   * A fraction.
   *
   * @param number any number
   * @return a leaf
   */
  public static Tree of(double number) {
    return new Tree(number);
  }

  /**
   * A boolean.
   *
   * @param flag true or false
   * @return a leaf
   */
  public static Tree of(boolean flag) {
    return new Tree(flag);
  }

  /**
   * Bytes.
   *
   * @param bytes any bytes
   * @return a leaf
   */
  public static Tree of(Bytes bytes) {
    return new Tree(bytes);
  }

  /**
   * A list.
   *
   * @param elements any trees
   * @return a node
   */
  public static Tree list(List<Tree> elements) {
    List<Object> values = new ArrayList<>(elements.size());
    elements.forEach(element -> values.add(element.value));
    return new Tree(Collections.unmodifiableList(values));
  }

  /**
   * An empty map, to be filled by {@link #with}.
   *
   * @return a node
   */
  public static Tree map() {
    return new Tree(Map.of());
  }

  /**
   * This map with one more entry at its end.
   *
   * @param name the entry's name
   * @param child its value
   * @return a new map
   * @throws IllegalStateException if this is not a map
   */
  public Tree with(String name, Tree child) {
    if (!(value instanceof Map<?, ?> entries)) {
      throw new IllegalStateException("Only a map takes the entry [" + name + "].");
    }
    Map<String, Object> extended = new LinkedHashMap<>();
    entries.forEach((key, entry) -> extended.put((String) key, entry));
    extended.put(name, child.value);
    return new Tree(Collections.unmodifiableMap(extended));
  }

  /**
   * This map with one more text.
   *
   * @param name the entry's name
   * @param text its value
   * @return a new map
   */
  public Tree with(String name, String text) {
    return with(name, of(text));
  }

  /**
   * This map with one more whole number.
   *
   * @param name the entry's name
   * @param number its value
   * @return a new map
   */
  public Tree with(String name, long number) {
    return with(name, of(number));
  }

  /**
   * The plain value: {@link String}, {@link Long}, {@link Double}, {@link Boolean}, {@link Bytes},
   * an unmodifiable {@link List} or an unmodifiable {@link Map} of plain values.
   *
   * @return never null
   */
  public Object value() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tree tree && value.equals(tree.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
