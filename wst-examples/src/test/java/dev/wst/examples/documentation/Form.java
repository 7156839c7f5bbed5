package dev.wst.examples.documentation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How a kind of document marks its Java: by an opening line and a closing line of their own. In javadoc that is a code tag
 * in a pre element; a pre element without one is a drawing.
 */
enum Form {
    JAVADOC("\\s*\\* <pre>\\{@code", "\\s*\\* }</pre>", "^\\s*\\* ?", "\\s*(/\\*)?\\*.*<pre\\b.*(?<!\\* <pre>)"),
    MARKDOWN("\\s*```java", "\\s*```", "^", "\\s*(```|~~~)\\s*(?i:java)\\b.*");

    private final Pattern opening;
    private final Pattern closing;
    private final Pattern margin;
    private final Pattern mistaken;

    /**
     * A form, by its lines.
     *
     * @param opening the line before the first
     * @param closing the line after the last
     * @param margin what a line begins with that is no part of the code
     * @param mistaken a line that would open an example, were it written as the opening is
     */
    Form(String opening, String closing, String margin, String mistaken) {
        this.opening = Pattern.compile(opening);
        this.closing = Pattern.compile(closing);
        this.margin = Pattern.compile(margin);
        this.mistaken = Pattern.compile(mistaken);
    }

    /**
     * The Java in a document.
     *
     * @throws IllegalStateException if an example is opened in a way that would be missed, or is not closed
     */
    List<DocumentedExample> read(String file, String packageName, List<String> lines) {
        List<DocumentedExample> examples = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (opening.matcher(lines.get(i)).matches()) {
                int end = end(file, lines, i + 1);
                examples.add(new DocumentedExample(file, i + 1, packageName, code(lines.subList(i + 1, end))));
                i = end;
            } else if (mistaken.matcher(lines.get(i)).matches()) {
                throw new IllegalStateException(
                        file + ":" + (i + 1) + " opens an example in a form that is not read: " + lines.get(i));
            }
        }
        return examples;
    }

    private int end(String file, List<String> lines, int begin) {
        for (int i = begin; i < lines.size(); i++) {
            if (closing.matcher(lines.get(i)).matches()) {
                return i;
            }
        }
        throw new IllegalStateException(file + ":" + begin + " opens an example that nothing closes");
    }

    private List<String> code(List<String> lines) {
        return lines.stream().map(line -> margin.matcher(line).replaceFirst("")).toList();
    }
}
