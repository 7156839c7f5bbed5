package dev.wst.report;

import com.google.common.html.HtmlEscapers;
import com.google.common.io.Resources;
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
import dev.wst.report.Document.Section;
import dev.wst.report.Document.Sentence;
import dev.wst.report.Document.Table;
import dev.wst.report.Document.Tone;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * A document as one HTML page that needs nothing else: its style and drawings stand in it, and there is no script. A policy in its head
 * forbids scripts and everything from elsewhere too. The page is well-formed XML as well, so that a parser can tell what is in it.
 */
final class HtmlText {
    /** What is shown of a long text before the reader asks for all of it. */
    private static final int SHORT = 600;
    /** No page holds more of one text. */
    private static final int LONGEST = 20_000;

    private final StringBuilder page = new StringBuilder();

    private HtmlText() {}

    static String of(Document document) {
        HtmlText text = new HtmlText();
        text.write(document);
        return text.page.toString();
    }

    /** What a browser shows as this text and takes for nothing else. */
    static String escaped(String text) {
        return Hidden.shown(
                text,
                c -> HtmlEscapers.htmlEscaper().escape(Character.toString(c)),
                c -> "<span class=\"hidden\">" + Hidden.name(c) + "</span>");
    }

    /** The same where no elements may stand: in titles, attributes and drawings. */
    static String plain(String text) {
        return Hidden.shown(text, c -> HtmlEscapers.htmlEscaper().escape(Character.toString(c)), Hidden::name);
    }

