package io.warpengine.kernel.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * Finds what somebody who mistyped a name probably meant: the nearest name by the distance of
 * Damerau and Levenshtein in its restricted form (insertions, deletions, substitutions and swaps of
 * neighbours, no part edited twice).
 */
public final class Suggestion {

  private Suggestion() {}

  /**
   * The nearest name.
   *
   * @param typed what was written
   * @param known what exists
   * @return the nearest; empty if even that one differs in more than a third of its letters
   */
  public static Optional<String> nearest(String typed, Collection<String> known) {
    return known.stream()
        .filter(name -> distance(typed, name) <= Math.max(1, name.length() / 3))
        .min(
            Comparator.<String>comparingInt(name -> distance(typed, name))
                .thenComparing(Comparator.naturalOrder()));
  }

  /**
   * A question that names the nearest name.
   *
   * @param typed what was written
   * @param known what exists
   * @param otherwise what to say if nothing is near
   * @return a sentence
   */
  public static String question(String typed, Collection<String> known, String otherwise) {
    return nearest(typed, known).map(name -> "Did you mean [" + name + "]?").orElse(otherwise);
  }

  static int distance(String a, String b) {
    int[] beforePrevious = new int[b.length() + 1];
    int[] previous = new int[b.length() + 1];
    int[] current = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(Math.min(current[j - 1], previous[j]) + 1, previous[j - 1] + cost);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          best = Math.min(best, beforePrevious[j - 2] + 1);
        }
        current[j] = best;
      }
      int[] free = beforePrevious;
      beforePrevious = previous;
      previous = current;
      current = free;
    }
    return previous[b.length()];
  }
}
