package io.warpengine.testkit;

import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The content of one simulated file: a volatile image that readers see and a durable image that a
 * power cut leaves, both in sparse pages that are shared until they are written to.
 */
final class SimFile extends SimNode {

  static final int PAGE = 4_096;
  static final int SECTOR = 512;
  private static final int SECTORS_PER_PAGE = PAGE / SECTOR;
  private static final byte[] ZEROS = new byte[PAGE];

  private @Nullable Page[] pages = new Page[0];
  private @Nullable Page[] durablePages = new Page[0];
  private long size;
  private long durableSize;
  private boolean sizeUnsynced;
  private BitSet unsynced = new BitSet();
  private BitSet lost = new BitSet();

  /** Bytes of a page; frozen as soon as another image or another disk refers to it. */
  private static final class Page {
    final byte[] bytes;
    boolean frozen;

    Page(byte[] bytes) {
      this.bytes = bytes;
    }
  }

  long size() {
    return size;
  }

  int read(long position, byte[] target, int offset, int length) {
    if (position >= size) {
      return 0;
    }
    int count = (int) Math.min(length, size - position);
    int done = 0;
    while (done < count) {
      int index = (int) ((position + done) / PAGE);
      int at = (int) ((position + done) % PAGE);
      int part = Math.min(PAGE - at, count - done);
      Page page = pageAt(pages, index);
      byte[] bytes = page == null ? ZEROS : page.bytes;
      System.arraycopy(bytes, at, target, offset + done, part);
      done += part;
    }
    return count;
  }

  void write(long position, byte[] source, int offset, int length) {
    if (length == 0) {
      return;
    }
    grow((int) ((position + length + PAGE - 1) / PAGE));
    int done = 0;
    while (done < length) {
      int index = (int) ((position + done) / PAGE);
      int at = (int) ((position + done) % PAGE);
      int part = Math.min(PAGE - at, length - done);
      writePage(index, at, source, offset + done, part);
      done += part;
    }
    unsynced.set((int) (position / SECTOR), (int) ((position + length - 1) / SECTOR) + 1);
    if (position + length > size) {
      size = position + length;
      sizeUnsynced = true;
    }
  }

  private void writePage(int index, int at, byte[] source, int offset, int length) {
    Page page = pages[index];
    boolean zeros = Arrays.equals(source, offset, offset + length, ZEROS, 0, length);
    if (zeros && (page == null || length == PAGE)) {
      pages[index] = null;
      return;
    }
    if (page == null) {
      page = new Page(new byte[PAGE]);
    } else if (page.frozen) {
      page = new Page(page.bytes.clone());
    }
    System.arraycopy(source, offset, page.bytes, at, length);
    pages[index] = page;
  }

  void truncate(long newSize) {
    if (newSize == size) {
      return;
    }
    int first = (int) (newSize / PAGE);
    int tail = (int) (newSize % PAGE);
    if (tail != 0 && pageAt(pages, first) != null) {
      writePage(first, tail, ZEROS, 0, PAGE - tail);
    }
    for (int index = tail == 0 ? first : first + 1; index < pages.length; index++) {
      pages[index] = null;
    }
    unsynced.set((int) (newSize / SECTOR), (int) ((size - 1) / SECTOR) + 1);
    size = newSize;
    sizeUnsynced = true;
  }

  /** Makes the volatile image durable, page by page as an operating system does. */
  void force() {
    if (durablePages.length < pages.length) {
      durablePages = Arrays.copyOf(durablePages, pages.length);
    }
    int sector = unsynced.nextSetBit(0);
    while (sector >= 0) {
      int index = sector / SECTORS_PER_PAGE;
      Page page = pageAt(pages, index);
      if (page != null) {
        page.frozen = true;
      }
      if (index < durablePages.length) {
        durablePages[index] = page;
      }
      int next = (index + 1) * SECTORS_PER_PAGE;
      lost.clear(index * SECTORS_PER_PAGE, next);
      sector = unsynced.nextSetBit(next);
    }
    unsynced.clear();
    if (sizeUnsynced) {
      durableSize = size;
      sizeUnsynced = false;
    }
  }

  /** A force that failed: what was unsynced counts as clean from now on and is not on the disk. */
  void loseUnsynced() {
    lost.or(unsynced);
    unsynced.clear();
    sizeUnsynced = false;
  }

