package io.warpengine.samples.hello.internal;

import io.warpengine.api.Bytes;
import io.warpengine.api.Tree;
import io.warpengine.api.WarpDatabase;
import io.warpengine.spi.OperationCall;
import io.warpengine.spi.OperationHandler;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.util.Map;

/**
 * The handler of {@code hello greet}. Declared once, it is a command of {@code bin/warp} and can be
 * called by {@link WarpDatabase#call}; every face renders the tree in its own way.
 */
final class GreetOperation implements OperationHandler {

  private final HelloService service;
  private final Provider<WarpDatabase> database;

  /** The database itself comes as a provider: it exists only after everything has started. */
  @Inject
  GreetOperation(HelloService service, Provider<WarpDatabase> database) {
    this.service = service;
    this.database = database;
  }

  @Override
  public Tree run(OperationCall call) {
    for (Bytes key : service.lastWritten()) {
      call.row(Tree.map().with("key", key.toUtf8()));
    }
    Tree accesses = Tree.map();
    for (Map.Entry<String, Long> entry : service.accesses().entrySet()) {
      accesses = accesses.with(entry.getKey(), entry.getValue());
    }
    return Tree.map()
        .with("greeting", service.greet(call.text("name")))
        .with("records", database.get().stats().keys())
        .with("accesses", accesses);
  }
}
