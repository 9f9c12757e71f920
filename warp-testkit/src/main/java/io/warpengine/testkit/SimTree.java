package io.warpengine.testkit;

import io.warpengine.api.CoreError;
import io.warpengine.api.WarpException;
import java.util.List;
import java.util.Optional;

/** The names of a simulated disk: finds files and directories by their paths. */
final class SimTree {

  private final SimDirectory root;

  SimTree(SimDirectory root) {
    this.root = root;
  }

  SimDirectory root() {
    return root;
  }

  /** Bytes of all files that have a name. */
  long bytes() {
    return bytesIn(root);
  }

  private static long bytesIn(SimDirectory directory) {
    long sum = 0;
    for (SimNode node : directory.names.values()) {
      sum +=
          switch (node) {
            case SimFile file -> file.size();
            case SimDirectory below -> bytesIn(below);
          };
    }
    return sum;
  }

  Optional<SimNode> find(String path) {
    SimNode node = root;
    for (String name : parts(path)) {
      if (!(node instanceof SimDirectory directory) || directory.find(name).isEmpty()) {
        return Optional.empty();
      }
      node = directory.find(name).get();
    }
    return Optional.of(node);
  }

  SimFile file(String path) {
    if (find(path).orElseThrow(() -> missing(path)) instanceof SimFile file) {
      return file;
    }
    throw failed(path, "is a directory");
  }

  SimDirectory parent(String path) {
    List<String> parts = parts(path);
    String above = String.join("/", parts.subList(0, parts.size() - 1));
    return directory(find(above), above);
  }

  SimDirectory directory(Optional<SimNode> node, String path) {
    if (node.orElseThrow(() -> missing(path)) instanceof SimDirectory directory) {
      return directory;
    }
    throw failed(path, "is not a directory");
  }

  /** Makes the directory of a file, durably, if it is not there. */
  SimDirectory makeParent(String path) {
    SimDirectory directory = root;
    List<String> parts = parts(path);
    for (String name : parts.subList(0, parts.size() - 1)) {
      if (directory.find(name).isEmpty()) {
        directory.put(name, new SimDirectory());
        directory.force();
      }
      directory = directory(directory.find(name), path);
    }
    return directory;
  }

  static List<String> parts(String path) {
    if (path.isEmpty()) {
      return List.of();
    }
    List<String> parts = List.of(path.split("/", -1));
    for (String part : parts) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        throw new IllegalArgumentException("The path [" + path + "] is not a plain relative one.");
      }
    }
    return parts;
  }

  static WarpException missing(String path) {
    return new WarpException(CoreError.FILE_MISSING, "The file [" + path + "] is not there.", "");
  }

  static WarpException failed(String path, String why) {
    return new WarpException(CoreError.DISK_FAILED, "The file [" + path + "] " + why + ".", "");
  }
}
