package io.warpengine.kernel.wiring;

import io.warpengine.api.CoreError;
import io.warpengine.api.Problem;
import io.warpengine.kernel.config.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What fills one port.
 *
 * @param port the port
 * @param offer the plugin's offer; empty for the kernel's own
 */
record PortChoice(Port port, Optional<Declarations.Offer> offer) {

  /**
   * Chooses: a key decides; without one the only offer wins over the kernel's own.
   *
   * @param offers the offers for this port that can be made
   * @param key what the configuration says; empty text if nothing
   * @param where the place where the configuration says it
   */
  static PortChoice choose(
      Port port,
      List<Declarations.Offer> offers,
      String key,
      String where,
      Consumer<Problem> problems) {
    List<Declarations.Offer> wanted =
        offers.stream().filter(offer -> key.isEmpty() || offer.name().equals(key)).toList();
    if (key.equals(port.fallback()) || (key.isEmpty() && wanted.isEmpty())) {
      return new PortChoice(port, Optional.empty());
    }
    if (wanted.isEmpty()) {
      List<String> names = new ArrayList<>(offers.stream().map(Declarations.Offer::name).toList());
      names.add(port.fallback());
      problems.accept(
          new Problem(
              CoreError.PORT_UNKNOWN,
              where,
              "No loaded plugin offers the " + port.word() + " [" + key + "].",
              Suggestion.nearest(key, names).map(name -> "Did you mean [" + name + "]? ").orElse("")
                  + "There is ["
                  + String.join(", ", names)
                  + "]."));
    } else if (wanted.size() > 1) {
      problems.accept(ambiguous(port, wanted, key));
    }
    return new PortChoice(port, wanted.stream().findFirst());
  }

  /** The name of the choice. */
  String name() {
    return offer.map(Declarations.Offer::name).orElse(port.fallback());
  }

  /** Who offers it. */
  String plugin() {
    return offer.map(Declarations.Offer::plugin).orElse("kernel");
  }

  private static Problem ambiguous(Port port, List<Declarations.Offer> wanted, String key) {
    String offers =
        wanted.stream()
            .map(offer -> offer.name() + " (" + offer.plugin() + ")")
            .collect(Collectors.joining(", "));
    return new Problem(
        CoreError.PORT_AMBIGUOUS,
        port.key(),
        "Several plugins offer a " + port.word() + ": [" + offers + "].",
        key.isEmpty()
            ? "Set the key [" + port.key() + "] to one of the names."
            : "Remove one of the plugins: the name [" + key + "] does not tell them apart.");
  }
}
