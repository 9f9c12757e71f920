package io.warpengine.api;

/**
 * One configuration key with its value.
 *
 * @param key its full name
 * @param type the kind of value: {@code text}, {@code integer}, {@code number}, {@code boolean},
 *     {@code duration}, {@code size}, {@code path}, or the choices of an enumeration separated by
 *     {@code |}
 * @param value the value in force, as text
 * @param defaultValue the value without any setting, as text
 * @param source where the value comes from: {@code default}, a file with line, a variable, a
 *     property or the builder
 * @param description what it does
 * @param plugin the plugin that reads it, or {@code kernel}
 * @param since the version that introduced it
 * @param reloadable whether a change takes effect without reopening
 */
public record ConfigSetting(
    String key,
    String type,
    String value,
    String defaultValue,
    String source,
    String description,
    String plugin,
    String since,
    boolean reloadable) {}
