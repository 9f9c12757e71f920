package io.warpengine.records;

import java.lang.invoke.MethodHandle;

/** A scalar. */
final class ScalarType extends ComponentType {

  private final Scalar scalar;
  private final StoredType stored;

  ScalarType(Scalar scalar) {
    this.scalar = scalar;
    this.stored = new StoredType.Simple(Scalar.withCode(scalar.code()).orElse(scalar));
  }

  @Override
  StoredType stored() {
    return stored;
  }

  @Override
  void write(ValueWriter out, Object value) {
    scalar.write(out, value);
  }

  @Override
  Object read(ValueReader in) {
    return scalar.read(in);
  }

  @Override
  Object initial(String text) {
    return scalar.parse(text);
  }

  @Override
  Reading older(StoredType other, Changes changes) {
    return changed(other, changes);
  }

  @Override
  MethodHandle writer() {
    return scalar.writer();
  }

  @Override
  MethodHandle reader() {
    return scalar.reader();
  }
}
