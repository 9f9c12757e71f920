package io.warpengine.records;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;

/**
 * What {@link Compiler} defines anew for each record class, as a hidden class whose two constants
 * are that class's method handles. It is never loaded under its own name.
 */
final class RecordTemplate implements CompiledRecord {

  private static final MethodHandle WRITE = constant(0);
  private static final MethodHandle READ = constant(1);

  private static MethodHandle constant(int index) {
    try {
      return MethodHandles.classDataAt(MethodHandles.lookup(), "_", MethodHandle.class, index);
    } catch (IllegalAccessException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @Override
  public void write(ValueWriter out, Object record) {
    try {
      WRITE.invokeExact(out, record);
    } catch (Throwable e) {
      throw Thrown.unchecked(e);
    }
  }

  @Override
  public Object read(ValueReader in) {
    try {
      return READ.invokeExact(in);
    } catch (Throwable e) {
      throw Thrown.unchecked(e);
    }
  }
}
