package io.warpengine.testkit;

import io.warpengine.testkit.SimDisk.Call;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts the calls of a simulated disk and decides which of them fail. */
final class SimFaults {

  private static final int TRACE = 256;

  /** What is to become of one call. */
  private enum Verdict {
    PASS,
    FAIL,
    CUT,
    DEAD
  }

  private record Failure(Call kind, long from, long to) {}

  private final Map<Call, Long> counts = new EnumMap<>(Call.class);
  private final Deque<String> trace = new ArrayDeque<>();
  private final List<Failure> failures = new ArrayList<>();
  private long mutations;
  private long cutAt = Long.MAX_VALUE;
  private boolean dead;

  private Verdict next(Call kind, String what) {
    if (dead) {
      return Verdict.DEAD;
    }
    long count = counts.merge(kind, 1L, Long::sum);
    Verdict verdict = Verdict.PASS;
    if (kind != Call.READ && ++mutations >= cutAt) {
      dead = true;
      verdict = Verdict.CUT;
    } else if (failures.stream()
        .anyMatch(f -> f.kind == kind && f.from <= count && count <= f.to)) {
      verdict = Verdict.FAIL;
    }
    if (trace.size() == TRACE) {
      trace.removeFirst();
    }
    trace.addLast(
        "#" + mutations + " " + kind + " " + what + (verdict == Verdict.PASS ? "" : " " + verdict));
    return verdict;
  }

  /** Does a change that a power cut may strike: done then, but not synced. */
  void change(Call kind, String what, Runnable action) {
    Verdict verdict = next(kind, what);
    if (verdict == Verdict.PASS || verdict == Verdict.CUT) {
      action.run();
    }
    refuse(verdict, kind, what);
  }

  /** Passes a call that the caller does itself afterwards, or fails it. */
  void enter(Call kind, String what, Runnable onFailure) {
    Verdict verdict = next(kind, what);
    if (verdict == Verdict.FAIL) {
      onFailure.run();
    }
    refuse(verdict, kind, what);
  }

  private static void refuse(Verdict verdict, Call kind, String what) {
    switch (verdict) {
      case PASS -> {}
      case FAIL -> throw SimTree.failed(what, "failed by plan at " + kind);
      case CUT, DEAD -> throw new SimDisk.PowerCut(kind + " " + what);
    }
  }

  boolean isDead() {
    return dead;
  }

  void fail(Call kind, long nth, long times) {
    long from = count(kind) + nth;
    failures.add(new Failure(kind, from, times == Long.MAX_VALUE ? times : from + times - 1));
  }

  void heal() {
    failures.clear();
  }

  void cutAt(long nth) {
    cutAt = mutations + nth;
  }

  long mutations() {
    return mutations;
  }

  long count(Call kind) {
    return counts.getOrDefault(kind, 0L);
  }

  List<String> trace() {
    return List.copyOf(trace);
  }
}
