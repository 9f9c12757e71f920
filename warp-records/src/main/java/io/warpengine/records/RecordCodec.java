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

  static final byte FORMAT = 1;

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
    ValueWriter out = variant.begin();
    try {
      variant.type().write(out, value);
    } catch (RuntimeException e) {
      throw variant.type().refusal(value, e);
    }
    return variant.end(out);
  }

  /** When a value is gone, as its component with {@link Ttl} says. */
  Expiry expiry(T value) {
    Optional<Component> component = variant(value).expiring();
    return component.isPresent() ? Expiry.of(component.get().of(value)) : Expiry.NEVER;
  }

  private Variant variant(T value) {
    for (Variant variant : variants) {
      if (variant.type().type() == value.getClass()) {
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
      if (variant.begins(bytes)) {
        return read(variant, bytes);
      }
    }
    return older(bytes);
  }

  private T read(Variant variant, Bytes bytes) {
    ValueReader in = new ValueReader(bytes, variant.size());
    try {
      Object value = variant.type().read(in);
      in.end();
      return cast(value);
    } catch (RuntimeException e) {
      // Once more, one component after the other, to find which it is.
      Reading careful = Evolution.of(variant.type(), variant.type().stored(), Changes.of(type));
      return whole(careful, new ValueReader(bytes, variant.size()));
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
      List<RecordType> types = Arrays.stream(variants).map(Variant::type).toList();
      return new SealedType(type, types).from(shape, changes);
    }
    return variants[0].type().from(shape, changes);
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
