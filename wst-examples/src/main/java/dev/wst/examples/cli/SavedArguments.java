package dev.wst.examples.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wst.EnvironmentException;
import dev.wst.InvalidInputException;
import dev.wst.metrics.RunReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.Stack;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * The command line of a run, the command's name first, kept in its directory: reports show it, and {@code train --resume DIR} reads it,
 * where what is given beside comes after it and wins.
 */
final class SavedArguments implements IParameterPreprocessor {
    private static final String FILE = "arguments.json";
    private static final String TRAIN = "train";
    private static final String RESUME = "--resume";
    /** Options that are of a series of runs, not of the runs. */
    private static final Set<String> OF_A_SERIES = Set.of("--seeds", "--run", "--reach", MetricOptions.TENSOR_BOARD);

    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** Keeps what made a run. */
    static void write(Path run, String command, List<String> arguments) {
        List<String> line = new ArrayList<>(List.of(command));
        line.addAll(arguments);
        try {
            Files.writeString(run.resolve(FILE), MAPPER.writeValueAsString(line) + "\n");
        } catch (IOException e) {
            throw new EnvironmentException(run.resolve(FILE) + " cannot be written: " + e, e);
        }
    }

    /** The arguments of one of several runs: those of all with its own seed and directories. */
    static List<String> ofSeed(List<String> arguments, long seed, Path run) {
        List<String> own = without(arguments, OF_A_SERIES::contains);
        own.addAll(List.of("--seed", Long.toString(seed), "--run", run.toString()));
        value(MetricOptions.TENSOR_BOARD, arguments)
                .ifPresent(directory -> own.addAll(List.of(
                        MetricOptions.TENSOR_BOARD,
                        MetricOptions.eventsOfOne(Path.of(directory), run).toString())));
        return own;
    }

    /** Refuses a run that was begun with other arguments. */
    static void requireSame(Path run, List<String> arguments) {
        List<String> begun = read(run);
        if (!begun.equals(arguments)) {
            throw new IllegalArgumentException("the run in " + run + " was begun with other arguments (" + begun
                    + ", not " + arguments + "); give those, or another --run for a new series");
        }
    }

    /** The arguments of a run; none where the command train did not make it. */
    private static List<String> read(Path run) {
        List<String> line = line(run);
        return !line.isEmpty() && line.get(0).equals(TRAIN) ? line.subList(1, line.size()) : List.of();
    }

    /** The command's name and its arguments; nothing where no command made the run. */
    static List<String> line(Path run) {
        Path file = run.resolve(FILE);
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            JsonNode json = MAPPER.readTree(Files.readAllBytes(file));
            List<String> line = new ArrayList<>();
            for (JsonNode argument : json) {
                if (argument.isTextual()) {
                    line.add(argument.textValue());
                }
            }
            if (!json.isArray() || line.size() < json.size()) {
                throw damaged(file, "it should be a list of texts", null);
            }
            return line;
        } catch (JsonProcessingException e) {
            throw damaged(file, e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new EnvironmentException(file + " cannot be read: " + e, e);
        }
    }

    private static InvalidInputException damaged(Path file, String why, @Nullable Throwable cause) {
        return new InvalidInputException(
                file + " is damaged: " + why
                        + "; put it back as it was written, or delete it and give the whole command"
                        + " line of the run again",
                cause);
    }

    /** The saved arguments less those options that may be given several times and are given: all that is given takes their place. */
    private static List<String> beside(List<String> given, List<String> saved, CommandSpec command) {
        return without(saved, name -> {
            OptionSpec option = command.findOption(name);
            return option != null && option.isMultiValue() && isGiven(name, given);
        });
    }

    private static boolean isGiven(String option, List<String> arguments) {
        return arguments.stream().anyMatch(argument -> name(argument).equals(option));
    }

    /** The arguments less these options and their values. */
    private static List<String> without(List<String> arguments, Predicate<String> options) {
        List<String> left = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String name = name(arguments.get(i));
            if (!options.test(name)) {
                left.add(arguments.get(i));
            } else if (name.equals(arguments.get(i))) {
                // Its value is an argument of its own.
                i++;
            }
        }
        return left;
    }

    /** The value of an option, of several the last; nothing where it is not there, or has none. */
    private static Optional<String> value(String option, List<String> arguments) {
        Optional<String> last = Optional.empty();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (!name(argument).equals(option)) {
                continue;
            }
            if (!argument.equals(option)) {
                last = Optional.of(argument.substring(option.length() + 1));
            } else if (i + 1 < arguments.size()) {
                last = Optional.of(arguments.get(i + 1));
            }
        }
        return last;
    }

    private static String name(String argument) {
        int end = argument.indexOf('=');
        return argument.startsWith("--") && end > 0 ? argument.substring(0, end) : argument;
    }

    @Override
    public boolean preprocess(Stack<String> args, CommandSpec command, ArgSpec argument, Map<String, Object> info) {
        List<String> given = new ArrayList<>(args);
        // The top of the stack is what comes first.
        Collections.reverse(given);
        Optional<Path> resumed = value(RESUME, given).map(Path::of);
        if (resumed.isPresent()) {
            List<String> all = new ArrayList<>(beside(given, ofRun(resumed.get(), given, command), command));
            all.addAll(given);
            Collections.reverse(all);
            args.clear();
            args.addAll(all);
        }
        return false;
    }

    /** The arguments of a run that goes on: there must be one, and without them the others must be whole. */
    private static List<String> ofRun(Path run, List<String> given, CommandSpec command) {
        List<String> saved;
        try {
            saved = read(RunReader.open(run).path());
        } catch (RuntimeException e) {
            throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
        }
        boolean isWhole = command.options().stream()
                .filter(OptionSpec::required)
                .allMatch(option -> Stream.of(option.names()).anyMatch(name -> isGiven(name, given)));
        if (saved.isEmpty() && !isWhole) {
            throw new ParameterException(
                    command.commandLine(),
                    run + " holds no arguments of the command train: give all those of the run beside " + RESUME);
        }
        return saved;
    }
}
