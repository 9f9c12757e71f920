package io.warpengine.wal;

import io.warpengine.api.Durability;
import io.warpengine.api.Position;
import io.warpengine.spi.config.ByteSize;
import java.time.Duration;

/** What programs can ask of the log, by {@code database.extension(WriteAheadLog.class)}. */
public interface WriteAheadLog {

  /**
   * Makes a checkpoint now, so that the log before it is not needed any more.
   *
   * @return everything up to here is in it
   * @throws io.warpengine.api.WarpException READ_ONLY if the log is not open for writing; otherwise
   *     what kept it from being made, and then nothing has changed
   */
  Position checkpoint();

  /**
   * How the log stands.
   *
   * @return the figures of this moment
   * @throws io.warpengine.api.WarpException READ_ONLY if the log is not open for writing
   */
  Status status();

  /**
   * Figures of the log.
   *
   * @param durability what writes wait for when they name nothing
   * @param interval the longest time between syncs for writes in interval mode
   * @param buffer the most that is staged
   * @param incarnation how often the log was opened for writing
   * @param staged the end of what is staged
   * @param written the end of what is handed to the operating system
   * @param durable the end of what is durable
   * @param segments number of log files
   * @param checkpoint number of the newest checkpoint; 0 if there is none
   * @param checkpointLsn everything up to here is in that checkpoint
   * @param sinceSync time since the last sync ended, or since the log was opened
   * @param refusal why staging is refused; empty if it is not
   */
  record Status(
      Durability durability,
      Duration interval,
      ByteSize buffer,
      int incarnation,
      long staged,
      long written,
      long durable,
      int segments,
      long checkpoint,
      long checkpointLsn,
      Duration sinceSync,
      String refusal) {

    /**
     * What a kill of the process and a power cut can lose of acknowledged writes.
     *
     * @return a sentence
     */
    public String lossWindow() {
      return switch (durability) {
        case NONE -> "Everything.";
        case MEMORY ->
            "A kill loses what was staged: at most ["
                + buffer
                + "]; 5 ms, or a sync that is under way; a power cut loses what was not synced,"
                + " always the newest.";
        case OS ->
            "A kill loses nothing; a power cut loses what was not synced, always the newest.";
        case INTERVAL ->
            "A kill loses nothing; a power cut loses at most the newest ["
                + interval.toMillis()
                + "] ms plus one sync, or two syncs if a sync takes longer.";
        case SYNC -> "Nothing is lost.";
      };
    }
  }
}
