package io.warpengine.records;

import io.warpengine.api.WarpException;
import io.warpengine.api.WarpReader;
import io.warpengine.api.WarpSpace;
import io.warpengine.api.WarpTransaction;
import java.util.List;

/**
 * The way from bytes to types: {@code Records.of(space).as(String.class, User.class)}.
 *
 * <p>A view holds no data and no lock: make one where it is needed, or keep it. Several views of
 * one space see the same records.
 */
public final class Records {

  private Records() {}

  /**
   * Begins a view for reading and writing.
   *
   * @param space a space or a database
   * @return asks for the types
   */
  public static OfSpace of(WarpSpace space) {
    return new OfSpace(space);
  }

  /**
   * Begins a view for reading.
   *
   * @param reader what can be read
   * @return asks for the types
   */
  public static OfReader of(WarpReader reader) {
    return new OfReader(reader);
  }

  /**
   * Begins a view of a transaction. {@link TypedSpace#in} gives one with the indexes of a view.
   *
   * @param transaction the transaction
   * @return asks for the types
   */
  public static OfTransaction of(WarpTransaction transaction) {
    return new OfTransaction(transaction);
  }

  /** A space whose types are yet to be named. */
  public static final class OfSpace {

    private final WarpSpace space;

    private OfSpace(WarpSpace space) {
      this.space = space;
    }

    /**
     * A view with the codecs of two classes.
     *
     * @param keys the class of the keys, as {@link KeyCodec#of} takes it
     * @param values the class of the values, as {@link Codec#of} takes it
     * @param <K> the type of the keys
     * @param <V> the type of the values
     * @return the view
     * @throws WarpException TYPE_UNSUITABLE with all problems of a class
     */
    public <K, V> TypedSpace<K, V> as(Class<K> keys, Class<V> values) {
      return as(KeyCodec.of(keys), Codec.of(values));
    }

    /**
     * A view with codecs of one's own.
     *
     * @param keys the codec of the keys
     * @param values the codec of the values
     * @param <K> the type of the keys
     * @param <V> the type of the values
     * @return the view
     */
    public <K, V> TypedSpace<K, V> as(KeyCodec<K> keys, Codec<V> values) {
      return new TypedSpace<>(space, new Types<>(keys, values));
    }
  }

  /** What can be read and whose types are yet to be named. */
  public static final class OfReader {

    private final WarpReader reader;

    private OfReader(WarpReader reader) {
      this.reader = reader;
    }

    /**
     * A view with the codecs of two classes.
     *
     * @param keys the class of the keys, as {@link KeyCodec#of} takes it
     * @param values the class of the values, as {@link Codec#of} takes it
     * @param <K> the type of the keys
     * @param <V> the type of the values
     * @return the view
     * @throws WarpException TYPE_UNSUITABLE with all problems of a class
     */
    public <K, V> TypedReader<K, V> as(Class<K> keys, Class<V> values) {
      return as(KeyCodec.of(keys), Codec.of(values));
    }

    /**
     * A view with codecs of one's own.
     *
     * @param keys the codec of the keys
     * @param values the codec of the values
     * @param <K> the type of the keys
     * @param <V> the type of the values
     * @return the view
     */
    public <K, V> TypedReader<K, V> as(KeyCodec<K> keys, Codec<V> values) {
      return new TypedReader<>(reader, new Types<>(keys, values));
    }
  }

  /** A transaction whose types are yet to be named. */
  public static final class OfTransaction {

    private final WarpTransaction transaction;

    private OfTransaction(WarpTransaction transaction) {
      this.transaction = transaction;
    }

    /**
     * A view with the codecs of two classes.
     *
     * @param keys the class of the keys, as {@link KeyCodec#of} takes it
     * @param values the class of the values, as {@link Codec#of} takes it
     * @param <K> the type of the keys
     * @param <V> the type of the values
     * @return the view
     * @throws WarpException TYPE_UNSUITABLE with all problems of a class
     */
    public <K, V> TypedTransaction<K, V> as(Class<K> keys, Class<V> values) {
      return as(KeyCodec.of(keys), Codec.of(values));
    }

    /**
     * A view with codecs of one's own.
     *
     * @param keys the codec of the keys
     * @param values the codec of the values
     * @param <K> the type of the keys
     * @param <V> the type of the values
     * @return the view
     */
    public <K, V> TypedTransaction<K, V> as(KeyCodec<K> keys, Codec<V> values) {
      return new TypedTransaction<>(transaction, new Types<>(keys, values), List.of());
    }
  }
}
