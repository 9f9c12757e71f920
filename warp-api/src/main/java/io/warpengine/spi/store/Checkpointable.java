package io.warpengine.spi.store;

import io.warpengine.api.Position;

/**
 * State that can be written down so that the journal before a position is not needed any more. The
 * journal decides when; the owner decides what.
 */
public interface Checkpointable {

  /**
   * The owner's name in checkpoints and in the manifest.
   *
   * @return lower-case letters, digits and dashes; never changes
   */
  String owner();

  /**
   * The version of what it writes.
   *
   * @return 1 or more
   */
  int formatVersion();

  /**
   * Writes the state while the database goes on. What is written must hold every change up to the
   * given position; later changes may be in it or not, since replaying them a second time changes
   * nothing.
   *
   * @param position everything up to here is applied
   * @param sink where to write
   */
  void write(Position position, CheckpointSink sink);

  /**
   * Takes back what {@link #write} wrote, before any other use and before replay.
   *
   * @param formatVersion the version that wrote it, at most {@link #formatVersion()}
   * @param source what was written, checked
   */
  void restore(int formatVersion, CheckpointSource source);
}
