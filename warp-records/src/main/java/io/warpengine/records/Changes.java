package io.warpengine.records;

import io.warpengine.api.Problem;
import io.warpengine.api.WarpException;
import java.util.ArrayList;
import java.util.List;

/** What of a stored shape does not fit the class of today and is not declared. */
final class Changes {

  private final String where;
  private final List<Problem> problems;

  private Changes(String where, List<Problem> problems) {
    this.where = where;
    this.problems = problems;
  }

  static Changes of(Class<?> type) {
    return new Changes("Record [" + type.getSimpleName() + "]", new ArrayList<>());
  }

  Changes in(String component) {
    return new Changes(where + " component [" + component + "]", problems);
  }

  void add(String what, String help) {
    problems.add(new Problem(RecordsError.SHAPE_CHANGED, where, what, help));
  }

  /** Refuses all that was found, if anything was. */
  void check() {
    if (!problems.isEmpty()) {
      throw new WarpException(RecordsError.SHAPE_CHANGED, problems);
    }
  }
}
