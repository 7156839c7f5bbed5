package dev.wst.examples.cli;

import dev.wst.TrainingListener;
import dev.wst.metrics.CsvMetrics;
import dev.wst.metrics.Mlflow;
import dev.wst.metrics.TensorBoard;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a run's metrics are shown, beside its directory. */
final class MetricOptions {
    static final String TENSOR_BOARD = "--tensorboard";
    private static final String EXPERIMENT = "0";

    @Option(
            names = MetricOptions.TENSOR_BOARD,
            paramLabel = "DIR",
            description =
                    "write TensorBoard's event files there; with --seeds in DIR/seed-N, which TensorBoard shows as"
                            + " runs of their own")
    private Optional<Path> tensorBoard = Optional.empty();

    @Option(names = "--csv", paramLabel = "FILE", description = "write the metrics as a table; the file must not exist")
    private Optional<Path> csv = Optional.empty();

    @Option(
            names = "--mlflow",
            paramLabel = "URL",
            description = "send the metrics to the MLflow server there, such as http://127.0.0.1:5000")
    private Optional<URI> mlflow = Optional.empty();

    @Option(
            names = "--mlflow-experiment",
            paramLabel = "ID",
            description = "with --mlflow: the experiment; default " + EXPERIMENT + ", which every server has")
    private Optional<String> experiment = Optional.empty();

    /**
     * Refuses places that nothing could be written to. Listeners find that out when a run has begun, and its directory is there.
     *
     * @param run where its directory is, or will be
     * @param resumes whether the run has written there before
     * @param isOneOfSeveral whether other seeds have their runs beside it
     */
    void requireWritable(Path run, boolean resumes, boolean isOneOfSeveral) {
        csv.ifPresent(file -> requireTable(file, run, resumes));
        events(run, isOneOfSeveral).ifPresent(MetricOptions::requireDirectory);
        mlflow.filter(server -> !RemoteModel.isAt(server.toString()) || server.getHost() == null)
                .ifPresent(server -> {
                    throw new IllegalArgumentException(
                            "--mlflow takes a URL such as http://127.0.0.1:5000, got " + server);
                });
    }

    /** Refuses what nobody would hear. */
    void requireHeard() {
        if (mlflow.isEmpty()) {
            new Unheard().with("--mlflow-experiment", experiment).refuseWithout("--mlflow");
        }
    }

    /** Refuses what belongs to one run. */
    void requireForSeveral() {
        csv.ifPresent(file -> {
            throw new IllegalArgumentException("--csv holds the metrics of one run, and --seeds makes several: leave it"
                    + " out, each has them in its metrics.jsonl");
        });
    }

    private static void requireTable(Path file, Path run, boolean resumes) {
        if (Files.isDirectory(file)) {
            throw new IllegalArgumentException("--csv " + file + " is a directory; name a file in it");
        }
        if (!resumes && Files.exists(file)) {
            throw new IllegalArgumentException(
                    "--csv " + file + " exists already; give each run its own file or move the old one away");
        }
        Path place = absolute(file).getParent();
        // The run's own will be there.
        if (!absolute(run).equals(place) && !isOpen(place)) {
            throw new IllegalArgumentException(
                    "--csv " + file + " cannot be written: " + place + " is no directory that can be written to");
        }
    }

    /** What is missing of it is made. */
    private static void requireDirectory(Path directory) {
        Path place = absolute(directory);
        while (place != null && !Files.exists(place)) {
            place = place.getParent();
        }
        if (!isOpen(place)) {
            throw new IllegalArgumentException("--tensorboard " + directory + " cannot be made: " + place
                    + " is no directory that can be written to");
        }
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    private static boolean isOpen(@Nullable Path place) {
        return place != null && Files.isDirectory(place) && Files.isWritable(place);
    }

    private Optional<Path> events(Path run, boolean isOneOfSeveral) {
        return tensorBoard.map(directory -> isOneOfSeveral ? eventsOfOne(directory, run) : directory);
    }

    /** Where the event files of one of several runs are: TensorBoard takes all files of a directory for those of one run. */
    static Path eventsOfOne(Path directory, Path run) {
        return directory.resolve(name(run));
    }

    private static String name(Path run) {
        return absolute(run).getFileName().toString();
    }

    /**
     * @param run whose name the run has in MLflow
     * @param isOneOfSeveral whether other seeds have their runs beside it
     */
    Stream<TrainingListener> listeners(Path run, boolean isOneOfSeveral) {
        InstantSource clock = InstantSource.system();
        return Stream.of(
                        events(run, isOneOfSeveral).map(directory -> TensorBoard.in(directory, clock)),
                        csv.map(CsvMetrics::to),
                        mlflow.map(server -> Mlflow.at(server, experiment.orElse(EXPERIMENT), name(run), clock)))
                .flatMap(Optional::stream);
    }
}
