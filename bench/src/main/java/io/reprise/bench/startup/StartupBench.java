package io.reprise.bench.startup;

import io.reprise.bench.shared.BenchResult;
import io.reprise.bench.shared.Figure;
import io.reprise.bench.shared.Goal;
import io.reprise.bench.shared.Launcher;
import io.reprise.bench.shared.Memory;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Starts the built command as a person does, again and again, and looks at what {@code dev} takes. */
public final class StartupBench {

    private static final int HELPS = 10;
    private static final int DEVS = 3;
    private static final int PORT_OFFSET = 4_700;
    private static final int HTTP_PORT = 8_080 + PORT_OFFSET;
    private static final Duration HEALTHY_LIMIT = Duration.ofMinutes(2);
    private static final long STOP_SECONDS = 40;
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final Duration SETTLING = Duration.ofSeconds(10);
    private static final double MEBIBYTE = 1 << 20;

    private final Launcher launcher;
    private final Consumer<String> progress;
    private final HttpClient http = HttpClient.newHttpClient();

    public StartupBench(Path root, Consumer<String> progress) {
        this.launcher = Launcher.of(root);
        this.progress = progress;
    }

    public BenchResult run() throws IOException, InterruptedException {
        List<Double> helps = new ArrayList<>();
        launcher.secondsOf("--help");
        for (int n = 0; n < HELPS; n++) {
            helps.add(launcher.secondsOf("--help"));
        }
        progress.accept("--help: " + helps);
        Path data = Files.createTempDirectory("reprise-startup-");
        List<Double> devs = new ArrayList<>();
        long memory = 0;
        double first = dev(data, new ArrayList<>());
        progress.accept("dev, first start with an empty data folder: " + first + " s");
        for (int n = 0; n < DEVS; n++) {
            List<Long> resident = new ArrayList<>();
            devs.add(dev(data, resident));
            memory = Math.max(memory, resident.getFirst());
        }
        progress.accept("dev: " + devs);
        return BenchResult.here(
                "startup",
                List.of(
                        Figure.of("--help, median wall time", median(helps), "s", Goal.atMost(0.3)),
                        Figure.of("dev healthy, empty data folder", first, "s"),
                        Figure.of("dev healthy, median wall time", median(devs), "s", Goal.atMost(5)),
                        Figure.of("dev resident memory, all processes", memory / MEBIBYTE, "MiB")));
    }

    /** Starts dev, waits until it is healthy, and stops it again; the resident memory is added to the list. */
    private double dev(Path data, List<Long> resident) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        Process dev = launcher.command("dev", "--data", data.toString(), "--port-offset", Integer.toString(PORT_OFFSET))
                .redirectOutput(Redirect.appendTo(data.resolve("dev.log").toFile()))
                .start();
        try {
            long limit = begun + HEALTHY_LIMIT.toNanos();
            while (!isHealthy()) {
                if (!dev.isAlive() || System.nanoTime() > limit) {
                    throw new IllegalStateException("reprise dev is not healthy after " + HEALTHY_LIMIT.toSeconds()
                            + " s or ended: see " + data.resolve("dev.log"));
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            TimeUnit.MILLISECONDS.sleep(SETTLING.toMillis());
            resident.add(Memory.of(dev.toHandle(), data));
            return seconds;
        } finally {
            dev.destroy();
            if (!dev.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                dev.destroyForcibly();
            }
        }
    }

    private boolean isHealthy() throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + HTTP_PORT + "/health/readiness"))
                .timeout(Duration.ofSeconds(2))
                .build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
