package io.warpengine.api;

import java.util.List;

/**
 * One plugin of a plan.
 *
 * @param id its id, the name of its folder
 * @param version its module version; empty if it has none
 * @param summary one sentence about it
 * @param source the folder or jar it comes from, or {@code module path} or {@code class path}
 * @param provides what it declares, for example {@code journal:wal} or {@code operation:wal dump}
 * @param problems what stands against it; empty if nothing does
 */
public record PluginInfo(
    String id,
    String version,
    String summary,
    String source,
    List<String> provides,
    List<Problem> problems) {}
