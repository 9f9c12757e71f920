package io.warpengine.kernel.plugins;

import io.warpengine.api.CoreError;
import io.warpengine.api.Problem;
import io.warpengine.spi.WarpPlugin;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.regex.Pattern;

/** Makes plugins and asks them who they are: the first code of a plugin that runs. */
final class Instances {

  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]*");

  private Instances() {}

  /** Makes one; whatever goes wrong is noted. */
  static void create(
      ServiceLoader.Provider<WarpPlugin> provider, PluginCandidate candidate, boolean named) {
    String id;
    WarpPlugin plugin;
    try {
      plugin = provider.get();
      id = plugin.id();
    } catch (Throwable thrown) {
      Throwable e =
          thrown instanceof ServiceConfigurationError && thrown.getCause() != null
              ? thrown.getCause()
              : thrown;
      candidate.add(
          new Problem(
              CoreError.PLUGIN_CONFIGURE_FAILED,
              candidate.source(),
              "The plugin class [" + provider.type().getName() + "] throws when made: " + e + ".",
              "This is a defect of the plugin: remove it or report it to its author."),
          e);
      return;
    }
    if (!ID.matcher(id).matches()) {
      candidate.add(
          new Problem(
              CoreError.PLUGIN_UNREADABLE,
              candidate.source(),
              "The plugin calls itself [" + id + "], which is no id.",
              "An id is lower-case letters, digits and dashes, and begins with a letter."));
    } else if (named && !id.equals(candidate.id())) {
      candidate.add(
          new Problem(
              CoreError.PLUGIN_UNREADABLE,
              candidate.source(),
              "The folder is called [" + candidate.id() + "] and its plugin [" + id + "].",
              "Rename the folder to [" + id + "]."));
    } else {
      candidate.loaded(plugin, id);
    }
  }
}
