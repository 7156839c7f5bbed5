package dev.wst.examples.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The command line of a run, the command's name first, kept in its directory: reports show it, and {@code train --resume DIR} reads it,
 * where what is given beside comes after it and wins.
 */
final class SavedArguments implements IParameterPreprocessor {
    private static final String FILE = "arguments.json";
    private static final String TRAIN = "train";
    private static final String RESUME = "--resume";
    /** Options that are of a series of runs, not of the runs. */
    private static final Set<String> OF_A_SERIES = Set.of("--seeds", "--run", "--reach");

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Keeps what made a run. */
    static void write(Path run, String command, List<String> arguments) {
        List<String> line = new ArrayList<>(List.of(command));
        line.addAll(arguments);
        try {
            Files.writeString(run.resolve(FILE), MAPPER.writeValueAsString(line) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(run.resolve(FILE) + " cannot be written", e);
        }
    }

    /** The arguments of one of several runs: those of all with its own seed and directory. */
    static List<String> ofSeed(List<String> arguments, long seed, Path run) {
        List<String> own = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String name = name(arguments.get(i));
            if (!OF_A_SERIES.contains(name)) {
                own.add(arguments.get(i));
            } else if (name.equals(arguments.get(i))) {
                // Its value is an argument of its own.
                i++;
            }
        }
        own.addAll(List.of("--seed", Long.toString(seed), "--run", run.toString()));
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
        try {
            return Files.exists(file)
                    ? Arrays.asList(MAPPER.readValue(Files.readString(file), String[].class))
                    : List.of();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(file + " is damaged; give the whole command line of the run again", e);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    /** The saved arguments less those options that may be given several times and are given: all that is given takes their place. */
    private static List<String> beside(List<String> given, List<String> saved, CommandSpec command) {
        List<String> left = new ArrayList<>();
        for (int i = 0; i < saved.size(); i++) {
            String name = name(saved.get(i));
            OptionSpec option = command.findOption(name);
            boolean isReplaced = option != null
                    && option.isMultiValue()
                    && given.stream().anyMatch(argument -> name(argument).equals(name));
            if (!isReplaced) {
                left.add(saved.get(i));
            } else if (name.equals(saved.get(i))) {
                // Its value is an argument of its own.
                i++;
            }
        }
        return left;
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
        int place = given.indexOf(RESUME);
        if (place >= 0 && place + 1 < given.size()) {
            List<String> all = new ArrayList<>(beside(given, read(Path.of(given.get(place + 1))), command));
            all.addAll(given);
            Collections.reverse(all);
            args.clear();
            args.addAll(all);
        }
        return false;
    }
}