  boolean isUnsynced() {
    return sizeUnsynced || !unsynced.isEmpty();
  }

  /** The same file on another disk, with both images as they are. */
  SimFile copy() {
    SimFile copy = new SimFile();
    freeze();
    copy.pages = pages.clone();
    copy.durablePages = durablePages.clone();
    copy.size = size;
    copy.durableSize = durableSize;
    copy.sizeUnsynced = sizeUnsynced;
    copy.unsynced = (BitSet) unsynced.clone();
    copy.lost = (BitSet) lost.clone();
    return copy;
  }

  /** What a power cut leaves of this file. */
  SimFile crashed(SimDisk.Crash mode, SplittableRandom random, double keep) {
    SimFile after = new SimFile();
    freeze();
    after.pages = Arrays.copyOf(durablePages, Math.max(pages.length, durablePages.length));
    after.size = crashedSize(mode, random, keep);
    for (int s = unsynced.nextSetBit(0); s >= 0; s = unsynced.nextSetBit(s + 1)) {
      double chance = mode == SimDisk.Crash.RANDOM ? random.nextDouble() : 0;
      if (mode == SimDisk.Crash.DROP) {
        break;
      }
      if (chance < keep) {
        after.putSector(s, pageAt(pages, s / SECTORS_PER_PAGE), 0);
      } else if (chance > keep + (1 - keep) * 0.7) {
        after.garbleSector(s, pageAt(pages, s / SECTORS_PER_PAGE), random);
      }
    }
    after.cutPages();
    after.freeze();
    after.durablePages = after.pages.clone();
    after.durableSize = after.size;
    return after;
  }

  private long crashedSize(SimDisk.Crash mode, SplittableRandom random, double keep) {
    if (!sizeUnsynced || mode == SimDisk.Crash.DROP) {
      return durableSize;
    }
    if (mode == SimDisk.Crash.KEEP || random.nextDouble() < keep) {
      return size;
    }
    long low = Math.min(size, durableSize);
    long high = Math.max(size, durableSize);
    long sectors = (high - low) / SECTOR;
    boolean between = sectors > 0 && random.nextBoolean();
    return between ? low + random.nextLong(sectors) * SECTOR : durableSize;
  }

  private void putSector(int sector, @Nullable Page from, int skip) {
    int at = sector % SECTORS_PER_PAGE * SECTOR + skip;
    byte[] bytes = from == null ? ZEROS : from.bytes;
    grow(sector / SECTORS_PER_PAGE + 1);
    writePage(sector / SECTORS_PER_PAGE, at, bytes, at, SECTOR - skip);
  }

  /** A torn sector: its head old and its tail new, or noise where old and new differ. */
  private void garbleSector(int sector, @Nullable Page from, SplittableRandom random) {
    if (random.nextBoolean()) {
      putSector(sector, from, 1 + random.nextInt(SECTOR - 1));
      return;
    }
    int at = sector % SECTORS_PER_PAGE * SECTOR;
    Page old = pageAt(pages, sector / SECTORS_PER_PAGE);
    byte[] before = old == null ? ZEROS : old.bytes;
    byte[] after = from == null ? ZEROS : from.bytes;
    byte[] noise = new byte[SECTOR];
    random.nextBytes(noise);
    for (int i = 0; i < SECTOR; i++) {
      if (before[at + i] == after[at + i]) {
        noise[i] = before[at + i];
      }
    }
    grow(sector / SECTORS_PER_PAGE + 1);
    writePage(sector / SECTORS_PER_PAGE, at, noise, 0, SECTOR);
  }

  /** Bytes past the end read as zeros if the file grows again. */
  private void cutPages() {
    int first = (int) (size / PAGE);
    int tail = (int) (size % PAGE);
    if (tail != 0 && pageAt(pages, first) != null) {
      writePage(first, tail, ZEROS, 0, PAGE - tail);
    }
    for (int index = tail == 0 ? first : first + 1; index < pages.length; index++) {
      pages[index] = null;
    }
  }

  private void freeze() {
    for (Page page : pages) {
      if (page != null) {
        page.frozen = true;
      }
    }
  }

  private void grow(int count) {
    if (count > pages.length) {
      pages = Arrays.copyOf(pages, Math.max(count, pages.length + pages.length / 2));
    }
  }

  private static @Nullable Page pageAt(@Nullable Page[] pages, int index) {
    return index < pages.length ? pages[index] : null;
  }
}
