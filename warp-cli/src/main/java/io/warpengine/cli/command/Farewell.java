package io.warpengine.cli.command;

import io.warpengine.cli.Call;

/**
 * What a command says last when a signal ends the process in the middle of it: what became of the
 * work so far and how to go on.
 */
final class Farewell implements AutoCloseable {

  private final Thread hook;

  private Farewell(Thread hook) {
    this.hook = hook;
  }

  /**
   * Has a sentence said if the process ends before this is closed.
   *
   * @param call where to say it
   * @param sentence what to say
   * @return to be closed when the work is over
   */
  static Farewell of(Call call, String sentence) {
    Thread hook = new Thread(() -> call.message(sentence), "warp-farewell");
    Runtime.getRuntime().addShutdownHook(hook);
    return new Farewell(hook);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // The process is ending already, and the sentence is being said.
    }
  }
}
