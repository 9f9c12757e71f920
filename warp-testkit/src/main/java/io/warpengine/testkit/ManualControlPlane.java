package io.warpengine.testkit;

import io.warpengine.api.Bytes;
import io.warpengine.spi.control.ControlPlane;
import io.warpengine.spi.control.MaintenanceTask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A control plane without threads: what is scheduled runs when the clock is advanced, in the order
 * of registration, as often as has become due. What a task throws reaches the test.
 */
public final class ManualControlPlane implements ControlPlane {

  private final ManualClock clock;
  private final List<Task> tasks = new ArrayList<>();
  private final Map<Bytes, Integer> frequencies = new HashMap<>();

  private static final class Task {
    final String name;
    final long period;
    final MaintenanceTask work;
    long due;

    Task(String name, long period, MaintenanceTask work, long due) {
      this.name = name;
      this.period = period;
      this.work = work;
      this.due = due;
    }
  }

  /**
   * A control plane that follows a clock.
   *
   * @param clock the clock
   */
  public ManualControlPlane(ManualClock clock) {
    this.clock = clock;
    clock.addStepListener(this::runDue);
  }

  @Override
  public synchronized void schedule(String name, Duration period, MaintenanceTask task) {
    if (period.toMillis() < 1) {
      throw new IllegalArgumentException(
          "The period [" + period + "] of [" + name + "] is below 1 ms.");
    }
    tasks.add(new Task(name, period.toNanos(), task, clock.nanos() + period.toNanos()));
  }

  private void runDue() {
    for (Task task : scheduledTasks()) {
      if (task.due <= clock.nanos()) {
        task.work.run();
        task.due = clock.nanos() + task.period;
      }
    }
  }

  private synchronized List<Task> scheduledTasks() {
    return List.copyOf(tasks);
  }

  /**
   * The names of what is scheduled.
   *
   * @return in the order of registration
   */
  public List<String> scheduled() {
    return scheduledTasks().stream().map(task -> task.name).toList();
  }

  /**
   * Runs one task now, due or not.
   *
   * @param name its name
   * @return how much was done
   */
  public int run(String name) {
    return scheduledTasks().stream()
        .filter(task -> task.name.equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException("Nothing with the name [" + name + "] is scheduled."))
        .work
        .run();
  }

  /**
   * Says how often a key is to count as accessed.
   *
   * @param key the key
   * @param count 0 to 15
   */
  public synchronized void setFrequency(Bytes key, int count) {
    frequencies.put(key, count);
  }

  @Override
  public synchronized int frequency(Bytes key) {
    return frequencies.getOrDefault(key, 0);
  }
}
