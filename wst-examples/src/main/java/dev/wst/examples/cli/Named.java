package dev.wst.examples.cli;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A value of an option that may be given several times, as {@code NAME=VALUE}, or {@code VALUE} alone.
 *
 * @param name empty where the value stands alone
 */
record Named(Optional<String> name, String value) {
    /** As of students, less the colon: an address is no name. */
    private static final Pattern FORM = Pattern.compile("([A-Za-z0-9._-]+)=(.+)", Pattern.DOTALL);

    static Named alone(String value) {
        return new Named(Optional.empty(), value);
    }

    static Named parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches() ? new Named(Optional.of(form.group(1)), form.group(2)) : alone(text);
    }

    /** What is given for this name, or else for all; of several the last. */
    static Optional<String> of(List<String> given, Optional<String> name) {
        Optional<String> own = name.flatMap(one -> last(given, Optional.of(one)));
        return own.or(() -> last(given, Optional.empty()));
    }

    private static Optional<String> last(List<String> given, Optional<String> name) {
        return given.stream()
                .map(Named::parse)
                .filter(one -> one.name().equals(name))
                .map(Named::value)
                .reduce((earlier, later) -> later);
    }

    /** Refuses values for a name that none of these has. */
    static void requireKnown(String option, List<String> given, List<Named> known) {
        List<String> names = known.stream().flatMap(one -> one.name().stream()).toList();
        given.stream()
                .flatMap(text -> parse(text).name().stream())
                .filter(name -> !names.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException(option + " " + name + "=... is for a student that there is not; "
                            + (names.isEmpty() ? "the student has no name" : "there are " + names));
                });
    }

    @Override
    public String toString() {
        return name.map(one -> one + "=").orElse("") + value;
    }
}
