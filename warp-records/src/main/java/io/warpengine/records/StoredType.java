package io.warpengine.records;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How stored bytes are to be read, as they themselves say it: the type that stands before a value.
 * It knows no Java class, so it can read what no class of today describes.
 */
sealed interface StoredType {

  /** Deepest nesting that is read: bytes must not decide how deep a recursion goes. */
  int MOST_DEEP = 32;

  int LIST = 32;
  int OPTIONAL = 33;
  int RECORD = 34;
  int CHOICE = 35;
  int CONSTANT = 36;

  /** A scalar, by its code. */
  record Simple(Scalar scalar) implements StoredType {
    @Override
    public String toString() {
      return scalar.name().toLowerCase(Locale.ROOT);
    }
  }

  /** A constant of an enum, stored as its name. */
  record Constant() implements StoredType {
    @Override
    public String toString() {
      return "enum";
    }
  }

  /** A count and as many elements. */
  record Repeated(StoredType element) implements StoredType {
    @Override
    public String toString() {
      return "list of " + element;
    }
  }

  /** A byte that is 0 or 1, and a value after a 1. */
  record Maybe(StoredType element) implements StoredType {
    @Override
    public String toString() {
      return "optional " + element;
    }
  }

  /** The values of components, one after the other; a zero byte if there are none. */
  record Struct(List<Named> components) implements StoredType {
    @Override
    public String toString() {
      return "record";
    }
  }

  /** The number of a variant, and its value. */
  record Choice(List<Named> variants) implements StoredType {
    @Override
    public String toString() {
      return "sealed";
    }
  }

  /** A component or a variant. */
  record Named(String name, StoredType type) {}

  /** Writes the description that {@link #parse} reads. */
  default void describe(ValueWriter out) {
    switch (this) {
      case Simple simple -> out.writeByte((byte) simple.scalar().code());
      case Constant() -> out.writeByte((byte) CONSTANT);
      case Repeated repeated -> {
        out.writeByte((byte) LIST);
        repeated.element().describe(out);
      }
      case Maybe maybe -> {
        out.writeByte((byte) OPTIONAL);
        maybe.element().describe(out);
      }
      case Struct struct -> describe(RECORD, struct.components(), out);
      case Choice choice -> describe(CHOICE, choice.variants(), out);
    }
  }

  private static void describe(int code, List<Named> parts, ValueWriter out) {
    out.writeByte((byte) code);
    out.number(parts.size());
    for (Named part : parts) {
      out.writeText(part.name());
      part.type().describe(out);
    }
  }

  /**
   * Reads a description.
   *
   * @throws Malformed if there is none
   */
  static StoredType parse(ValueReader in) {
    return parse(in, MOST_DEEP);
  }

  private static StoredType parse(ValueReader in, int deep) {
    if (deep == 0) {
      throw new Malformed("is nested more than [" + MOST_DEEP + "] deep");
    }
    int code = in.readByte();
    return switch (code) {
      case LIST -> new Repeated(parse(in, deep - 1));
      case OPTIONAL -> new Maybe(parse(in, deep - 1));
      case RECORD -> new Struct(parts(in, deep - 1));
      case CHOICE -> new Choice(parts(in, deep - 1));
      case CONSTANT -> new Constant();
      default ->
          new Simple(
              Scalar.withCode(code)
                  .orElseThrow(() -> new Malformed("has the unknown type code [" + code + "]")));
    };
  }

  private static List<Named> parts(ValueReader in, int deep) {
    int count = in.count();
    List<Named> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      parts.add(new Named(in.readText(), parse(in, deep)));
    }
    return List.copyOf(parts);
  }

  /** Passes over a value of this type. */
  default void skip(ValueReader in) {
    switch (this) {
      case Simple simple -> simple.scalar().read(in);
      case Constant() -> in.readBytes();
      case Repeated repeated -> {
        for (int count = in.count(); count > 0; count--) {
          repeated.element().skip(in);
        }
      }
      case Maybe maybe -> {
        if (in.readBoolean()) {
          maybe.element().skip(in);
        }
      }
      case Struct struct -> {
        if (struct.components().isEmpty()) {
          in.readByte();
        }
        for (Named component : struct.components()) {
          component.type().skip(in);
        }
      }
      case Choice choice -> variant(choice.variants(), in).type().skip(in);
    }
  }

  /** The variant whose number comes next. */
  static <T> T variant(List<T> variants, ValueReader in) {
    long number = in.number();
    if (number < 0 || number >= variants.size()) {
      throw new Malformed("holds the number of a variant that is not there");
    }
    return variants.get((int) number);
  }
}