    private static String style() {
        try {
            return Resources.toString(Resources.getResource(HtmlText.class, "report.css"), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(Document document) {
        page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n")
                .append(
                        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n")
                .append("<meta name=\"color-scheme\" content=\"light dark\"/>\n<title>")
                .append(plain(document.title()))
                .append("</title>\n<style>\n")
                .append(style())
                .append("</style>\n</head>\n<body>\n<main>\n<header>\n<p class=\"kicker\">")
                .append(escaped(document.kicker()))
                .append("</p>\n<h1 class=\"")
                .append(tone(document.headline().tone()))
                .append("\">")
                .append(escaped(document.headline().text()))
                .append("</h1>\n");
        document.opening().forEach(this::block);
        page.append("</header>\n");
        document.sections().forEach(this::section);
        page.append("</main>\n</body>\n</html>\n");
    }

    private static String tone(Tone tone) {
        return tone.name().toLowerCase(Locale.ROOT);
    }

    private void section(Section section) {
        page.append("<section>\n<h2>").append(escaped(section.title())).append("</h2>\n");
        section.blocks().forEach(this::block);
        page.append("</section>\n");
    }

    private void block(Block block) {
        if (block instanceof Paragraph paragraph) {
            paragraph(paragraph.sentence());
        } else if (block instanceof Facts facts) {
            facts(facts);
        } else if (block instanceof Table table) {
            table(table);
        } else if (block instanceof Charts charts) {
            charts(charts);
        } else if (block instanceof Cases cases) {
            cases.cases().forEach(this::question);
        } else if (block instanceof Code code) {
            page.append("<pre>").append(escaped(code.text())).append("</pre>\n");
        } else if (block instanceof More more) {
            page.append("<details class=\"more\"><summary>")
                    .append(escaped(more.summary()))
                    .append("</summary>\n");
            more.blocks().forEach(this::block);
            page.append("</details>\n");
        }
    }

    private void paragraph(Sentence sentence) {
        page.append("<p class=\"")
                .append(tone(sentence.tone()))
                .append("\">")
                .append(escaped(sentence.text()))
                .append("</p>\n");
    }

    private void facts(Facts facts) {
        page.append("<dl class=\"facts\">\n");
        facts.facts()
                .forEach(fact -> page.append("<div><dt>")
                        .append(escaped(fact.name()))
                        .append("</dt><dd>")
                        .append(escaped(fact.value()))
                        .append("</dd></div>\n"));
        page.append("</dl>\n");
    }

    private void table(Table table) {
        page.append("<div class=\"wide\"><table>\n<thead><tr>");
        for (int i = 0; i < table.columns().size(); i++) {
            page.append(isNumeric(table, i) ? "<th class=\"number\">" : "<th>")
                    .append(escaped(table.columns().get(i)))
                    .append("</th>");
        }
        page.append("</tr></thead>\n<tbody>\n");
        for (List<Cell> row : table.rows()) {
            page.append("<tr>");
            for (int i = 0; i < row.size(); i++) {
                // Where there is no room for columns, each value is told by its own.
                cell(row.get(i), table.columns().size() > 2 ? table.columns().get(i) : "");
            }
            page.append("</tr>\n");
        }
        page.append("</tbody></table></div>\n");
    }

    private static boolean isNumeric(Table table, int column) {
        return !table.rows().isEmpty() && table.rows().get(0).get(column).isNumber();
    }

    private void cell(Cell cell, String label) {
        page.append(cell.isNumber() ? "<td class=\"number\"" : "<td");
        if (!label.isEmpty()) {
            page.append(" data-label=\"").append(plain(label)).append('"');
        }
        page.append('>');
        cell.interval().ifPresent(interval -> page.append(ChartDrawing.of(interval, cell.scale())));
        page.append(escaped(cell.text())).append("</td>");
    }

    private void charts(Charts charts) {
        page.append("<div class=\"charts\">\n");
        for (Chart chart : charts.charts()) {
            page.append("<figure><figcaption><b>")
                    .append(escaped(chart.title()))
                    .append("</b>");
            chart.series().stream()
                    .filter(one -> !one.points().isEmpty())
                    .forEach(one -> page.append(" <span class=\"key\"><span class=\"swatch ")
                            .append(tone(one))
                            .append("\"></span>")
                            .append(escaped(one.name()))
                            .append("</span>"));
            page.append("</figcaption>").append(ChartDrawing.of(chart)).append("</figure>\n");
        }
        page.append("</div>\n");
    }

    private static String tone(Chart.Series series) {
        return series.style().name().toLowerCase(Locale.ROOT) + " c" + series.color();
    }

    private void question(Case one) {
        page.append("<article class=\"case\">\n<div class=\"question\"><span class=\"label\">")
                .append(escaped(one.name()))
                .append("</span>");
        text(one.question());
        one.answer().ifPresent(answer -> {
            page.append("<span class=\"label\">right answer</span>");
            text(answer);
        });
        page.append("</div>\n<div class=\"sides\">\n");
        one.said().forEach(this::said);
        page.append("</div>\n</article>\n");
    }

    private void said(Said said) {
        page.append("<div class=\"side\"><p class=\"by\">")
                .append(escaped(said.by()))
                .append(" <span class=\"reward\">")
                .append(escaped(said.reward()))
                .append("</span></p><span class=\"label\">instruction</span>");
        if (said.instruction().isBlank()) {
            page.append("<p class=\"none\">none</p>");
        } else {
            text(said.instruction());
        }
        page.append("<span class=\"label\">")
                .append(said.hasArrived() ? "answer" : "no answer")
                .append("</span>");
        text(said.answer());
        page.append("</div>\n");
    }

    /** What somebody or something wrote; all of a long one on demand. */
    private void text(String text) {
        String whole = text.strip();
        if (whole.length() <= SHORT) {
            page.append("<div class=\"text\" dir=\"auto\">")
                    .append(escaped(whole))
                    .append("</div>");
            return;
        }
        boolean isCut = whole.length() > LONGEST;
        page.append("<div class=\"text\" dir=\"auto\">")
                .append(escaped(start(whole, SHORT)))
                .append(" …</div><details><summary>all ")
                .append(Numbers.count(whole.length()))
                .append(" characters</summary><div class=\"text\" dir=\"auto\">")
                .append(escaped(start(whole, LONGEST)))
                .append(isCut ? " … (the run directory has the rest)" : "")
                .append("</div></details>");
    }

    /** No character is cut in two. */
    static String start(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
    }
}
