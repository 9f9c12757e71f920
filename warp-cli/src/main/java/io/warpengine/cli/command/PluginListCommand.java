package io.warpengine.cli.command;

import io.warpengine.api.PluginInfo;
import io.warpengine.api.Problem;
import io.warpengine.api.Tree;
import io.warpengine.api.WarpException;
import io.warpengine.api.WarpPlan;
import io.warpengine.cli.Call;
import io.warpengine.cli.Command;
import io.warpengine.cli.ExitCode;
import io.warpengine.cli.line.CommandSyntax;
import io.warpengine.cli.output.ErrorPrinter;
import io.warpengine.cli.output.Table;
import java.util.List;
import java.util.Map;

/** Prints the plan: which plugins there are, what they give, what is chosen. Opens no data. */
final class PluginListCommand implements Command {

  @Override
  public CommandSyntax syntax() {
    return CommandSyntax.of(
        "plugin list", "Lists the plugins, what they give and what is chosen; opens no data.");
  }

  @Override
  public ExitCode run(Call call) {
    WarpPlan plan = call.builder().plan();
    if (call.json()) {
      call.result(tree(plan));
    } else {
      print(call, plan);
    }
    if (plan.problems().isEmpty()) {
      return ExitCode.DONE;
    }
    throw new WarpException(plan.problems().getFirst().code(), plan.problems());
  }

  private static Tree tree(WarpPlan plan) {
    Tree ports = Tree.map();
    for (Map.Entry<String, String> port : plan.ports().entrySet()) {
      ports = ports.with(port.getKey(), port.getValue());
    }
    return Tree.map()
        .with("plugins", Tree.list(plan.plugins().stream().map(PluginListCommand::tree).toList()))
        .with("ports", ports)
        .with("problems", problems(plan.problems()));
  }

  private static Tree tree(PluginInfo plugin) {
    return Tree.map()
        .with("id", plugin.id())
        .with("version", plugin.version())
        .with("summary", plugin.summary())
        .with("source", plugin.source())
        .with("provides", Tree.list(plugin.provides().stream().map(Tree::of).toList()))
        .with("problems", problems(plugin.problems()));
  }

  private static Tree problems(List<Problem> problems) {
    return Tree.list(problems.stream().map(ErrorPrinter::tree).toList());
  }

  private static void print(Call call, WarpPlan plan) {
    if (plan.plugins().isEmpty()) {
      call.message("There are no plugins.");
    }
    for (PluginInfo plugin : plan.plugins()) {
      call.out().println(plugin.id() + (plugin.version().isEmpty() ? "" : " " + plugin.version()));
      Table table = new Table();
      table.row("  ", plugin.summary());
      table.row("  from", plugin.source());
      plugin.provides().forEach(provided -> table.row("  gives", provided));
      call.out().print(table.text());
    }
    Table ports = new Table();
    plan.ports().forEach((port, chosen) -> ports.row(port, chosen));
    call.out().print(ports.text());
  }
}
