package io.warpengine.cli;

import io.warpengine.cli.line.Option;
import java.util.List;

/** The options that go with every command. */
public final class Globals {

  /** Where the data is. */
  public static final String DATA = "data";

  /** Machine-readable output. */
  public static final String JSON = "json";

  /** The configuration file. */
  public static final String CONFIG = "config";

  /** One configuration key. */
  public static final String SET = "set";

  /** Where the plugins are. */
  public static final String PLUGINS = "plugins";

  /** No colours. */
  public static final String NO_COLOR = "no-color";

  /** No messages. */
  public static final String QUIET = "quiet";

  /** More messages. */
  public static final String VERBOSE = "verbose";

  /** All of them, in the order of the help. */
  public static final List<Option> OPTIONS =
      List.of(
          Option.value(DATA, "DIR", "", "The data directory. Default: $WARP_DATA, or ./data.")
              .letter("d"),
          Option.flag(JSON, "Writes data and errors as JSON."),
          Option.value(
              CONFIG,
              "FILE",
              "",
              "The configuration file. Default: $WARP_CONFIG, or conf/warp.toml beside bin/."),
          Option.value(SET, "KEY=VALUE", "", "Sets a configuration key; wins over all else.")
              .repeated(),
          Option.value(
              PLUGINS, "DIR", "", "The plugins. Default: $WARP_PLUGINS, or plugins/ beside bin/."),
          Option.flag(NO_COLOR, "No colours, as with the variable NO_COLOR."),
          Option.flag(QUIET, "No messages and no progress, only data and errors.").letter("q"),
          Option.flag(VERBOSE, "Messages of the engine, and stack traces of defects."));

  private Globals() {}
}
