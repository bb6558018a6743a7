package io.reprise.cli.schedule;

import io.reprise.cli.shared.ApiOptions;
import io.reprise.cli.shared.ExitCode;
import io.reprise.cli.shared.PageOption;
import io.reprise.cli.shared.Query;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "list",
        description = "Lists the schedules with their next slot, the last result and what they missed.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  reprise schedule list"})
public final class ScheduleListCommand implements Callable<Integer> {

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Mixin
    private PageOption page = new PageOption();

    @Override
    public Integer call() {
        api.print(api.client().get("/schedules" + page.addTo(new Query())), ScheduleTables::list);
        return ExitCode.DONE.code();
    }
}
