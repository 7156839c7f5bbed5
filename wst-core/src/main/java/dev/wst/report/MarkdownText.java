package dev.wst.report;

import dev.wst.report.Document.Block;
import dev.wst.report.Document.Case;
import dev.wst.report.Document.Cases;
import dev.wst.report.Document.Cell;
import dev.wst.report.Document.Charts;
import dev.wst.report.Document.Code;
import dev.wst.report.Document.Facts;
import dev.wst.report.Document.More;
import dev.wst.report.Document.Paragraph;
import dev.wst.report.Document.Said;
import dev.wst.report.Document.Table;
import java.util.List;
import java.util.stream.Collectors;

/** A document as Markdown (GitHub's); charts are tables of a few points. */
final class MarkdownText {
    private static final String SPECIAL = "\\`*_{}[]#|~!$^";
    private static final int LONGEST = 2000;
    private static final int POINTS = 6;

    private final StringBuilder text = new StringBuilder();

    private MarkdownText() {}

    static String of(Document document) {
        MarkdownText markdown = new MarkdownText();
        markdown.write(document);
        return markdown.text.toString();
    }

    /** In one line, with nothing that Markdown or a browser takes for more than text. */
    static String escaped(String text) {
        return Hidden.shown(text, MarkdownText::escaped, c -> "[" + Hidden.name(c) + "]");
    }

    private static String escaped(int c) {
        return switch (c) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '\n', '\t' -> " ";
            default -> SPECIAL.indexOf(c) >= 0 ? "\\" + Character.toString(c) : Character.toString(c);
        };
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private void write(Document document) {
        line("# " + escaped(document.headline().text()));
        line("");
        line("*" + escaped(document.kicker()) + "*");
        document.opening().forEach(this::block);
        document.sections().forEach(section -> {
            line("");
            line("## " + escaped(section.title()));
            section.blocks().forEach(this::block);
        });
    }

    private void block(Block block) {
        line("");
        if (block instanceof Paragraph paragraph) {
            line(escaped(paragraph.sentence().text()));
        } else if (block instanceof Facts facts) {
            facts.facts().forEach(fact -> line("- **" + escaped(fact.name()) + "**: " + escaped(fact.value())));
        } else if (block instanceof Table table) {
            table(table);
        } else if (block instanceof Charts charts) {
            charts.charts().forEach(this::chart);
        } else if (block instanceof Cases cases) {
            cases.cases().forEach(this::question);
        } else if (block instanceof Code code) {
            code.text().lines().forEach(line -> line("    " + Hidden.shown(line, Character::toString, Hidden::name)));
        } else if (block instanceof More more) {
            line("**" + escaped(more.summary()) + "**");
            more.blocks().forEach(this::block);
        }
    }

    private void table(Table table) {
        row(table.columns());
        line(table.columns().stream().map(column -> "---").collect(Collectors.joining(" | ", "| ", " |")));
        table.rows().forEach(row -> row(row.stream().map(Cell::text).toList()));
    }

    private void row(List<String> cells) {
        line(cells.stream().map(MarkdownText::escaped).collect(Collectors.joining(" | ", "| ", " |")));
    }

    private void chart(Chart chart) {
        line("**" + escaped(chart.title()) + "** (" + escaped(chart.unit()) + ")");
        line("");
        chart.series().stream()
                .filter(one -> !one.points().isEmpty() && one.style() != Chart.Style.FAINT)
                .forEach(one -> line("- " + escaped(one.name()) + ": "
                        + one.thinned(POINTS).points().stream()
                                .map(point -> "step " + Numbers.brief(point.step()) + " " + Numbers.of(point.value()))
                                .collect(Collectors.joining(", "))));
        line("");
    }

    private void question(Case one) {
        line("### " + escaped(one.name()));
        line("");
        line("> " + cut(one.question()));
        one.answer().ifPresent(answer -> {
            line("");
            line("Right answer: " + cut(answer));
        });
        line("");
        one.said().forEach(this::said);
        line("");
    }

    private void said(Said said) {
        line("- **" + escaped(said.by()) + "** (" + escaped(said.reward()) + ")");
        line("  - instruction: " + (said.instruction().isBlank() ? "none" : cut(said.instruction())));
        line("  - " + (said.hasArrived() ? "answer: " : "no answer: ") + cut(said.answer()));
    }

    private static String cut(String text) {
        String whole = text.strip();
        return whole.length() <= LONGEST
                ? escaped(whole)
                : escaped(HtmlText.start(whole, LONGEST)) + " … (" + Numbers.count(whole.length()) + " characters)";
    }
}
