package dev.wst.student;

import com.google.common.base.Splitter;
import com.google.common.base.Throwables;
import dev.langchain4j.http.client.HttpRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The keys that a request carries, known by where they stand in it: the values of headers such as Authorization, api-key and
 * x-goog-api-key, and of parameters such as key and api_key in its address. They are masked in whatever is said of the request.
 */
final class Secrets {
    private static final String MASK = "[secret]";
    private static final Pattern NAMES =
            Pattern.compile(".*(authorization|cookie|key|token|secret|password|signature).*");
    private static final Pattern SCHEME = Pattern.compile("^[A-Za-z]+ +(?=\\S+$)");
    /** What local servers are given for a key, such as "none", is a word that messages may well hold. */
    private static final int SHORTEST = 8;

    /** The longest first, since one may be a part of another. */
    private final List<String> values;

    private Secrets(Collection<String> values) {
        this.values = values.stream()
                .filter(value -> value.length() >= SHORTEST)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    static Secrets of(HttpRequest request) {
        Set<String> values = new HashSet<>();
        request.headers().forEach((name, all) -> {
            if (isSecret(name)) {
                all.forEach(value -> addHeader(value, values));
            }
        });
        int query = request.url().indexOf('?');
        if (query >= 0) {
            for (String parameter : Splitter.on('&').split(request.url().substring(query + 1))) {
                int end = parameter.indexOf('=');
                if (end > 0 && isSecret(parameter.substring(0, end))) {
                    addParameter(parameter.substring(end + 1), values);
                }
            }
        }
        return new Secrets(values);
    }

    static boolean isSecret(String name) {
        return NAMES.matcher(name.toLowerCase(Locale.ROOT)).matches();
    }

    /** Without a scheme such as "Bearer". */
    private static void addHeader(String value, Set<String> values) {
        values.add(SCHEME.matcher(value.strip()).replaceFirst(""));
    }

    private static void addParameter(String value, Set<String> values) {
        values.add(value);
        try {
            values.add(URLDecoder.decode(value, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            // Not encoded: it is echoed as it stands.
        }
    }

    String mask(String text) {
        String masked = text;
        for (String value : values) {
            masked = masked.replace(value, MASK);
        }
        return masked;
    }

    /** The exception; nothing if it, or one that caused it, holds a secret. */
    @Nullable
    Throwable cause(Throwable e) {
        String all = Throwables.getStackTraceAsString(e);
        return mask(all).equals(all) ? e : null;
    }
}
