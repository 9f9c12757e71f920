package io.warpengine.cli.probe;

import io.warpengine.api.Tree;
import io.warpengine.spi.OperationCall;
import io.warpengine.spi.OperationHandler;
import jakarta.inject.Inject;
import java.util.Locale;

/** Gives a row for each repetition and a summary. */
public final class Echo implements OperationHandler {

  /** Made by the kernel. */
  @Inject
  public Echo() {}

  @Override
  public Tree run(OperationCall call) {
    String text = call.text("text");
    if (call.flag("loud")) {
      text = text.toUpperCase(Locale.ROOT);
    }
    for (long i = 0; i < call.integer("times"); i++) {
      call.row(Tree.map().with("text", text));
    }
    return call.flag("polite")
        ? Tree.map().with("factor", Tree.of(call.number("factor"))).with("of", call.text("json"))
        : Tree.map();
  }
}
