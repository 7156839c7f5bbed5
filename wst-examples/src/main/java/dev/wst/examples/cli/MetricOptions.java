package dev.wst.examples.cli;

import dev.wst.TrainingListener;
import dev.wst.metrics.CsvMetrics;
import dev.wst.metrics.Mlflow;
import dev.wst.metrics.TensorBoard;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Where a run's metrics are shown, beside its directory. */
final class MetricOptions {
    @Option(names = "--tensorboard", paramLabel = "DIR", description = "write TensorBoard's event files there")
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
            description = "with --mlflow: the experiment; default ${DEFAULT-VALUE}, which every server has")
    private String experiment = "0";

    /** @param run whose name the run has in MLflow */
    Stream<TrainingListener> listeners(Path run) {
        InstantSource clock = InstantSource.system();
        String name = run.toAbsolutePath().normalize().getFileName().toString();
        return Stream.of(
                        tensorBoard.map(directory -> TensorBoard.in(directory, clock)),
                        csv.map(CsvMetrics::to),
                        mlflow.map(server -> Mlflow.at(server, experiment, name, clock)))
                .flatMap(Optional::stream);
    }
}
