package io.reprise.embedded;

import io.temporal.testing.TemporalDevServerOptions;
import io.temporal.testing.internal.devserver.TemporalDevServerDownloader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The official download, as Temporal's own test library does it. */
final class TemporalDownload {

    private TemporalDownload() {}

    static void into(Path folder) {
        try {
            Path downloaded = TemporalDevServerDownloader.prepare(TemporalDevServerOptions.newBuilder()
                    .setDownloadVersion("v" + TemporalCliSearch.VERSION)
                    .setDownloadDestination(folder.resolve("download").toString())
                    .build());
            Files.move(downloaded, folder.resolve("temporal"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new IllegalStateException("cannot keep the downloaded Temporal in " + folder, e);
        }
    }
}
