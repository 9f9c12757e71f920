package io.warpengine.kernel.access;

import io.warpengine.api.Bytes;
import io.warpengine.spi.access.AccessBatch;
import io.warpengine.spi.store.StoredRecord;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Takes accesses from readers and writers without slowing them, losing some.
 *
 * <p>There are several rings, and a session always uses the same one, which keeps its order;
 * without a session a thread does, so threads seldom meet. A ring has a place where accesses are
 * put (tail), one where they are taken (head), and a limit that the tail must not pass. Whoever
 * puts one claims a place by one compare-and-set; if another thread was quicker, or the ring is
 * full, the access is dropped, since a sample is enough. A claimed place is filled with the plain
 * fields first and with the reference last, by a release store; the one reader takes a place only
 * when it sees the reference, and clears it before it moves the limit of claims. So fields are
 * never mixed, and order within a ring is the order of claims.
 *
 * <p>Under load the rings are full nearly always, and an access costs two loads from a line in the
 * thread's own cache, a comparison and a plain count.
 *
 * <p>The model is BoundedBuffer and StripedBuffer of the Caffeine cache; its stripes grow with
 * contention, these are made at once.
 */
public final class AccessRings {

  private static final VarHandle LONG = MethodHandles.arrayElementVarHandle(long[].class);
  private static final VarHandle REFERENCE = MethodHandles.arrayElementVarHandle(Object[].class);

  private static final int PLACES = 256;
  private static final int MOST_RINGS = 64;
  private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;

  /**
   * Words of cursors per ring, 256 bytes, and where they are: the tail, the tail at which the ring
   * is full, and the count of what was dropped, all in one cache line.
   */
  private static final int CURSORS = 32;

  private static final int TAIL = 16;
  private static final int LIMIT = 17;
  private static final int DROPPED = 18;

  /** Words per place: hash, packed fields, context, and one to keep places aligned. */
  private static final int WORDS = 4;

  private final boolean recording;
  private final int rings;
  private final int ringShift;
  private final long[] cursors;
  private final long[] heads;
  private final long[] words;
  private final @Nullable Object[] references;

  /**
   * Rings for this machine's number of processors.
   *
   * @param recording whether accesses are recorded at all; false if nobody will ever look
   */
  public AccessRings(boolean recording) {
    this(recording, 4 * Runtime.getRuntime().availableProcessors());
  }

  /**
   * Rings.
   *
   * @param recording whether accesses are recorded at all; false if nobody will ever look
   * @param wanted number of rings, rounded up to a power of two
   */
  AccessRings(boolean recording, int wanted) {
    this.recording = recording;
    int log =
        recording ? 32 - Integer.numberOfLeadingZeros(Math.clamp(wanted, 2, MOST_RINGS) - 1) : 1;
    this.rings = recording ? 1 << log : 0;
    this.ringShift = 64 - log;
    this.cursors = new long[(rings + 1) * CURSORS];
    this.heads = new long[rings];
    for (int ring = 0; ring < rings; ring++) {
      cursors[ring * CURSORS + LIMIT] = PLACES;
    }
    this.words = new long[rings * PLACES * WORDS];
    this.references = new Object[rings * PLACES];
  }

  /**
   * Whether accesses are recorded at all.
   *
   * @return what the constructor was given
   */
  public boolean recording() {
    return recording;
  }

  /**
   * Records an access, or drops it if there is no room. Never blocks, never allocates.
   *
   * @param kind the ordinal of an {@link AccessBatch.Kind}
   * @param hash the 64-bit hash of the key
   * @param shard the shard that served it
   * @param recordOrKey a {@link StoredRecord}, or the stored key as {@link Bytes}
   * @param bytes size of key and value; of the key alone on a miss or a delete
   * @param context the session, 0 for none
   */
  public void record(int kind, long hash, int shard, Object recordOrKey, int bytes, long context) {
    if (!recording) {
      return;
    }
    long chooser = context == 0 ? Thread.currentThread().threadId() : context;
    int ring = (int) ((chooser * GOLDEN) >>> ringShift);
    int cursor = ring * CURSORS;
    long tail = (long) LONG.getOpaque(cursors, cursor + TAIL);
    if (tail >= (long) LONG.getAcquire(cursors, cursor + LIMIT)
        || !LONG.compareAndSet(cursors, cursor + TAIL, tail, tail + 1)) {
      cursors[cursor + DROPPED]++;
      return;
    }
    int place = ring * PLACES + (int) (tail & (PLACES - 1));
    int word = place * WORDS;
    words[word] = hash;
    words[word + 1] = pack(kind, shard, bytes);
    words[word + 2] = context;
    REFERENCE.setRelease(references, place, recordOrKey);
  }

  /**
   * Takes everything that is recorded. For one thread at a time.
   *
   * @param batch where to put it, in place of what was there
   * @return number of accesses taken
   */
  public int drain(DrainedAccesses batch) {
    batch.clear();
    for (int ring = 0; ring < rings; ring++) {
      drain(ring, batch);
    }
    return batch.size();
  }

  private void drain(int ring, DrainedAccesses batch) {
    long head = heads[ring];
    long end = head + PLACES;
    while (head < end) {
      int place = ring * PLACES + (int) (head & (PLACES - 1));
      Object recordOrKey = REFERENCE.getAcquire(references, place);
      if (recordOrKey == null) {
        break;
      }
      int word = place * WORDS;
      batch.add(recordOrKey, words[word], words[word + 1], words[word + 2]);
      references[place] = null;
      head++;
    }
    if (head != heads[ring]) {
      heads[ring] = head;
      LONG.setRelease(cursors, ring * CURSORS + LIMIT, head + PLACES);
    }
  }

  /**
   * An empty batch that has room for everything these rings hold.
   *
   * @return a batch to drain into, again and again
   */
  public DrainedAccesses newBatch() {
    return new DrainedAccesses(rings * PLACES);
  }

  /**
   * How many accesses were put into the rings so far.
   *
   * @return 0 or more
   */
  public long recorded() {
    long recorded = 0;
    for (int ring = 0; ring < rings; ring++) {
      recorded += (long) LONG.getOpaque(cursors, ring * CURSORS + TAIL);
    }
    return recorded;
  }

  /**
   * About how many accesses were dropped so far. Threads that share a ring may lose counts.
   *
   * @return 0 or more
   */
  public long dropped() {
    long dropped = 0;
    for (int ring = 0; ring < rings; ring++) {
      dropped += (long) LONG.getOpaque(cursors, ring * CURSORS + DROPPED);
    }
    return dropped;
  }

  private static long pack(int kind, int shard, int bytes) {
    return (long) kind << 48 | (long) shard << 32 | (bytes & 0xffff_ffffL);
  }
}
