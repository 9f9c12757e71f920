package io.warpengine.cli.project;

import io.warpengine.api.WarpException;
import io.warpengine.cli.CliError;
import io.warpengine.cli.command.Commands;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;

/**
 * What a new plugin is called.
 *
 * @param id the plugin's id
 * @param packageName its Java package, also the name of its module
 */
record PluginName(String id, String packageName) {

  private static final String ID = "[a-z][a-z0-9]*(-[a-z0-9]+)*";

  /**
   * Checks both.
   *
   * @throws WarpException USAGE_INVALID if one of them cannot be
   */
  PluginName {
    if (!id.matches(ID)) {
      throw new WarpException(
          CliError.USAGE_INVALID,
          "The name [" + id + "] cannot be that of a plugin.",
          "Use lower-case letters, digits and single dashes, a letter first.");
    }
    if (Commands.isWord(id)) {
      throw new WarpException(
          CliError.USAGE_INVALID,
          "The name [" + id + "] cannot be that of a plugin: warp has a command [" + id + "].",
          "Choose another name, since a plugin's commands begin with it.");
    }
    if (!SourceVersion.isName(packageName)
        || !packageName.equals(packageName.toLowerCase(Locale.ROOT))) {
      throw new WarpException(
          CliError.USAGE_INVALID,
          "The name [" + packageName + "] cannot be that of a Java package.",
          "Name another with --package, for example org.example." + id.replace("-", "") + "x.");
    }
  }

  /** The package that a plugin gets when none is named. */
  static String packageOf(String id) {
    return "com.example." + id.replace("-", "");
  }

  /** The beginning of the names of its classes. */
  String classPrefix() {
    return Arrays.stream(id.split("-"))
        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
        .collect(Collectors.joining());
  }
}
