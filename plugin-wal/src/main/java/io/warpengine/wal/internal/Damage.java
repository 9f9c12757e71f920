package io.warpengine.wal.internal;

import io.warpengine.api.Problem;
import io.warpengine.api.WarpException;
import io.warpengine.wal.WalError;
import java.util.List;

/**
 * A part of the log that should be there and is not, or is not what was written.
 *
 * @param path the file
 * @param offset where in the file
 * @param fromLsn the first LSN concerned
 * @param toLsn the LSN after the last one concerned
 * @param what what is wrong, as the end of a sentence
 */
record Damage(String path, long offset, long fromLsn, long toLsn, String what) {

  private static final String HELP =
      "Restore a backup; or look with [wal verify] and open once with warp.wal.recovery ="
          + " [point-in-time] or [salvage], which say what they leave out.";

  String sentence() {
    return "The log is damaged: file ["
        + path
        + "] at offset ["
        + offset
        + "], LSN ["
        + fromLsn
        + "] to ["
        + toLsn
        + "]: "
        + what
        + ".";
  }

  WarpException refusal() {
    return refusal(List.of(this));
  }

  static WarpException refusal(List<Damage> damages) {
    return new WarpException(
        WalError.LOG_DAMAGED,
        damages.stream()
            .map(damage -> new Problem(WalError.LOG_DAMAGED, "", damage.sentence(), HELP))
            .toList());
  }
}
