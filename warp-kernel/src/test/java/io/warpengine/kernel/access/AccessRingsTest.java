package io.warpengine.kernel.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warpengine.api.Bytes;
import io.warpengine.spi.access.AccessBatch.Kind;
import io.warpengine.spi.store.SpaceKeys;
import io.warpengine.spi.store.StoredRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class AccessRingsTest {

  private static final Bytes KEY = Bytes.utf8("key");

  @Test
  void accessIsDrainedAsItWasRecorded() {
    AccessRings rings = new AccessRings(true);
    StoredRecord record = StoredRecord.of(KEY, Bytes.utf8("value"), 1, 2, 0);
    rings.record(Kind.HIT.ordinal(), -1L, 4_095, record, 8, Long.MIN_VALUE);
    rings.record(Kind.DELETE.ordinal(), 5, 0, KEY, Integer.MAX_VALUE, 0);
    DrainedAccesses batch = rings.newBatch();
    assertThat(rings.drain(batch)).isEqualTo(2);
    assertThat(batch.kind(0)).isEqualTo(Kind.HIT);
    assertThat(batch.hash(0)).isEqualTo(-1L);
    assertThat(batch.shard(0)).isEqualTo(4_095);
    assertThat(batch.key(0)).isEqualTo(KEY);
    assertThat(batch.key(0)).isSameAs(batch.key(0));
    assertThat(batch.bytes(0)).isEqualTo(8);
    assertThat(batch.context(0)).isEqualTo(Long.MIN_VALUE);
    assertThat(batch.kind(1)).isEqualTo(Kind.DELETE);
    assertThat(batch.bytes(1)).isEqualTo(Integer.MAX_VALUE);
    assertThat(batch.key(1)).isSameAs(KEY);
    assertThatThrownBy(() -> batch.key(2)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(rings.drain(batch)).isZero();
  }

  @Test
  void accessHasTheUsersKeyAndItsSpace() {
    AccessRings rings = new AccessRings(true);
    Bytes stored = SpaceKeys.stored(5, KEY);
    rings.record(Kind.MISS.ordinal(), 1, 0, stored, 8, 7);
    rings.record(Kind.HIT.ordinal(), 1, 0, StoredRecord.of(stored, KEY, 1, 2, 0), 11, 7);
    rings.record(Kind.MISS.ordinal(), 1, 0, KEY, 3, 7);
    DrainedAccesses batch = rings.newBatch();
    assertThat(rings.drain(batch)).isEqualTo(3);
    for (int i = 0; i < 3; i++) {
      assertThat(batch.space(i)).isEqualTo(i < 2 ? 5 : SpaceKeys.DEFAULT);
      assertThat(batch.key(i)).isEqualTo(KEY);
    }
  }

  @Test
  void fullRingDropsAndCountsAndGoesOnAfterADrain() {
    AccessRings rings = new AccessRings(true, 2);
    DrainedAccesses batch = rings.newBatch();
    int attempts = 1_000;
    for (int round = 0; round < 5; round++) {
      for (int i = 0; i < attempts; i++) {
        rings.record(Kind.PUT.ordinal(), i, 1, KEY, i, round);
      }
      int taken = rings.drain(batch);
      assertThat(taken).isBetween(1, attempts - 1);
      for (int i = 0; i < taken; i++) {
        assertThat(batch.hash(i)).as("the oldest are kept, in order").isEqualTo(i);
        assertThat(batch.context(i)).isEqualTo(round);
      }
    }
    assertThat(rings.recorded() + rings.dropped()).isEqualTo(5L * attempts);
  }

  @Test
  void ringsThatAreOffTakeNothing() {
    AccessRings rings = new AccessRings(false);
    rings.record(Kind.HIT.ordinal(), 1, 1, KEY, 1, 1);
    assertThat(rings.recording()).isFalse();
    assertThat(rings.drain(rings.newBatch())).isZero();
    assertThat(rings.recorded() + rings.dropped()).isZero();
  }

  @Test
  void threadsNeverMixFieldsAndKeepTheirOrder() throws InterruptedException {
    AccessRings rings = new AccessRings(true, 2);
    int writers = 4;
    int each = 1_000_000;
    Bytes[] keys = new Bytes[1 << 12];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = Bytes.utf8("key-" + i);
    }
    AtomicInteger running = new AtomicInteger(writers);
    ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    for (int w = 0; w < writers; w++) {
      int writer = w;
      Runnable body =
          () -> {
            try {
              for (int i = 0; i < each; i++) {
                int key = i & (keys.length - 1);
                rings.record(i & 3, mix(i, writer), key, keys[key], i, writer);
              }
            } catch (Throwable e) {
              failures.add(e);
            } finally {
              running.decrementAndGet();
            }
          };
      threads.add(w % 2 == 0 ? Thread.ofPlatform().start(body) : Thread.ofVirtual().start(body));
    }
    DrainedAccesses batch = rings.newBatch();
    Map<Long, Integer> last = new HashMap<>();
    long drained = 0;
    int mixed = 0;
    int disordered = 0;
    boolean more = true;
    while (more) {
      more = running.get() > 0;
      int count = rings.drain(batch);
      drained += count;
      for (int i = 0; i < count; i++) {
        int number = batch.bytes(i);
        int key = number & (keys.length - 1);
        boolean whole =
            batch.hash(i) == mix(number, (int) batch.context(i))
                && batch.shard(i) == key
                && batch.kind(i).ordinal() == (number & 3)
                && batch.key(i).equals(keys[key]);
        Integer before = last.put(batch.context(i), number);
        mixed += whole ? 0 : 1;
        disordered += before == null || before < number ? 0 : 1;
      }
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(failures).isEmpty();
    assertThat(mixed).as("accesses with fields of others").isZero();
    assertThat(disordered).as("accesses before older ones of their context").isZero();
    assertThat(drained).isPositive().isEqualTo(rings.recorded());
    assertThat(rings.recorded() + rings.dropped()).isLessThanOrEqualTo((long) writers * each);
  }

  @Test
  void sessionKeepsItsOrderWhicheverThreadsItUses() throws InterruptedException {
    AccessRings rings = new AccessRings(true, 16);
    int accesses = 100;
    for (int i = 0; i < accesses; i++) {
      int number = i;
      Thread.ofPlatform()
          .start(() -> rings.record(Kind.HIT.ordinal(), number, 0, KEY, 3, -7))
          .join();
    }
    DrainedAccesses batch = rings.newBatch();
    assertThat(rings.drain(batch)).isEqualTo(accesses);
    for (int i = 0; i < accesses; i++) {
      assertThat(batch.hash(i)).isEqualTo(i);
    }
  }

  private static long mix(int number, int writer) {
    return (number * 31L + writer) * 0x9e37_79b9_7f4a_7c15L;
  }
}
