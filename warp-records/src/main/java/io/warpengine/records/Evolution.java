package io.warpengine.records;

import io.warpengine.api.WarpException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads records that were stored in another shape, one component after the other.
 *
 * <p>A stored component belongs to the component of the same name, or to the one that declares the
 * name as a former one; a name that the class declares as removed is passed over. A component that
 * the stored shape does not have takes the value that its annotation gives. Everything else is a
 * change that nobody declared, and refused before any value is read.
 */
final class Evolution implements Reading {

  /** A stored component: where it goes, or -1 if nowhere. */
  private record Step(String name, Reading reading, int target) {}

  private final RecordType type;
  private final List<Step> steps;
  private final Object[] initial;

  private Evolution(RecordType type, List<Step> steps, Object[] initial) {
    this.type = type;
    this.steps = steps;
    this.initial = initial;
  }

  static Evolution of(RecordType type, StoredType.Struct stored, Changes changes) {
    List<Component> components = type.components();
    Object[] initial = new Object[components.size()];
    boolean[] known = new boolean[components.size()];
    List<Step> steps = new ArrayList<>();
    for (StoredType.Named part : stored.components()) {
      int target = type.component(part.name()).map(components::indexOf).orElse(-1);
      if (target >= 0 && !known[target]) {
        known[target] = true;
        Reading reading = components.get(target).type().from(part.type(), changes.in(part.name()));
        steps.add(new Step(part.name(), reading, target));
      } else {
        if (target >= 0 || !type.hasRemoved(part.name())) {
          changes
              .in(part.name())
              .add(
                  "is stored, and the class does not have it.",
                  "Declare it: @Removed(\""
                      + part.name()
                      + "\") on the class, or @Renamed on the"
                      + " component that it became.");
        }
        StoredType passed = part.type();
        steps.add(new Step(part.name(), in -> skipped(passed, in), -1));
      }
    }
    for (int i = 0; i < known.length; i++) {
      if (!known[i]) {
        initial[i] = initial(components.get(i), changes);
      }
    }
    return new Evolution(type, steps, initial);
  }

  private static Object skipped(StoredType type, ValueReader in) {
    type.skip(in);
    return type;
  }

  private static Object initial(Component component, Changes changes) {
    if (component.initial().isEmpty()) {
      changes
          .in(component.name())
          .add(
              "is not in the stored record.",
              "Declare it: @Added with the value that older records shall have, or @Renamed with"
                  + " the name that it had.");
    }
    return component.initial().orElse(component);
  }

  @Override
  public Object read(ValueReader in) {
    if (steps.isEmpty()) {
      in.readByte();
    }
    Object[] values = initial.clone();
    for (Step step : steps) {
      Object value = read(step, in);
      if (step.target() >= 0) {
        values[step.target()] = value;
      }
    }
    return type.make(values);
  }

  private Object read(Step step, ValueReader in) {
    try {
      return step.reading().read(in);
    } catch (WarpException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new WarpException(
          RecordsError.VALUE_UNREADABLE,
          "Component ["
              + step.name()
              + "] of a stored ["
              + type.name()
              + "] "
              + Malformed.words(e)
              + ".",
          "Check that the space holds values of this type.",
          e);
    }
  }
}
