package io.warpengine.composition;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.composition.KeyHistory.Call;
import io.warpengine.composition.KeyHistory.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the search for an order accepts and what it does not. */
final class KeyHistoryTest {

  private static Call call(Kind kind, String value, String answer, long began, long ended) {
    return new Call(kind, value, "1", answer, began, ended);
  }

  private static Call unknown(Kind kind, String value, long began) {
    return call(kind, value, KeyHistory.UNKNOWN, began, Long.MAX_VALUE);
  }

  private static boolean holds(Call... calls) {
    return KeyHistory.isLinearizable(KeyHistory.ABSENT, List.of(calls));
  }

  @Test
  void aReadMayFallOnEitherSideOfAWriteAtTheSameTime() {
    Call put = call(Kind.PUT, "1", KeyHistory.DONE, 1, 4);
    assertThat(holds(put, call(Kind.GET, "", "1", 2, 3))).isTrue();
    assertThat(holds(put, call(Kind.GET, "", KeyHistory.ABSENT, 2, 3))).isTrue();
    assertThat(holds(put, call(Kind.GET, "", "2", 2, 3))).isFalse();
  }

  @Test
  void aReadDoesNotMissAWriteThatEndedBefore() {
    Call put = call(Kind.PUT, "1", KeyHistory.DONE, 1, 2);
    assertThat(holds(put, call(Kind.GET, "", KeyHistory.ABSENT, 3, 4))).isFalse();
  }

  @Test
  void readsDoNotGoBack() {
    Call put = call(Kind.PUT, "1", KeyHistory.DONE, 1, 9);
    assertThat(
            holds(put, call(Kind.GET, "", "1", 2, 3), call(Kind.GET, "", KeyHistory.ABSENT, 4, 5)))
        .isFalse();
  }

  @Test
  void oneOfTwoReplacementsOfTheSameValueIsRefused() {
    Call put = call(Kind.PUT, "1", KeyHistory.DONE, 1, 2);
    Call first = call(Kind.COMPARE_AND_SET, "2", KeyHistory.DONE, 3, 8);
    assertThat(holds(put, first, call(Kind.COMPARE_AND_SET, "3", KeyHistory.REFUSED, 4, 9)))
        .isTrue();
    assertThat(holds(put, first, call(Kind.COMPARE_AND_SET, "3", KeyHistory.DONE, 4, 9))).isFalse();
  }

  @Test
  void twoIncrementsDoNotGiveTheSameNumber() {
    Call first = call(Kind.INCREMENT, "1", "1", 1, 8);
    assertThat(holds(first, call(Kind.INCREMENT, "1", "2", 2, 9))).isTrue();
    assertThat(holds(first, call(Kind.INCREMENT, "1", "1", 2, 9))).isFalse();
  }

  @Test
  void aWriteWithoutAnAnswerHappensAtAnyLaterTimeOrNever() {
    Call lost = unknown(Kind.PUT, "1", 3);
    assertThat(holds(lost, call(Kind.GET, "", KeyHistory.ABSENT, 8, 9))).isTrue();
    assertThat(holds(lost, call(Kind.GET, "", "1", 8, 9))).isTrue();
    assertThat(holds(lost, call(Kind.GET, "", "1", 1, 2))).isFalse();
    assertThat(
            holds(lost, call(Kind.GET, "", "1", 4, 5), call(Kind.GET, "", KeyHistory.ABSENT, 6, 7)))
        .isFalse();
  }

  @Test
  void deletesAndFirstPutsAnswerWhatTheyFound() {
    Call put = call(Kind.PUT_IF_ABSENT, "1", KeyHistory.DONE, 1, 2);
    Call delete = call(Kind.DELETE, "", KeyHistory.DONE, 3, 4);
    assertThat(holds(put, delete, call(Kind.PUT_IF_ABSENT, "2", KeyHistory.DONE, 5, 6))).isTrue();
    assertThat(holds(put, call(Kind.PUT_IF_ABSENT, "2", KeyHistory.DONE, 5, 6))).isFalse();
    assertThat(holds(put, delete, call(Kind.DELETE, "", KeyHistory.DONE, 5, 6))).isFalse();
  }
}
