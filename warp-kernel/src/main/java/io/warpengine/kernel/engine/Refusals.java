package io.warpengine.kernel.engine;

import io.warpengine.api.Bytes;
import io.warpengine.api.CoreError;
import io.warpengine.api.Durability;
import io.warpengine.api.Problem;
import io.warpengine.api.WarpException;
import java.util.List;
import java.util.Set;

/** The sentences with which the engine refuses. */
final class Refusals {

  private Refusals() {}

  static WarpException keyEmpty() {
    return new WarpException(
        CoreError.KEY_EMPTY, "A key has no bytes.", "Give a key of 1 byte to 64 KiB.");
  }

  static WarpException keyTooLong(int size, int most) {
    return new WarpException(
        CoreError.KEY_TOO_LONG,
        "A key has [" + size + "] bytes, the limit is [" + most + "].",
        "Use a shorter key, for example a hash of the long one.");
  }

  static WarpException valueTooLarge(int size, long most) {
    return new WarpException(
        CoreError.VALUE_TOO_LARGE,
        "A value has [" + size + "] bytes, the limit is [" + most + "].",
        "Split the value, or raise [warp.max-value-bytes].");
  }

  static WarpException batchTooLarge(long size, long most) {
    return new WarpException(
        CoreError.BATCH_TOO_LARGE,
        "A batch has [" + size + "] bytes of keys and values, the limit is [" + most + "].",
        "Split the batch, or raise [warp.max-batch-bytes].");
  }

  static WarpException timeToLiveInvalid(Object timeToLive) {
    return new WarpException(
        CoreError.TTL_INVALID,
        "The time to live [" + timeToLive + "] is shorter than one millisecond or too long.",
        "Give at least 1 ms, or none for a record that stays.");
  }

  static WarpException durabilityUnsupported(Durability asked, Set<Durability> possible) {
    return new WarpException(
        CoreError.DURABILITY_UNSUPPORTED,
        "The durability [" + asked + "] is not one of what the journal gives, " + possible + ".",
        possible.equals(Set.of(Durability.NONE))
            ? "Load a journal plugin, for example [wal], or name no durability."
            : "Name one of those, or none for the default.");
  }

  static WarpException notANumber() {
    return new WarpException(
        CoreError.NOT_A_NUMBER,
        "The value to increment is not a decimal 64-bit integer.",
        "Increment only keys whose values are whole numbers written as text.");
  }

  static WarpException numberOverflow(long delta) {
    return new WarpException(
        CoreError.NOT_A_NUMBER,
        "Adding [" + delta + "] leads past the range of a 64-bit integer.",
        "Use a smaller step, or start the counter anew.");
  }

  static WarpException readOnly(String reason) {
    return new WarpException(
        CoreError.READ_ONLY,
        "The database takes no writes: " + reason,
        "Reads go on; open it for writing, or remove the cause.");
  }

  static WarpException closed() {
    return new WarpException(
        CoreError.CLOSED, "The database is closed.", "Open it again with [Warp.open].");
  }

  static WarpException notApplied(Throwable cause) {
    return new WarpException(
        EngineError.WRITE_NOT_APPLIED,
        "A write is in the journal and could not be applied in memory: " + cause + ".",
        "Close the database and open it again, with more memory if that was short.",
        cause);
  }

  static WarpException tokenInvalid(String reason) {
    return new WarpException(
        CoreError.TOKEN_INVALID,
        "The resume token " + reason + ".",
        "Give a token of the same scan, or begin without one.");
  }

  static WarpException snapshotExpired() {
    return new WarpException(
        CoreError.SNAPSHOT_EXPIRED,
        "The snapshot has ended: what it would read was kept up to a bound, which is reached.",
        "Take a new one and close it earlier, or raise [warp.snapshot.max-bytes] or"
            + " [warp.snapshot.max-age]; a scan goes on by the token of its cursor.");
  }

  static WarpException snapshotClosed() {
    return new WarpException(
        CoreError.CLOSED, "The snapshot is closed.", "Take another with [snapshot].");
  }

  static WarpException transactionReadsOnly() {
    return new WarpException(
        CoreError.READ_ONLY,
        "The transaction was begun to read only.",
        "Begin it with options that let it write.");
  }

  static WarpException transactionEnded() {
    return new WarpException(
        CoreError.CLOSED,
        "The transaction has ended.",
        "Use a transaction only while its body runs, in the same thread.");
  }

  static WarpException conflict(Bytes key, int attempts) {
    return new WarpException(
        CoreError.TRANSACTION_CONFLICT,
        List.of(
            new Problem(
                CoreError.TRANSACTION_CONFLICT,
                key.toString(),
                "The transaction met a conflicting write in each of [" + attempts + "] attempts.",
                "Try again later, make it shorter, or allow more attempts.")));
  }

  static WarpException spaceNameInvalid(String name) {
    return new WarpException(
        CoreError.SPACE_NAME_INVALID,
        "The name [" + name.replaceAll("\\p{Cntrl}", "?") + "] is none for a space.",
        "Use 1 to 255 bytes of UTF-8 without control characters.");
  }

  static WarpException spaceMissing(String name) {
    return new WarpException(
        CoreError.SPACE_MISSING,
        "There is no space [" + name + "].",
        "Open the database for writing to make it, or name one of those that are there.");
  }

  static WarpException spaceDropped(String name) {
    return new WarpException(
        CoreError.SPACE_DROPPED,
        "The space [" + name + "] was dropped.",
        "Ask the database for the space again; that makes a new one.");
  }

  static WarpException extensionMissing(Class<?> api) {
    return new WarpException(
        CoreError.EXTENSION_MISSING,
        "No loaded plugin provides [" + api.getName() + "].",
        "Put the jar of the plugin that provides it into the plugins folder or on the path.");
  }
}
