package io.warpengine.spi;

/**
 * A plugin: one idea, declared. Found by {@link java.util.ServiceLoader}, so an implementation is a
 * public class with a public constructor without parameters, named both in {@code module-info}
 * ({@code provides}) and in {@code META-INF/services}. Its jar's manifest names the API it was
 * compiled against ({@code Warp-Api-Version}).
 */
public interface WarpPlugin {

  /**
   * The plugin's name: lower-case letters, digits and dashes. It is also the name of its folder
   * and, after {@code warp.}, of its configuration section.
   *
   * @return the id, the same on every call
   */
  String id();

  /**
   * What the plugin gives, in one sentence.
   *
   * @return the sentence
   */
  String summary();

  /**
   * Declares the plugin's components. Has no side effects, opens nothing, starts nothing: it also
   * runs when a plan is only printed.
   *
   * @param binder where to declare
   */
  void configure(PluginBinder binder);
}
