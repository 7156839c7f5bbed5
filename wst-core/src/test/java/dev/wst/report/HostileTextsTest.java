package dev.wst.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.Answer;
import dev.wst.Ending;
import dev.wst.metrics.RunReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What models, files of tasks and names of directories say is text, whatever it looks like. */
class HostileTextsTest {
    static final List<String> HOSTILE = List.of(
            "<script>document.title = 'run'</script>",
            "</textarea></style></title><img src=x onerror=\"document.title='run'\">",
            "\" onmouseover=\"alert(1)\" x='",
            "<!-- <svg onload=alert(1)> ]]> &lt;b&gt; &#x3c;",
            "[click](javascript:alert(1)) ![x](http://example.org/x) | `code` **bold**");

    private static final String BIDI = "abc\u202Egnp.exe\u0000\u0007\u200B\uD800 end";

    @TempDir
    Path directory;

    private RunReader run() {
        return new RecordedRun(directory.resolve("<b>run"))
                .configured("reward", HOSTILE.get(0))
                .configured(HOSTILE.get(2), HOSTILE.get(1))
                .asking(HOSTILE.get(0) + HOSTILE.get(1))
                .instructing((way, number) -> HOSTILE.get(way % HOSTILE.size()))
                .answering(i -> Answer.of(HOSTILE.get((i + 1) % HOSTILE.size()) + BIDI))
                .write(20, Map.of(0, 0.2, 20, 0.9), Optional.of(Ending.FINISHED));
    }

    @Test
    void the_page_has_only_elements_and_attributes_of_its_own() {
        Page page = Page.of(TeachingReport.of(run()).madeBy(HOSTILE.get(1)).html());
        assertThat(page.names())
                .isSubsetOf(
                        "html",
                        "head",
                        "meta",
                        "title",
                        "style",
                        "body",
                        "main",
                        "header",
                        "section",
                        "article",
                        "figure",
                        "figcaption",
                        "h1",
                        "h2",
                        "p",
                        "div",
                        "span",
                        "b",
                        "dl",
                        "dt",
                        "dd",
                        "table",
                        "thead",
                        "tbody",
                        "tr",
                        "th",
                        "td",
                        "pre",
                        "details",
                        "summary",
                        "svg",
                        "path",
                        "line",
                        "circle",
                        "text");
        assertThat(page.attributes())
                .isSubsetOf(
                        "aria-hidden",
                        "aria-label",
                        "charset",
                        "class",
                        "content",
                        "cx",
                        "cy",
                        "d",
                        "data-label",
                        "dir",
                        "http-equiv",
                        "lang",
                        "name",
                        "r",
                        "role",
                        "text-anchor",
                        "viewBox",
                        "x",
                        "x1",
                        "x2",
                        "y",
                        "y1",
                        "y2");
        HOSTILE.forEach(text -> assertThat(page.text()).contains(text));
    }

    @Test
    void what_turns_or_hides_text_is_shown_by_its_number() {
        TeachingReport report = TeachingReport.of(run());
        assertThat(report.html())
                .doesNotContain("\u202E", "\u0000", "\u200B", "\u0007")
                .contains("abc<span class=\"hidden\">U+202E</span>gnp.exe<span class=\"hidden\">U+0000</span>");
        assertThat(report.markdown())
                .doesNotContain("\u202E", "\u0000", "\u200B", "\u0007")
                .contains("abc[U+202E]gnp.exe[U+0000]");
    }

    @Test
    void markdown_has_neither_elements_nor_links_of_theirs() {
        String markdown = TeachingReport.of(run()).markdown();
        assertThat(markdown)
                .doesNotContain("<")
                .contains("&lt;script&gt;", "\\[click\\](javascript:alert(1))", "\\!\\[x\\]");
        assertThat(markdown.lines().filter(line -> line.startsWith("| ") && line.contains("onmouseover")))
                .allMatch(line ->
                        line.replace("\\|", "").chars().filter(c -> c == '|').count() == 3);
    }
}
