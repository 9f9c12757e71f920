package io.warpengine.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.spi.Operation.Argument;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OperationTest {

  @Test
  void keepsItsOwnCopyOfTheArguments() {
    List<Argument> arguments =
        new ArrayList<>(List.of(Argument.required("key", Operation.Type.TEXT, "The key.")));
    Operation operation = new Operation("hello greet", "Greets.", arguments, Operation.Mode.ONLINE);
    arguments.clear();
    assertThat(operation.arguments()).hasSize(1);
  }

  @Test
  void argumentIsRequiredUnlessItHasADefault() {
    assertThat(Argument.required("key", Operation.Type.TEXT, "The key.").defaultValue()).isEmpty();
    assertThat(
            Argument.optional("limit", Operation.Type.INTEGER, "The most rows.", "10")
                .defaultValue())
        .contains("10");
  }
}
