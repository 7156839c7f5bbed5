package dev.wst.engine;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A JVM of its own with the class path of the tests, for what a process does once only or does not survive. */
public final class OtherJvm {
    /** What lives for a second is not compiled twice, and needs no threads that collect garbage. */
    private static final List<String> QUICK = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private final Class<?> main;
    private String classPath = System.getProperty("java.class.path");
    private final List<String> before = new ArrayList<>();
    private final List<String> options = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();

    /** What came of it; {@code text} is what it wrote to both streams. */
    public record Ended(int code, String text) {}

    public OtherJvm(Class<?> main) {
        this.main = main;
    }

    public OtherJvm option(String option) {
        options.add(option);
        return this;
    }

    /** No file may grow beyond so many blocks of 512 bytes, as on a disk that is full. */
    public OtherJvm filesUpTo(int blocks) {
        before.addAll(List.of("sh", "-c", "ulimit -f " + blocks + "; exec \"$@\"", "sh"));
        return this;
    }

    /** Leaves out the entries of the class path whose file begins so. */
    public OtherJvm without(String beginning) {
        classPath = Arrays.stream(classPath.split(File.pathSeparator, -1))
                .filter(entry -> !Path.of(entry).getFileName().toString().startsWith(beginning))
                .collect(Collectors.joining(File.pathSeparator));
        return this;
    }

    public OtherJvm environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    public Ended run(String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile("other-jvm", ".txt");
        try {
            int code = start(out, arguments).waitFor();
            return new Ended(code, Files.readString(out));
        } finally {
            Files.delete(out);
        }
    }

    /** Goes on while it runs; what it writes is in the file. */
    public Process start(Path out, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(QUICK);
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, main.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }
}
