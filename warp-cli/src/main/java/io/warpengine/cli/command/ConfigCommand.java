package io.warpengine.cli.command;

import io.warpengine.api.ConfigSetting;
import io.warpengine.api.Tree;
import io.warpengine.api.WarpException;
import io.warpengine.api.WarpPlan;
import io.warpengine.cli.Call;
import io.warpengine.cli.CliError;
import io.warpengine.cli.Command;
import io.warpengine.cli.ExitCode;
import io.warpengine.cli.line.CommandSyntax;
import io.warpengine.cli.line.Parameter;
import io.warpengine.cli.output.Table;
import java.util.List;

/** Prints the configuration: what is in force and from where, a reference, or a file to edit. */
final class ConfigCommand implements Command {

  @Override
  public CommandSyntax syntax() {
    return CommandSyntax.of("config", "Prints every configuration key, its value and its source.")
        .parameters(
            Parameter.optional(
                "FORM",
                "values (default), reference (a page in Markdown) or template (a file to edit)."));
  }

  @Override
  public ExitCode run(Call call) {
    WarpPlan plan = call.builder().plan();
    List<ConfigSetting> settings = plan.settings();
    switch (call.arguments().parameter(0).orElse("values")) {
      case "values" -> values(call, settings);
      case "reference" -> call.out().print(ConfigPages.reference(settings));
      case "template" -> call.out().print(ConfigPages.template(settings));
      default ->
          throw new WarpException(
              CliError.USAGE_INVALID,
              "The form [" + call.arguments().parameters().getFirst() + "] is unknown.",
              "There are: values, reference, template.");
    }
    if (plan.problems().isEmpty()) {
      return ExitCode.DONE;
    }
    throw new WarpException(plan.problems().getFirst().code(), plan.problems());
  }

  private static void values(Call call, List<ConfigSetting> settings) {
    if (call.json()) {
      call.result(Tree.list(settings.stream().map(ConfigCommand::tree).toList()));
      return;
    }
    Table table = new Table();
    for (ConfigSetting setting : settings) {
      table.row(
          setting.key(),
          "=",
          ConfigPages.literal(setting, setting.value()),
          "# " + source(setting));
    }
    call.out().print(table.text());
  }

  private static String source(ConfigSetting setting) {
    return setting.source().equals("builder") ? "--set" : setting.source();
  }

  private static Tree tree(ConfigSetting setting) {
    return Tree.map()
        .with("key", setting.key())
        .with("value", setting.value())
        .with("default", setting.defaultValue())
        .with("type", setting.type())
        .with("source", source(setting))
        .with("description", setting.description())
        .with("plugin", setting.plugin())
        .with("since", setting.since())
        .with("reloadable", Tree.of(setting.reloadable()));
  }
}
