package io.warpengine.records;

import io.warpengine.api.Bytes;
import io.warpengine.api.WarpException;
import java.lang.invoke.MethodHandle;
import java.util.List;

/**
 * A record that is a key or a part of one: its components in their order.
 *
 * @param type the class
 * @param names the names of its components
 * @param parts how they are written
 * @param accessors of type {@code (Object)Object}
 * @param constructor of type {@code (Object[])Object}
 * @param tagged whether the first component is the key's tag
 */
record KeyRecord(
    Class<?> type,
    List<String> names,
    List<KeyPart> parts,
    List<MethodHandle> accessors,
    MethodHandle constructor,
    boolean tagged) {

  void write(KeyWriter out, Object key) {
    for (int i = 0; i < parts.size(); i++) {
      try {
        write(out, i, (Object) accessors.get(i).invokeExact(key));
      } catch (Throwable e) {
        throw refused(i, Thrown.unchecked(e));
      }
    }
  }

  private void write(KeyWriter out, int index, Object value) {
    KeyPart part = parts.get(index);
    if (tagged && index == 0) {
      out.tag(part.alone(value));
    } else {
      part.write().accept(out, value);
    }
  }

  /** The beginning of all keys whose first components have these values. */
  Bytes prefix(List<?> leading) {
    if (leading.size() > parts.size()) {
      throw new WarpException(
          RecordsError.VALUE_REFUSED,
          "A prefix of ["
              + leading.size()
              + "] values is asked of ["
              + type.getSimpleName()
              + "], which has ["
              + parts.size()
              + "] components.",
          "Give the values of its first components.");
    }
    KeyWriter out = new KeyWriter();
    for (int i = 0; i < leading.size(); i++) {
      Object value = leading.get(i);
      if (!parts.get(i).type().isInstance(value)) {
        throw new WarpException(
            RecordsError.VALUE_REFUSED,
            where(i)
                + " is a ["
                + parts.get(i).type().getSimpleName()
                + "], and the prefix has a ["
                + value.getClass().getSimpleName()
                + "].",
            "Give the values of the first components, in their order.");
      }
      try {
        write(out, i, value);
      } catch (RuntimeException e) {
        throw refused(i, e);
      }
    }
    return out.toBytes();
  }

  private String where(int index) {
    return "Component [" + names.get(index) + "] of the key [" + type.getSimpleName() + "]";
  }

  private WarpException refused(int index, RuntimeException failure) {
    return failure instanceof WarpException named
        ? named
        : new WarpException(
            RecordsError.VALUE_REFUSED,
            where(index) + " " + Malformed.words(failure) + ".",
            "Give the component a value that can be stored.",
            failure);
  }

  Object read(KeyReader in) {
    Object[] values = new Object[parts.size()];
    for (int i = 0; i < values.length; i++) {
      Object value;
      try {
        value = read(in, i);
      } catch (Malformed | IndexOutOfBoundsException e) {
        throw new WarpException(
            RecordsError.VALUE_UNREADABLE,
            where(i) + " " + Malformed.words(e) + " in a stored key.",
            "Check that the space holds keys of this type.",
            e);
      }
      values[i] = value;
    }
    try {
      return (Object) constructor.invokeExact(values);
    } catch (Throwable e) {
      throw new WarpException(
          RecordsError.CONSTRUCTOR_REFUSED,
          "The constructor of the key ["
              + type.getSimpleName()
              + "] refuses the stored components.",
          "Let it accept what was stored.",
          Thrown.unchecked(e));
    }
  }

  private Object read(KeyReader in, int index) {
    KeyPart part = parts.get(index);
    if (!tagged || index > 0) {
      return part.read().apply(in);
    }
    KeyReader tag = new KeyReader(in.tag());
    Object value = part.read().apply(tag);
    tag.end();
    return value;
  }
}
