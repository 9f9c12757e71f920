package io.warpengine.spi.store;

import java.util.List;

/** Where an owner reads its part of a checkpoint. */
public interface CheckpointSource {

  /**
   * The names of the files that the owner wrote.
   *
   * @return sorted names
   */
  List<String> files();

  /**
   * Opens a file from its beginning. Several can be read at once, each by one thread.
   *
   * @param name one of {@link #files()}
   * @return where to read, to be closed
   */
  Input open(String name);

  /** A file being read. */
  interface Input extends AutoCloseable {

    /**
     * Reads bytes in sequence.
     *
     * @param target where to put them
     * @param offset index of the first byte put
     * @param length number of bytes wanted
     * @return number of bytes read, less than {@code length} only at the end of the file
     */
    int read(byte[] target, int offset, int length);

    @Override
    void close();
  }
}
