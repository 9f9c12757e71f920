package io.warpengine.samples.embedded;

import io.warpengine.api.Bytes;
import io.warpengine.api.Entry;
import io.warpengine.api.Scan;
import io.warpengine.api.ScanCursor;
import io.warpengine.api.Warp;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WriteOptions;
import java.nio.file.Path;

/** Opens a database in a directory, counts its visitors there, and lists what it holds. */
public final class Embedded {

  private Embedded() {}

  /**
   * Runs the program.
   *
   * @param args the directory, and who visits
   */
  public static void main(String[] args) {
    try (WarpDatabase database = Warp.open(Path.of(args[0]))) {
      database.increment(Bytes.utf8("visits:" + args[1]), 1, WriteOptions.DEFAULT);
      try (ScanCursor visits = database.scan(Scan.prefix(Bytes.utf8("visits:")))) {
        while (visits.hasNext()) {
          Entry visit = visits.next();
          System.out.println(visit.key().toUtf8() + " = " + visit.value().toUtf8());
        }
      }
      System.out.println("Writes wait for " + database.durability() + ".");
    }
  }
}
