package dev.wst.examples.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Time and memory over a grid of work, each point in a process of its own, and the cost that fits them where there are enough
 * points. Models are random numbers.
 */
@Command(
        name = "scale",
        description = "Times rollouts and steps over prompts, tokens, layers and threads, and fits their cost.",
        mixinStandardHelpOptions = true)
final class ScaleBench implements Callable<Integer> {
    private static final String MAIN = "dev.wst.examples.Main";
    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(
            names = "--shape",
            defaultValue = "smollm2-135m",
            description = "smollm2-135m, qwen2.5-0.5b or qwen2.5-1.5b")
    private String shape = "";

    @Option(names = "--measure", split = ",", defaultValue = "rollout,step", description = "rollout, step or both")
    private List<String> measures = List.of();

    @Option(names = "--prompts", split = ",", defaultValue = "1,4,8")
    private List<Integer> prompts = List.of();

    @Option(names = "--samples", defaultValue = "8")
    private int samples = 8;

    @Option(names = "--tokens", split = ",", defaultValue = "16,32,64", description = "tokens of each text")
    private List<Integer> tokens = List.of();

    @Option(names = "--layers", split = ",", description = "all that the shape has unless given")
    private List<Integer> layers = List.of();

    @Option(names = "--threads", split = ",", description = "all cores unless given")
    private List<Integer> threads = List.of();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Shape whole = Shape.named(shape);
        Map<String, List<Cost.Point>> points = new LinkedHashMap<>();
        for (int depth : layers.isEmpty() ? List.of(whole.layers()) : layers) {
            Shape cut = whole.withLayers(depth);
            Path directory = Files.createTempDirectory("wst-bench");
            try (ModelOptions.Place model = new ModelOptions.Place(directory, true)) {
                RandomModel.write(
                        cut, new Work(prompts.stream().max(Integer::compare).orElse(1), 1), model.path());
                for (String measure : measures) {
                    points.computeIfAbsent(measure, key -> new ArrayList<>())
                            .addAll(measured(measure, cut, model.path()));
                }
            }
        }
        points.forEach((measure, measured) -> {
            if (Cost.canFit(measured)) {
                printFit(measure, measured);
            }
        });
        return 0;
    }

    private List<Cost.Point> measured(String measure, Shape cut, Path model) throws IOException, InterruptedException {
        List<Cost.Point> points = new ArrayList<>();
        for (int count : threads.isEmpty() ? List.of(Runtime.getRuntime().availableProcessors()) : threads) {
            for (int batch : prompts) {
                for (int length : tokens) {
                    ObjectNode line = run(measure, model, batch, length, count);
                    line.put("bench", "scale")
                            .put("measure", measure)
                            .put("shape", shape)
                            .put("layers", cut.layers())
                            .put("prompts", batch)
                            .put("tokens", length);
                    System.out.println(line);
                    Load load = new Load(
                            cut,
                            batch,
                            samples,
                            length,
                            line.path("prompt_tokens").asInt(),
                            count);
                    points.add(new Cost.Point(
                            line.path("seconds").asDouble(),
                            measure.equals("step") ? load.ofStep() : load.ofWriting()));
                }
            }
        }
        return points;
    }

    /** One of the other benchmarks, with so many threads. */
    private ObjectNode run(String measure, Path model, int batch, int length, int count)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(
                List.of("-XX:ActiveProcessorCount=" + count, "-cp", System.getProperty("java.class.path"), MAIN));
        command.addAll(List.of("bench", measure, "--teacher", model.toString(), "--prompts", "" + batch));
        command.addAll(List.of("--samples", "" + samples, "--tokens", "" + length));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(Redirect.DISCARD);
        builder.environment().put("OMP_NUM_THREADS", "" + count);
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        JsonNode line = status == 0 ? JSON.readTree(printed) : null;
        if (line instanceof ObjectNode object) {
            return object;
        }
        throw new IllegalStateException(
                String.join(" ", command) + " ended with status " + status + " and printed: " + printed);
    }

    private static void printFit(String measure, List<Cost.Point> points) {
        Cost.Fit fit = Cost.fit(points);
        new Line("scale")
                .put("measure", measure)
                .put("points", points.size())
                .put("seconds_per_unit", fit.secondsPerUnit())
                .put("r_squared", fit.rSquared())
                .put("worst_relative_error", fit.worstRelativeError())
                .print();
    }
}
