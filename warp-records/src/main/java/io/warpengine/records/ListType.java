package io.warpengine.records;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A list without nulls; what is read cannot be changed. */
final class ListType extends ComponentType {

  private final ComponentType element;

  ListType(ComponentType element) {
    this.element = element;
  }

  @Override
  StoredType stored() {
    return new StoredType.Repeated(element.stored());
  }

  @Override
  void write(ValueWriter out, Object value) {
    List<?> elements = List.copyOf((List<?>) value);
    out.number(elements.size());
    for (Object each : elements) {
      element.write(out, each);
    }
  }

  @Override
  Object read(ValueReader in) {
    return read(in, element::read);
  }

  private static Object read(ValueReader in, Reading reading) {
    int count = in.count();
    List<Object> elements = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      elements.add(reading.read(in));
    }
    return Collections.unmodifiableList(elements);
  }

  @Override
  Object initial(String text) {
    if (!text.isEmpty()) {
      throw new IllegalArgumentException("An added list begins empty.");
    }
    return List.of();
  }

  @Override
  Reading older(StoredType other, Changes changes) {
    if (!(other instanceof StoredType.Repeated repeated)) {
      return changed(other, changes);
    }
    Reading reading = element.from(repeated.element(), changes);
    return in -> read(in, reading);
  }
}
