package io.warpengine.records;

/** Writes and reads the components of one record class. */
interface CompiledRecord {

  void write(ValueWriter out, Object record);

  Object read(ValueReader in);
}
