package io.warpengine.composition;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What several clients did to one key, and whether some order explains it.
 *
 * <p>A history is linearizable if its calls can be put in an order that keeps every call that ended
 * before another began in front of it, and in which each gives the answer that the client got. The
 * search takes, again and again, one of the calls that no other unplaced one precedes, and never
 * looks twice at the same set of placed calls with the same value (Wing and Gong, "Testing and
 * verifying concurrent objects", 1993; the memory of what was seen is Lowe's, 2017). A call without
 * an answer may have happened at any time after it began, or never.
 */
final class KeyHistory {

  static final String ABSENT = "absent";
  static final String DONE = "done";
  static final String REFUSED = "refused";
  static final String UNKNOWN = "unknown";

  enum Kind {
    GET,
    PUT,
    DELETE,
    PUT_IF_ABSENT,
    COMPARE_AND_SET,
    INCREMENT,
    TRANSFER
  }

  /**
   * One call.
   *
   * @param kind what was called
   * @param value the value or the number added; empty if the call has none
   * @param expected what is to be replaced; empty if the call has none
   * @param answer what came back
   * @param began when
   * @param ended when; {@link Long#MAX_VALUE} without an answer
   */
  record Call(Kind kind, String value, String expected, String answer, long began, long ended) {

    boolean isKnown() {
      return !answer.equals(UNKNOWN);
    }

    /** Whether it only looked, as far as is known. */
    boolean changedNothing() {
      return kind == Kind.GET || answer.equals(REFUSED);
    }

    private String answerTo(String state) {
      return switch (kind) {
        case GET -> state;
        case DELETE -> state.equals(ABSENT) ? REFUSED : DONE;
        case PUT_IF_ABSENT -> state.equals(ABSENT) ? DONE : REFUSED;
        case COMPARE_AND_SET -> state.equals(expected) ? DONE : REFUSED;
        case INCREMENT -> sum(state);
        case PUT, TRANSFER -> DONE;
      };
    }

    private String stateAfter(String state) {
      return switch (answerTo(state)) {
        case REFUSED -> state;
        default ->
            switch (kind) {
              case GET, TRANSFER -> state;
              case DELETE -> ABSENT;
              case INCREMENT -> sum(state);
              case PUT, PUT_IF_ABSENT, COMPARE_AND_SET -> value;
            };
      };
    }

    private String sum(String state) {
      long before = state.equals(ABSENT) ? 0 : Long.parseLong(state);
      return String.valueOf(before + Long.parseLong(value));
    }
  }

  private record Seen(BitSet placed, String state) {}

  private final List<Call> calls;
  private final BitSet placed = new BitSet();
  private final Set<Seen> seen = new HashSet<>();

  private KeyHistory(List<Call> calls) {
    this.calls = new ArrayList<>(calls);
    this.calls.sort(Comparator.comparingLong(Call::began));
  }

  /** Whether an order explains the calls, beginning with a value or {@link #ABSENT}. */
  static boolean isLinearizable(String before, List<Call> calls) {
    return new KeyHistory(calls).search(before);
  }

  private boolean search(String state) {
    int first = placed.nextClearBit(0);
    if (!seen.add(new Seen((BitSet) placed.clone(), state))) {
      return false;
    }
    long end = Long.MAX_VALUE;
    boolean complete = true;
    for (int i = first; i < calls.size() && calls.get(i).began <= end; i = next(i)) {
      end = Math.min(end, calls.get(i).ended);
      complete &= !calls.get(i).isKnown();
    }
    if (complete) {
      return true;
    }
    for (int i = first; i < calls.size() && calls.get(i).began <= end; i = next(i)) {
      Call call = calls.get(i);
      if (!call.isKnown() || call.answer.equals(call.answerTo(state))) {
        placed.set(i);
        if (search(call.stateAfter(state))) {
          return true;
        }
        placed.clear(i);
      }
    }
    return false;
  }

  private int next(int i) {
    return placed.nextClearBit(i + 1);
  }
}
