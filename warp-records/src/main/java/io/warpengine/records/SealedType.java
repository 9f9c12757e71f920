package io.warpengine.records;

import io.warpengine.api.WarpException;
import java.util.List;

/** A sealed interface: one of several records, told apart by number and, across shapes, by name. */
final class SealedType extends ComponentType {

  private final Class<?> type;
  private final List<RecordType> variants;

  SealedType(Class<?> type, List<RecordType> variants) {
    this.type = type;
    this.variants = variants;
  }

  List<RecordType> variants() {
    return variants;
  }

  @Override
  StoredType stored() {
    return new StoredType.Choice(variants.stream().map(SealedType::named).toList());
  }

  /** The type that stands before a value of one variant. */
  static StoredType stored(RecordType variant) {
    return new StoredType.Choice(List.of(named(variant)));
  }

  private static StoredType.Named named(RecordType variant) {
    return new StoredType.Named(variant.name(), variant.stored());
  }

  @Override
  void write(ValueWriter out, Object value) {
    int number = 0;
    for (RecordType variant : variants) {
      if (variant.type() == value.getClass()) {
        out.number(number);
        variant.write(out, value);
        return;
      }
      number++;
    }
    throw new Malformed("is no record of [" + type.getSimpleName() + "]");
  }

  @Override
  Object read(ValueReader in) {
    return StoredType.variant(variants, in).read(in);
  }

  @Override
  Object initial(String text) {
    throw new IllegalArgumentException("A sealed interface has no text.");
  }

  @Override
  Reading older(StoredType other, Changes changes) {
    if (!(other instanceof StoredType.Choice choice)) {
      return changed(other, changes);
    }
    List<Reading> readings =
        choice.variants().stream().map(variant -> older(variant, changes)).toList();
    return in -> StoredType.variant(readings, in).read(in);
  }

  /** A variant that is gone is refused only where a value of it is met. */
  private Reading older(StoredType.Named named, Changes changes) {
    for (RecordType variant : variants) {
      if (variant.isNamed(named.name())) {
        return variant.from(named.type(), changes.in(named.name()));
      }
    }
    return in -> {
      throw new WarpException(
          RecordsError.SHAPE_CHANGED,
          "A stored value is the variant ["
              + named.name()
              + "], which ["
              + type.getSimpleName()
              + "] does not have.",
          "Bring the record back, or name it in @Renamed on the record that it became.");
    };
  }
}
