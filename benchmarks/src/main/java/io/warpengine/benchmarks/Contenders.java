package io.warpengine.benchmarks;

import java.nio.file.Path;

/** Opens contenders by name: the engine, and after a colon its mode. */
final class Contenders {

  private Contenders() {}

  static Contender open(String name, Path directory, int keys, int valueBytes) {
    int colon = name.indexOf(':');
    String engine = colon < 0 ? name : name.substring(0, colon);
    String mode = colon < 0 ? "" : name.substring(colon + 1);
    return switch (engine) {
      case "warp" ->
          switch (mode) {
            case "none" -> WarpContender.inMemory();
            case "held" -> WarpContender.withSnapshots(1_000);
            case "taken" -> WarpContender.withSnapshots(5);
            case "observed" -> WarpContender.inMemory(true);
            case "unobserved", "again" -> WarpContender.inMemory(false);
            default -> WarpContender.journaled(directory, mode);
          };
      case "chm" -> MapContender.concurrentHashMap();
      case "caffeine" -> MapContender.caffeine(keys);
      case "rocksdb" -> new RocksContender(directory, mode);
      case "mvstore" -> new MvStoreContender(directory, mode);
      case "lmdb" -> new LmdbContender(directory, mode.equals("sync"));
      case "chronicle" -> new ChronicleContender(directory, keys, valueBytes);
      default -> throw new IllegalArgumentException("There is no engine [" + name + "].");
    };
  }

  /** The engine's name for the table. */
  static String words(String name) {
    int colon = name.indexOf(':');
    return switch (colon < 0 ? name : name.substring(0, colon)) {
      case "warp" ->
          switch (name) {
            case "warp:held" -> "WarpEngine, a snapshot held";
            case "warp:taken" -> "WarpEngine, snapshots taken";
            case "warp:observed" -> "WarpEngine, three observers";
            case "warp:unobserved" -> "WarpEngine, unobserved";
            case "warp:again" -> "WarpEngine, unobserved, once more";
            default -> "WarpEngine";
          };
      case "chm" -> "ConcurrentHashMap";
      case "caffeine" -> "Caffeine";
      case "rocksdb" -> "RocksDB";
      case "mvstore" -> "H2 MVStore";
      case "lmdb" -> "LMDB";
      case "chronicle" -> "Chronicle Map";
      default -> name;
    };
  }
}
