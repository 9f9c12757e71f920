package io.warpengine.spi.store;

/**
 * Where an owner writes its part of a checkpoint. The journal frames, compresses and checks the
 * bytes.
 */
public interface CheckpointSink {

  /**
   * Begins a file. Several can be written at once, each by one thread.
   *
   * @param name lower-case letters, digits and dashes, once per checkpoint
   * @return where to write, to be closed when complete
   */
  Output file(String name);

  /** A file being written. */
  interface Output extends AutoCloseable {

    /**
     * Appends bytes.
     *
     * @param source the bytes
     * @param offset index of the first one
     * @param length number of bytes
     */
    void write(byte[] source, int offset, int length);

    /** Ends the file; a file that is not closed makes the checkpoint fail. */
    @Override
    void close();
  }
}
