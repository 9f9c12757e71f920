package io.warpengine.records;

import io.warpengine.api.Bytes;
import io.warpengine.api.WarpException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Records, and sealed interfaces of records, in a compact binary form.
 *
 * <p>Before each value stands its shape: the names and types of its components. If that is the
 * shape of the class of today, which one comparison of bytes tells, the value is read by compiled
 * code; otherwise it is read as the class's annotations {@link Added}, {@link Removed} and {@link
 * Renamed} say, or refused with all changes that they do not declare.
 *
 * <p>A class is read once. {@code docs/file-formats.md} describes the bytes.
 *
 * @param <T> the record or the sealed interface
 */
public final class RecordCodec<T> implements Codec<T> {

  private static final byte FORMAT = 1;
  private static final int MOST_SHAPES = 256;

  private static final ClassValue<RecordCodec<?>> CODECS =
      new ClassValue<>() {
        @Override
        protected RecordCodec<?> computeValue(Class<?> type) {
          return new RecordCodec<>(type);
        }
      };

  private final Class<T> type;
  private final Variant[] variants;
  private final Map<Bytes, Reading> older = new ConcurrentHashMap<>();

  /** A record class and what stands before each of its values. */
  private static final class Variant {

    final RecordType type;
    final byte[] header;
    final Bytes start;
    final Optional<Component> expiring;

    /** The size of the largest value so far, within bounds; races lose nothing but a copy. */
    int capacity;

    Variant(RecordType type, boolean several) {
      this.type = type;
      this.header = header(type, several);
      this.start = Bytes.copyOf(header);
      this.capacity = header.length + 16 * (1 + type.components().size());
      this.expiring =
          type.components().stream().filter(each -> isExpiry(type.type(), each.name())).findFirst();
    }

    private static boolean isExpiry(Class<?> type, String component) {
      for (var each : type.getRecordComponents()) {
        if (each.getName().equals(component)) {
          return each.isAnnotationPresent(Ttl.class);
        }
      }
      return false;
    }

    private static byte[] header(RecordType type, boolean several) {
      ValueWriter shape = new ValueWriter(64);
      (several ? SealedType.stored(type) : type.stored()).describe(shape);
      ValueWriter header = new ValueWriter(64);
      header.writeByte(FORMAT);
      header.writeBytes(shape.toBytes());
      if (several) {
        header.number(0);
      }
      return header.toBytes().toArray();
    }
  }

  private RecordCodec(Class<T> type) {
    this.type = type;
    List<RecordType> types = Mapping.variants(type);
    this.variants =
        types.stream().map(each -> new Variant(each, type.isSealed())).toArray(Variant[]::new);
  }

  /**
   * The codec of a record class or a sealed interface of records.
   *
   * @param type the class
   * @param <T> its type
   * @return its codec, the same at each call
   * @throws WarpException TYPE_UNSUITABLE with all problems of the class
   */
  public static <T> RecordCodec<T> of(Class<T> type) {
    @SuppressWarnings("unchecked")
    RecordCodec<T> codec = (RecordCodec<T>) CODECS.get(type);
    return codec;
  }

  @Override
  public Bytes encode(T value) {
    Variant variant = variant(value);
    ValueWriter out = new ValueWriter(variant.capacity);
    out.raw(variant.header);
    try {
      variant.type.write(out, value);
    } catch (RuntimeException e) {
      throw variant.type.refusal(value, e);
    }
    if (out.size() > variant.capacity) {
      variant.capacity = Math.min(out.size(), 1 << 10);
    }
    return out.toBytes();
  }

  /** When a value is gone, as its component with {@link Ttl} says. */
  Expiry expiry(T value) {
    Optional<Component> component = variant(value).expiring;
    return component.isPresent() ? Expiry.of(component.get().of(value)) : Expiry.NEVER;
  }

  private Variant variant(T value) {
    for (Variant variant : variants) {
      if (variant.type.type() == value.getClass()) {
        return variant;
      }
    }
    throw new WarpException(
        RecordsError.VALUE_REFUSED,
        "A value of the class [" + value.getClass().getName() + "] is no [" + type.getName() + "].",
        "Put values of the type of the view.");
  }

  @Override
  public T decode(Bytes bytes) {
    for (Variant variant : variants) {
      if (bytes.startsWith(variant.start)) {
        return read(variant, bytes);
      }
    }
    return older(bytes);
  }

  private T read(Variant variant, Bytes bytes) {
    ValueReader in = new ValueReader(bytes, variant.header.length);
    try {
      Object value = variant.type.read(in);
      in.end();
      return cast(value);
    } catch (RuntimeException e) {
      // Once more, one component after the other, to find which it is.
      Reading careful =
          Evolution.of(variant.type, variant.type.stored(), Changes.of(variant.type.type()));
      return whole(careful, new ValueReader(bytes, variant.header.length));
    }
  }

  private T older(Bytes bytes) {
    ValueReader in = new ValueReader(bytes, 0);
    StoredType shape;
    try {
      byte format = in.readByte();
      if (format != FORMAT) {
        throw new WarpException(
            RecordsError.FORMAT_UNKNOWN,
            "A stored value has the format ["
                + format
                + "], and this module knows ["
                + FORMAT
                + "].",
            "Use the version of warp-records that wrote it, or check that the space holds"
                + " records.");
      }
      Bytes described = in.readBytes();
      Reading known = older.get(described);
      if (known != null) {
        return whole(known, in);
      }
      ValueReader shapeReader = new ValueReader(described, 0);
      shape = StoredType.parse(shapeReader);
      shapeReader.end();
    } catch (Malformed | IndexOutOfBoundsException e) {
      throw unreadable(e);
    }
    return whole(known(shape), in);
  }

  private Reading known(StoredType shape) {
    Changes changes = Changes.of(type);
    Reading reading = reading(shape, changes);
    changes.check();
    if (older.size() < MOST_SHAPES) {
      ValueWriter described = new ValueWriter(64);
      shape.describe(described);
      older.put(Bytes.copyOf(described.toBytes().toArray()), reading);
    }
    return reading;
  }

  private Reading reading(StoredType shape, Changes changes) {
    if (type.isSealed()) {
      List<RecordType> types = Arrays.stream(variants).map(each -> each.type).toList();
      return new SealedType(type, types).from(shape, changes);
    }
    return variants[0].type.from(shape, changes);
  }

  private T whole(Reading reading, ValueReader in) {
    try {
      Object value = reading.read(in);
      in.end();
      return cast(value);
    } catch (Malformed | IndexOutOfBoundsException e) {
      throw unreadable(e);
    }
  }

  @SuppressWarnings("unchecked")
  private T cast(Object value) {
    return (T) value;
  }

  private WarpException unreadable(RuntimeException failure) {
    return new WarpException(
        RecordsError.VALUE_UNREADABLE,
        "A stored [" + type.getSimpleName() + "] " + Malformed.words(failure) + ".",
        "Check that the space holds values of this type.",
        failure);
  }
}
