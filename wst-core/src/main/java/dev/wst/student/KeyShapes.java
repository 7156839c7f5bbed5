package dev.wst.student;

import java.util.regex.Pattern;

/** Masks what looks like a key of a provider, for messages of clients whose requests cannot be seen. */
final class KeyShapes {
    private static final Pattern KEY =
            Pattern.compile("(?i)(\\bbearer\\s+|[?&][\\w-]*(?:key|token)=|\\b[\\w-]*api-key[\"']?\\s*[:=]\\s*[\"']?)"
                    + "[^\\s\"'&,;<>)\\]}]{8,}|\\bsk-[\\w-]{8,}");

    private KeyShapes() {}

    static String mask(String text) {
        return KEY.matcher(text).replaceAll(match -> (match.group(1) == null ? "" : match.group(1)) + "[secret]");
    }
}
