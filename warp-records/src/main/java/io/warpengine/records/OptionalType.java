package io.warpengine.records;

import java.util.Optional;

/** What may be absent. */
final class OptionalType extends ComponentType {

  private final ComponentType element;

  OptionalType(ComponentType element) {
    this.element = element;
  }

  @Override
  StoredType stored() {
    return new StoredType.Maybe(element.stored());
  }

  @Override
  void write(ValueWriter out, Object value) {
    Optional<?> optional = (Optional<?>) value;
    out.writeBoolean(optional.isPresent());
    if (optional.isPresent()) {
      element.write(out, optional.get());
    }
  }

  @Override
  Object read(ValueReader in) {
    return in.readBoolean() ? Optional.of(element.read(in)) : Optional.empty();
  }

  @Override
  Object initial(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(element.initial(text));
  }

  @Override
  Reading older(StoredType other, Changes changes) {
    if (!(other instanceof StoredType.Maybe maybe)) {
      return changed(other, changes);
    }
    Reading reading = element.from(maybe.element(), changes);
    return in -> in.readBoolean() ? Optional.of(reading.read(in)) : Optional.empty();
  }
}
