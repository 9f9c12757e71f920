package io.warpengine.records;

import java.util.HashMap;
import java.util.Map;

/** An enum, stored by name: its constants can be moved and added. */
final class EnumType extends ComponentType {

  private static final StoredType STORED = new StoredType.Constant();

  private final Map<String, Object> constants = new HashMap<>();

  EnumType(Class<?> type) {
    for (Object constant : type.getEnumConstants()) {
      constants.put(((Enum<?>) constant).name(), constant);
    }
  }

  @Override
  StoredType stored() {
    return STORED;
  }

  @Override
  void write(ValueWriter out, Object value) {
    out.writeText(((Enum<?>) value).name());
  }

  @Override
  Object read(ValueReader in) {
    return initial(in.readText());
  }

  @Override
  Object initial(String text) {
    Object constant = constants.get(text);
    if (constant == null) {
      throw new Malformed("holds the name of no constant of its enum");
    }
    return constant;
  }

  @Override
  Reading older(StoredType other, Changes changes) {
    return changed(other, changes);
  }
}
