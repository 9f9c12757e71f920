package io.warpengine.testkit;

import io.warpengine.api.CoreError;
import io.warpengine.api.WarpException;
import io.warpengine.spi.disk.Disk;
import io.warpengine.spi.disk.DiskFile;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * A disk in memory that forgets what was not synced, and fails when it is told to. The model is
 * that of H2's FilePathReorderWrites and SQLite's crash tests, extended to directories.
 *
 * <p><b>What it keeps apart.</b> Readers see the volatile image. The durable image changes only by
 * {@link DiskFile#force()}, for a file's content and size but not its name, and by {@link
 * #forceDirectory}, for the names in one directory but not for those in its parents. A file is
 * unsynced in sectors of 512 bytes, a directory in operations (a name made, renamed, deleted).
 *
 * <p><b>What a power cut leaves</b> is given by {@link #crash} as another disk; this one stays as
 * it is, so that one moment can be tried in many ways. What a killed process leaves, everything
 * written, is given by {@link #kill}.
 *
 * <p><b>Faults.</b> The nth call of a kind can fail, once or for good ({@link #fail}). A force that
 * fails does what Linux does: the unsynced sectors count as clean from then on, readers still see
 * them, the next force succeeds, and a power cut takes them away. A power cut can be planned for
 * the nth call that changes something ({@link #cutAt}). Room can be limited ({@link #capacity}).
 *
 * <p>Safe for several threads. The same calls in the same order with the same seeds give the same
 * bytes.
 */
public final class SimDisk implements Disk {

  /** What becomes of what was not synced when the power is cut. */
  public enum Crash {
    /** Nothing of it is left. */
    DROP,
    /** All of it is left, but for what a failed force lost. */
    KEEP,
    /**
     * Each sector is left, lost, or garbled: torn in the middle, or noise in the bytes that were to
     * change (bytes of a sector that were synced before and written again as they were survive,
     * which SQLite calls powersafe overwrite). A size that was not synced is the old one, the new
     * one, or something between. Of the operations on the names of each directory a prefix is left
     * with half of the seeds, any subset with the others; a file renamed into another directory
     * keeps at least one of its names.
     */
    RANDOM;

    /**
     * One of the three.
     *
     * @param seed decides
     * @return the choice
     */
    public static Crash choose(long seed) {
      return List.of(values()).get((int) Math.floorMod(seed, 3L));
    }
  }

  /** A kind of call. */
  public enum Call {
    /** {@link DiskFile#read}. */
    READ,
    /** {@link DiskFile#write}. */
    WRITE,
    /** {@link DiskFile#force}. */
    FORCE,
    /** {@link DiskFile#truncate}. */
    TRUNCATE,
    /** {@link Disk#open} of a new file, {@link Disk#createDirectories} of a new directory. */
    CREATE,
    /** {@link Disk#rename}. */
    RENAME,
    /** {@link Disk#delete}. */
    DELETE,
    /** {@link Disk#forceDirectory}. */
    FORCE_DIRECTORY
  }

  /** The planned power cut: thrown by the call that it strikes and by every later one. */
  public static final class PowerCut extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PowerCut(String what) {
      super("The simulated power was cut at [" + what + "].");
    }
  }

  private final ReentrantLock mutex = new ReentrantLock();
  private final SimTree tree;
  private final SimFaults faults = new SimFaults();
  private final Set<String> locks = new HashSet<>();
  private final Map<Call, Runnable> hooks = new EnumMap<>(Call.class);
  private long capacity = Long.MAX_VALUE;
  private long used;

  /** An empty disk without limit. */
  public SimDisk() {
    this(new SimDirectory());
  }

  private SimDisk(SimDirectory root) {
    this.tree = new SimTree(root);
    this.used = tree.bytes();
  }

  /**
   * What a power cut at this moment leaves: a disk without locks, open files or planned faults.
   * This one does not change.
   *
   * @param mode what becomes of what was not synced
   * @param seed decides for {@link Crash#RANDOM}
   * @return the disk after the cut
   */
  public SimDisk crash(Crash mode, long seed) {
    return locked(() -> new SimDisk(SimImage.crashed(tree.root(), mode, seed)));
  }

  /**
   * What a process that is killed at this moment leaves: everything written, and what was not
   * synced is not synced yet. No locks, open files or planned faults. This one does not change.
   *
   * @return the disk that the next process finds
   */
  public SimDisk kill() {
    return locked(() -> new SimDisk(SimImage.copied(tree.root())));
  }

  /**
   * Lets one call to come fail with DISK_FAILED.
   *
   * @param kind the kind of call
   * @param nth which one from now on, 1 for the next
   * @return this disk
   */
  public SimDisk fail(Call kind, long nth) {
    return fail(kind, nth, 1);
  }

  /**
   * Lets calls to come fail with DISK_FAILED.
   *
   * @param kind the kind of call
   * @param nth the first one from now on, 1 for the next
   * @param times how many in a row; {@link Long#MAX_VALUE} for good
   * @return this disk
   */
  public SimDisk fail(Call kind, long nth, long times) {
    return set(() -> faults.fail(kind, nth, times));
  }

  /**
   * Takes back all planned failures.
   *
   * @return this disk
   */
  public SimDisk heal() {
    return set(() -> faults.heal());
  }

  /**
   * Plans a power cut: the nth call from now on that changes something, and every call after it,
   * throws {@link PowerCut}. A force that is struck does nothing; anything else that is struck is
   * done and not synced, so {@link #crash} decides what is left of it.
   *
   * @param nth 1 for the next
   * @return this disk
   */
  public SimDisk cutAt(long nth) {
    return set(() -> faults.cutAt(nth));
  }

  /**
   * Limits the room. A write that does not fit writes what fits and throws DISK_FULL. Room counts
   * by the sizes of the files that have a name; gaps count too.
   *
   * @param bytes room for all files together; less than what is used is allowed
   * @return this disk
   */
  public SimDisk capacity(long bytes) {
    return set(() -> capacity = bytes);
  }

  /**
   * Runs something before each call of a kind, in the caller's thread and without any lock: to stop
   * a thread there, or to count.
   *
   * @param kind the kind of call
   * @param action what to run
   * @return this disk
   */
  public SimDisk before(Call kind, Runnable action) {
    return set(() -> hooks.put(kind, action));
  }

  /**
   * Number of calls so far that change something, those that failed included.
   *
   * @return 0 or more
   */
  public long mutations() {
    return locked(faults::mutations);
  }

  /**
   * Number of calls so far of one kind, those that failed included.
   *
   * @param kind the kind
   * @return 0 or more
   */
  public long calls(Call kind) {
    return locked(() -> faults.count(kind));
  }

  /**
   * The last 256 calls, for messages.
   *
   * @return one line per call, oldest first
   */
  public List<String> trace() {
    return locked(faults::trace);
  }

  /**
   * Whether a planned power cut has struck.
   *
   * @return true if every call throws {@link PowerCut}
   */
  public boolean isCut() {
    return locked(faults::isDead);
  }

  /**
   * The whole content of a file as readers see it, whatever the faults are.
   *
   * @param path the file
   * @return a copy
   */
  public byte[] content(String path) {
    return locked(() -> {
      SimFile file = tree.file(path);
      byte[] bytes = new byte[Math.toIntExact(file.size())];
      file.read(0, bytes, 0, bytes.length);
      return bytes;
    });
  }

  /**
   * Damages or makes a file: gives it this content, durable at once, name included.
   *
   * @param path the file; its directory is made if it is not there
   * @param bytes its new content
   * @return this disk
   */
  public SimDisk plant(String path, byte[] bytes) {
    return locked(() -> {
      SimDirectory directory = tree.makeParent(path);
      SimFile file = new SimFile();
      file.write(0, bytes, 0, bytes.length);
      file.force();
      directory.put(SimTree.parts(path).getLast(), file);
      directory.force();
      used = tree.bytes();
      return this;
    });
  }

  @Override
  public DiskFile open(String path, Access access) {
    if (access == Access.CREATE) {
      runHook(Call.CREATE);
    }
    return live(
        path,
        () -> {
          if (access != Access.CREATE) {
            return new SimHandle(this, path, tree.file(path), access == Access.WRITE);
          }
          SimDirectory directory = tree.parent(path);
          String name = SimTree.parts(path).getLast();
          if (directory.find(name).isPresent()) {
            throw SimTree.failed(path, "is already there");
          }
          SimFile file = new SimFile();
          change(Call.CREATE, path, () -> directory.put(name, file));
          return new SimHandle(this, path, file, true);
        });
  }

  @Override
  public boolean exists(String path) {
    return live(path, () -> tree.find(path).isPresent());
  }

  @Override
  public long size(String path) {
    return live(path, () -> tree.file(path).size());
  }

  @Override
  public List<String> list(String directory) {
    return live(
        directory,
        () ->
            tree.find(directory).isEmpty()
                ? List.of()
                : List.copyOf(tree.directory(tree.find(directory), directory).names.keySet()));
  }

  @Override
  public void createDirectories(String directory) {
    runHook(Call.CREATE);
    live(
        directory,
        () -> {
          SimDirectory at = tree.root();
          for (String name : SimTree.parts(directory)) {
            if (at.find(name).isEmpty()) {
              SimDirectory above = at;
              change(Call.CREATE, directory, () -> above.put(name, new SimDirectory()));
            }
            at = tree.directory(at.find(name), directory);
          }
          return at;
        });
  }

  @Override
  public void rename(String from, String to) {
    runHook(Call.RENAME);
    live(
        from,
        () -> {
          SimNode node = tree.find(from).orElseThrow(() -> SimTree.missing(from));
          SimDirectory target = tree.parent(to);
          String name = SimTree.parts(to).getLast();
          if (target.find(name).filter(SimDirectory.class::isInstance).isPresent()) {
            throw SimTree.failed(to, "is a directory");
          }
          if (target.find(name).filter(there -> there == node).isPresent()) {
            return node;
          }
          SimDirectory source = tree.parent(from);
          String what = from + " -> " + to;
          change(Call.RENAME, what, () -> source.move(SimTree.parts(from).getLast(), target, name));
          return node;
        });
  }

  @Override
  public void delete(String path) {
    runHook(Call.DELETE);
    live(
        path,
        () -> {
          Optional<SimNode> node = tree.find(path);
          if (node.isPresent()) {
            if (node.get() instanceof SimDirectory directory && !directory.names.isEmpty()) {
              throw SimTree.failed(path, "is a directory that is not empty");
            }
            change(
                Call.DELETE, path, () -> tree.parent(path).remove(SimTree.parts(path).getLast()));
          }
          return node;
        });
  }

  @Override
  public void forceDirectory(String directory) {
    runHook(Call.FORCE_DIRECTORY);
    live(
        directory,
        () -> {
          SimDirectory node = tree.directory(tree.find(directory), directory);
          faults.enter(Call.FORCE_DIRECTORY, directory, () -> {});
          node.force();
          return node;
        });
  }

  @Override
  public long usableBytes() {
    return locked(() -> Math.max(0, capacity - used));
  }

  @Override
  public DiskLock lock(String path) {
    return live(
        path,
        () -> {
          if (!locks.add(path)) {
            throw new WarpException(
                CoreError.DIRECTORY_LOCKED,
                "The directory [" + location() + "] is in use: [" + path + "] is locked.",
                "Close the other database first.");
          }
          if (tree.find(path).isEmpty()) {
            tree.parent(path).put(SimTree.parts(path).getLast(), new SimFile());
          }
          return () -> locked(() -> locks.remove(path));
        });
  }

  @Override
  public String location() {
    return "simulated disk";
  }

  int read(SimFile file, String path, long position, byte[] target, int offset, int length) {
    runHook(Call.READ);
    return locked(() -> {
      faults.enter(Call.READ, path + " @" + position + " +" + length, () -> {});
      return file.read(position, target, offset, length);
    });
  }

  void write(SimFile file, String path, long position, byte[] source, int offset, int length) {
    runHook(Call.WRITE);
    locked(() -> {
      long growth = Math.max(0, position + length - file.size());
      long room = Math.max(0, capacity - used);
      int fits = growth <= room ? length : (int) Math.max(0, length - (growth - room));
      change(
          Call.WRITE,
          path + " @" + position + " +" + length,
          () -> file.write(position, source, offset, fits));
      if (fits < length) {
        throw new WarpException(
            CoreError.DISK_FULL,
            "There is no room for [" + length + "] bytes of [" + path + "].",
            "Free some space.");
      }
      return file;
    });
  }

  void force(SimFile file, String path) {
    runHook(Call.FORCE);
    locked(() -> {
      faults.enter(Call.FORCE, path, file::loseUnsynced);
      file.force();
      return file;
    });
  }

  void truncate(SimFile file, String path, long size) {
    runHook(Call.TRUNCATE);
    locked(() -> {
      change(Call.TRUNCATE, path + " to " + size, () -> file.truncate(size));
      return file;
    });
  }

  long size(SimFile file, String path) {
    return live(path, () -> file.size());
  }

  private void change(Call kind, String what, Runnable action) {
    try {
      faults.change(kind, what, action);
    } finally {
      used = tree.bytes();
    }
  }

  private void checkAlive(String path) {
    if (faults.isDead()) {
      throw new PowerCut(path);
    }
  }

  private void runHook(Call kind) {
    Runnable hook = locked(() -> hooks.getOrDefault(kind, () -> {}));
    hook.run();
  }

  private <T> T live(String path, Supplier<T> action) {
    return locked(() -> {
      checkAlive(path);
      return action.get();
    });
  }

  private SimDisk set(Runnable action) {
    return locked(() -> {
      action.run();
      return this;
    });
  }

  private <T> T locked(Supplier<T> action) {
    mutex.lock();
    try {
      return action.get();
    } finally {
      mutex.unlock();
    }
  }
}
