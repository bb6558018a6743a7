package io.reprise.cli.dev;

import io.reprise.catalog.shared.Settings;
import io.reprise.cli.migration.Migration;
import io.reprise.worker.Worker;
import io.reprise.worker.WorkerSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What works on the servers: prepared databases with a sample shop, and a worker in this process. */
final class DevApplication implements AutoCloseable {

    private final Worker worker;

    private DevApplication(Worker worker) {
        this.worker = worker;
    }

    static DevApplication start(DevSettings settings, Map<String, String> servers) {
        Map<String, String> environment = new TreeMap<>(servers);
        environment.put("REPRISE_HTTP_PORT", Integer.toString(settings.ports().http()));
        environment.putIfAbsent("REPRISE_WORKER_HTTP_PORT", "0");
        Path file = Path.of(System.getProperty("reprise.root", ""), "reprise.yaml");
        new Migration(environment, told -> {}).run(true);
        return new DevApplication(
                Worker.start(WorkerSettings.from(Settings.read(environment, file, WorkerSettings.declared()))));
    }

    List<DevRow> rows() {
        return List.of(new DevRow("Worker", worker.http().toString(), "in this process: /health, /metrics"));
    }

    void tellWhatToTry(Consumer<String> say) {
        say.accept("");
        say.accept("Ctrl-C stops everything; the data stays.");
    }

    @Override
    public void close() {
        worker.close();
    }
}
