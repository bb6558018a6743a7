package io.reprise.worker.stream;

import io.reprise.activities.stream.OtherCluster;
import io.reprise.db.stream.Streams;
import io.reprise.worker.shared.KafkaAway;
import java.sql.SQLException;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the ledger how a stream stands, for operators to see. A ledger that is away is told later. */
final class StreamReport {

    private static final Logger LOG = LoggerFactory.getLogger(StreamReport.class);
    private static final String UNKNOWN_LAG = "[]";

    private final String stream;
    private final Streams streams;
    private final StreamStanding standing;
    private final StreamMeters meters;

    StreamReport(String stream, Streams streams, StreamStanding standing, StreamMeters meters) {
        this.stream = stream;
        this.streams = streams;
        this.standing = standing;
        this.meters = meters;
    }

    /** While nothing is read. */
    void write() {
        write(UNKNOWN_LAG);
    }

    /** Asking for the lag also finds out that Kafka is away: reading from it only finds nothing then. */
    void write(OpenStream open) {
        Optional<Trouble> found = open.hindrance().map(Trouble::of);
        String lag = UNKNOWN_LAG;
        try {
            StreamLag left = StreamLag.between(
                    open.placing().checkpoints(), open.reading().logs());
            meters.lag(left.records(open.reading().assigned()));
            lag = left.json();
        } catch (KafkaException e) {
            found = Optional.of(Trouble.kafka(e));
        } catch (SQLException e) {
            found = Optional.of(Trouble.database(e));
        } catch (OtherCluster e) {
            found = Optional.of(Trouble.failing(String.valueOf(e.getMessage())));
        }
        standing.hinderedBy(found);
        write(lag);
    }

    void writeThatKafkaIsAway(KafkaAway away) {
        standing.hinderedBy(Optional.of(Trouble.kafka(away)));
        write(UNKNOWN_LAG);
    }

    private void write(String lag) {
        try {
            streams.report(stream, standing.word(), standing.error(), lag);
        } catch (DataAccessException e) {
            LOG.debug("Stream {} could not report its state", stream, e);
        }
    }
}
