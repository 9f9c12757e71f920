package io.warpengine.kernel.plugins;

import io.warpengine.api.CoreError;
import io.warpengine.api.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of the API that a plugin was compiled against, from its jar's manifest, compared with
 * the one that this engine offers: the same major and at most its minor; before 1.0 the same minor.
 */
public final class ApiVersion {

  /** The API that this engine offers. */
  public static final String CURRENT = "0.1.0";

  /** The attribute of the manifest. */
  public static final String ATTRIBUTE = "Warp-Api-Version";

  private static final Pattern FORM = Pattern.compile("(\\d{1,9})\\.(\\d{1,9})(\\..*|-.*)?");

  private ApiVersion() {}

  /** What stands against a jar; empty if nothing does. */
  static Optional<Problem> check(Path jar) {
    Optional<String> version;
    try {
      version = read(jar);
    } catch (IOException e) {
      return Optional.of(
          new Problem(
              CoreError.PLUGIN_UNREADABLE,
              jar.toString(),
              "The manifest of the jar cannot be read (" + e.getMessage() + ").",
              "Copy the jar again."));
    }
    if (version.isEmpty()) {
      return Optional.of(
          mismatch(
              jar,
              "The jar does not say against which API it was compiled.",
              "Its manifest needs the attribute [" + ATTRIBUTE + ": " + CURRENT + "]."));
    }
    return fits(version.get(), CURRENT)
        ? Optional.empty()
        : Optional.of(
            mismatch(
                jar,
                "The jar was compiled against API [" + version.get() + "].",
                "This engine offers API ["
                    + CURRENT
                    + "]: take the jar that was released with this engine."));
  }

  /** Whether a plugin compiled against one version runs on another. */
  static boolean fits(String plugin, String engine) {
    Matcher wanted = FORM.matcher(plugin);
    Matcher offered = FORM.matcher(engine);
    if (!wanted.matches() || !offered.matches()) {
      return false;
    }
    int major = Integer.parseInt(offered.group(1));
    int minor = Integer.parseInt(offered.group(2));
    int wantedMinor = Integer.parseInt(wanted.group(2));
    return Integer.parseInt(wanted.group(1)) == major
        && (major == 0 ? wantedMinor == minor : wantedMinor <= minor);
  }

  private static Optional<String> read(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile(), false)) {
      Manifest manifest = file.getManifest();
      return manifest == null
          ? Optional.empty()
          : Optional.ofNullable(
              manifest.getMainAttributes().getValue(new Attributes.Name(ATTRIBUTE)));
    }
  }

  private static Problem mismatch(Path jar, String what, String help) {
    return new Problem(CoreError.PLUGIN_API_MISMATCH, jar.toString(), what, help);
  }
}
