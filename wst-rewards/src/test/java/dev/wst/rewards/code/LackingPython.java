package dev.wst.rewards.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** A Python on a system that lacks something: what it reads as its order, the scripts included, is edited. */
final class LackingPython {
    private LackingPython() {}

    /** Without the confinement of files, as before Linux 5.13. */
    static Path withoutLandlock(Path directory) throws IOException {
        return edited(directory, Map.of("if abi < 1:", "if True:"));
    }

    /** Without the filter, as on a machine whose calls have other numbers. */
    static Path withoutFilter(Path directory) throws IOException {
        return edited(directory, Map.of("if machine not in AUDIT_ARCH:", "if True:"));
    }

    /** With neither. */
    static Path withoutBoth(Path directory) throws IOException {
        return edited(directory, Map.of("if abi < 1:", "if True:", "if machine not in AUDIT_ARCH:", "if True:"));
    }

    private static Path edited(Path directory, Map<String, String> edits) throws IOException {
        String script = edits.entrySet().stream()
                .map(edit -> "s/" + edit.getKey() + "/" + edit.getValue() + "/")
                .collect(Collectors.joining(";"));
        Path python = Files.writeString(directory.resolve("python"), """
                #!/bin/sh
                if [ "$1" = -I ]; then echo "$0"; else sed '%s' | '%s' "$@"; fi
                """.formatted(script, Interpreter.find(null)));
        assertThat(python.toFile().setExecutable(true)).isTrue();
        return python;
    }
}
