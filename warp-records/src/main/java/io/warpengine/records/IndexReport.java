package io.warpengine.records;

/**
 * What a check of an index found, at one moment.
 *
 * @param records records that were read
 * @param entries entries of the index that were read
 * @param missing records whose entry is missing, or leads to another record
 * @param stale entries whose record is gone or has another value
 */
public record IndexReport(long records, long entries, long missing, long stale) {

  /**
   * Whether index and records agree.
   *
   * @return true if nothing is missing and nothing is stale
   */
  public boolean sound() {
    return missing == 0 && stale == 0;
  }
}
