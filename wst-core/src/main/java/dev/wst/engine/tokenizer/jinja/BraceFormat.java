package dev.wst.engine.tokenizer.jinja;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Python's {@code str.format}. */
final class BraceFormat {
    private static final Pattern STEP = Pattern.compile("\\.(\\w+)|\\[([^\\]]+)\\]");
    private static final Pattern FIELD =
            Pattern.compile("(\\w*)((?:\\.\\w+|\\[[^\\]]+\\])*)(?:!([rs]))?(?::([^{}]*))?", Pattern.DOTALL);

    private BraceFormat() {}

    static Text format(Text pattern, Arguments arguments) {
        TextBuilder out = new TextBuilder();
        int automatic = 0;
        for (int i = 0; i < pattern.length(); i++) {
            int point = pattern.at(i);
            boolean doubled = i + 1 < pattern.length() && pattern.at(i + 1) == point;
            if (point == '{' && !doubled) {
                int end = pattern.indexOf(Text.of("}"), i);
                if (end < 0) {
                    throw TemplateException.failed("expected '}' before end of string");
                }
                Matcher field = FIELD.matcher(pattern.slice(i + 1, end).toString());
                if (!field.matches()) {
                    throw TemplateException.unsupported("the format field {" + pattern.slice(i + 1, end) + "}");
                }
                out.append(field(field, arguments, automatic));
                if (field.group(1).isEmpty()) {
                    automatic++;
                } else if (automatic > 0 && Character.isDigit(field.group(1).charAt(0))) {
                    throw TemplateException.failed("cannot switch from automatic field numbering to manual");
                }
                i = end;
            } else if ((point == '{' || point == '}') && doubled) {
                out.append(pattern.marked()[i++]);
            } else if (point == '}') {
                throw TemplateException.failed("single '}' encountered in format string");
            } else {
                out.append(pattern.marked()[i]);
            }
        }
        return out.text();
    }

    private static Text field(Matcher field, Arguments arguments, int automatic) {
        Object value = root(field.group(1).isEmpty() ? Integer.toString(automatic) : field.group(1), arguments);
        Matcher step = STEP.matcher(field.group(2));
        while (step.find()) {
            if (step.group(1) != null) {
                throw TemplateException.unsupported("an attribute inside a format field: " + field.group());
            } else {
                String key = step.group(2);
                value = Attributes.brackets(
                        value, key.matches("\\d{1,9}") ? (Object) Long.parseLong(key) : Text.of(key));
                if (value instanceof Undefined undefined) {
                    throw undefined.error();
                }
            }
        }
        if (field.group(3) != null) {
            value = field.group(3).equals("r") ? Printing.repr(value) : Printing.str(value);
        }
        return FormatSpec.parse(field.group(4) == null ? "" : field.group(4))
                .format(value instanceof Undefined ? Text.EMPTY : value);
    }

    private static Object root(String name, Arguments arguments) {
        if (name.matches("\\d{1,9}")) {
            List<Object> positional = arguments.positional();
            int index = Integer.parseInt(name);
            if (index >= positional.size()) {
                throw TemplateException.failed("replacement index " + index + " out of range for positional arguments");
            }
            return positional.get(index);
        }
        Object value = arguments.named().get(name);
        if (value == null) {
            throw TemplateException.failed("format got no argument named " + name);
        }
        return value;
    }
}
