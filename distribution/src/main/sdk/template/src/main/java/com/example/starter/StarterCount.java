package com.example.starter;

import io.warpengine.api.Bytes;
import io.warpengine.api.Scan;
import io.warpengine.api.ScanCursor;
import io.warpengine.api.Tree;
import io.warpengine.api.WarpDatabase;
import io.warpengine.spi.OperationCall;
import io.warpengine.spi.OperationHandler;
import jakarta.inject.Inject;
import jakarta.inject.Provider;

/** The operation: goes through the records and counts them. */
final class StarterCount implements OperationHandler {

  private final StarterConfig config;
  private final Provider<WarpDatabase> database;

  @Inject
  StarterCount(StarterConfig config, Provider<WarpDatabase> database) {
    this.config = config;
    this.database = database;
  }

  @Override
  public Tree run(OperationCall call) {
    String prefix = call.text("prefix");
    long count = 0;
    try (ScanCursor cursor =
        database.get().scan(Scan.prefix(Bytes.utf8(prefix)).limit(config.limit()))) {
      while (cursor.hasNext()) {
        cursor.next();
        count++;
      }
    }
    return Tree.map().with("prefix", prefix).with("count", count);
  }
}
