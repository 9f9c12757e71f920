package io.warpengine.benchmarks;

import java.util.Locale;

/**
 * One measured situation.
 *
 * @param call what the clients do
 * @param choice which records they go to
 * @param clients number of threads that call the engine
 * @param outstanding unacknowledged puts that each client keeps, 1 for blocking calls
 */
record Point(Call call, Choice choice, int clients, int outstanding) {

  /** What a client does. */
  enum Call {
    /** Blocking reads. */
    GET,
    /** Blocking puts from platform threads. */
    PUT,
    /** Blocking puts from virtual threads. */
    VIRTUAL,
    /** Puts whose acknowledgements are awaited later. */
    ASYNC,
    /** Blocking transfers between two records. */
    TRANSFER,
    /** Transfers whose acknowledgements are awaited later. */
    TRANSFERS
  }

  static Point get(Choice choice, int clients) {
    return new Point(Call.GET, choice, clients, 1);
  }

  static Point put(Choice choice, int clients) {
    return new Point(Call.PUT, choice, clients, 1);
  }

  static Point virtual(Choice choice, int clients) {
    return new Point(Call.VIRTUAL, choice, clients, 1);
  }

  static Point async(Choice choice, int clients, int outstanding) {
    return new Point(Call.ASYNC, choice, clients, outstanding);
  }

  static Point transfer(int clients) {
    return new Point(Call.TRANSFER, Choice.UNIFORM, clients, 1);
  }

  static Point transfers(int clients, int outstanding) {
    return new Point(Call.TRANSFERS, Choice.UNIFORM, clients, outstanding);
  }

  static Point parse(String text) {
    String[] parts = text.split(":");
    return new Point(
        Call.valueOf(parts[0].toUpperCase(Locale.ROOT)),
        Choice.valueOf(parts[1].toUpperCase(Locale.ROOT)),
        Integer.parseInt(parts[2]),
        Integer.parseInt(parts[3]));
  }

  /** The form that {@link #parse} reads. */
  @Override
  public String toString() {
    return (call + ":" + choice).toLowerCase(Locale.ROOT) + ":" + clients + ":" + outstanding;
  }

  /** Words for the table. */
  String words() {
    String what =
        switch (call) {
          case GET -> "get";
          case PUT, VIRTUAL, ASYNC -> "put";
          case TRANSFER, TRANSFERS -> "transfer";
        };
    String who =
        switch (call) {
          case GET, PUT, TRANSFER -> clients + (clients == 1 ? " thread" : " threads");
          case VIRTUAL -> clients + " virtual threads";
          case ASYNC, TRANSFERS ->
              clients
                  + (clients == 1 ? " client" : " clients")
                  + " x "
                  + outstanding
                  + " outstanding";
        };
    return what + ", " + choice.name().toLowerCase(Locale.ROOT) + ", " + who;
  }
}
