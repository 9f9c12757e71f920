package io.warpengine.kernel.disk;

import io.warpengine.api.CoreError;
import io.warpengine.api.WarpException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** Turns what the operating system reports into the errors of a disk. */
final class DiskErrors {

  private DiskErrors() {}

  /**
   * The error for a failed call.
   *
   * @param doing what was attempted, as in {@code "write to"}
   * @param path the file or directory
   * @param failure what was reported
   * @return DISK_FULL, FILE_MISSING or DISK_FAILED
   */
  static WarpException of(String doing, Path path, IOException failure) {
    String words = words(failure);
    if (failure instanceof FullException || isFull(words)) {
      return new WarpException(
          CoreError.DISK_FULL,
          "There is no room to " + doing + " [" + path + "]: " + words + ".",
          "Free some space on that file system, or raise the quota.",
          failure);
    }
    if (isMissing(path, failure)) {
      return new WarpException(
          CoreError.FILE_MISSING,
          "Cannot " + doing + " [" + path + "]: it is not there.",
          "If it was moved or deleted, put it back or restore a backup.",
          failure);
    }
    return new WarpException(
        CoreError.DISK_FAILED,
        "Cannot " + doing + " [" + path + "]: " + words + ".",
        "Check the file system, its permissions and the system's log.",
        failure);
  }

  /**
   * The error for a failed write. The system's words may be in any language, so the room that is
   * left is looked at as well.
   *
   * @param path the file
   * @param length bytes that were to be written
   * @param failure what was reported
   * @return DISK_FULL, FILE_MISSING or DISK_FAILED
   */
  static WarpException ofWrite(Path path, int length, IOException failure) {
    return of("write to", path, hasRoom(path, length) ? failure : new FullException(failure));
  }

  private static boolean hasRoom(Path path, int length) {
    try {
      return Files.getFileStore(path).getUsableSpace() >= Math.max(length, 1);
    } catch (IOException e) {
      return true;
    }
  }

  private static String words(IOException failure) {
    String message = failure.getMessage();
    return message == null
        ? failure.getClass().getSimpleName()
        : failure.getClass() == IOException.class || failure instanceof FullException
            ? message
            : failure.getClass().getSimpleName() + " " + message;
  }

  private static boolean isFull(String words) {
    String lower = words.toLowerCase(Locale.ROOT);
    return lower.contains("no space left") || lower.contains("quota exceeded");
  }

  private static boolean isMissing(Path path, IOException failure) {
    return failure instanceof NoSuchFileException
        || (failure instanceof FileNotFoundException && Files.notExists(path));
  }

  /** A failure on a file system without room. */
  private static final class FullException extends IOException {

    private static final long serialVersionUID = 1L;

    FullException(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }
}
