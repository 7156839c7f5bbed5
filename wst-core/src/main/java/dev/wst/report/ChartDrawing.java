package dev.wst.report;

import dev.wst.evaluation.Interval;
import dev.wst.report.Chart.Point;
import dev.wst.report.Chart.Series;
import dev.wst.report.Chart.Style;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** A chart as SVG that stands in a page: colors come from its style sheet, so that they follow the reader's theme. */
final class ChartDrawing {
    private static final int WIDTH = 440;
    private static final int HEIGHT = 230;
    private static final int LEFT = 52;
    private static final int RIGHT = 62;
    private static final int TOP = 12;
    private static final int BOTTOM = 38;
    private static final int MOST_POINTS = 300;
    private static final double LABEL_HEIGHT = 14;

    private final StringBuilder svg = new StringBuilder();
    private final Scale steps;
    private final Scale values;

    private ChartDrawing(Chart chart) {
        values = Scale.holding(chart.series().stream().flatMapToDouble(Series::values), 4);
        double last = chart.series().stream()
                .flatMap(one -> one.points().stream())
                .mapToDouble(Point::step)
                .max()
                .orElse(1);
        steps = Scale.upTo(Math.max(1, last), 5);
    }

    static String of(Chart chart) {
        ChartDrawing drawing = new ChartDrawing(chart);
        drawing.draw(chart);
        return drawing.svg.toString();
    }

    private void draw(Chart chart) {
        List<Series> series =
                chart.series().stream().filter(one -> !one.points().isEmpty()).toList();
        svg.append("<svg viewBox=\"0 0 ")
                .append(WIDTH)
                .append(' ')
                .append(HEIGHT)
                .append("\" role=\"img\" aria-label=\"")
                .append(HtmlText.plain(chart.title()))
                .append("\">");
        axes(chart.unit());
        series.forEach(this::series);
        labels(series);
        svg.append("</svg>");
    }

    private double x(double step) {
        return LEFT + steps.at(step) * (WIDTH - LEFT - RIGHT);
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - values.at(value) * (HEIGHT - BOTTOM - TOP);
    }

    private void axes(String unit) {
        for (double tick : values.ticks()) {
            line("grid", LEFT, y(tick), WIDTH - RIGHT, y(tick));
            text("tick", LEFT - 7, y(tick) + 4, "end", Numbers.brief(tick));
        }
        for (double tick : steps.ticks()) {
            if (tick == Math.rint(tick)) {
                text("tick", x(tick), HEIGHT - BOTTOM + 17, "middle", Numbers.brief(tick));
            }
        }
        line("axis", LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT, HEIGHT - BOTTOM);
        text("unit", WIDTH - RIGHT, HEIGHT - 5, "end", "step");
        text("unit", LEFT, HEIGHT - 5, "start", "vertical: " + unit);
    }

    private void series(Series full) {
        Series one = full.style() == Style.DOTS ? full : full.thinned(MOST_POINTS);
        StringBuilder path = new StringBuilder();
        for (Point point : one.points()) {
            path.append(path.length() == 0 ? "M" : "L")
                    .append(at(x(point.step())))
                    .append(' ')
                    .append(at(y(point.value())));
        }
        String color = "c" + one.color();
        svg.append("<path class=\"")
                .append(one.style().name().toLowerCase(Locale.ROOT))
                .append(' ')
                .append(color)
                .append("\" d=\"")
                .append(path)
                .append("\"/>");
        if (one.style() == Style.DOTS) {
            one.points().forEach(point -> dot(point, color));
        }
    }

    private void dot(Point point, String color) {
        point.interval()
                .ifPresent(i -> line("whisker " + color, x(point.step()), y(i.low()), x(point.step()), y(i.high())));
        svg.append("<circle class=\"")
                .append(color)
                .append("\" cx=\"")
                .append(at(x(point.step())))
                .append("\" cy=\"")
                .append(at(y(point.value())))
                .append("\" r=\"3.5\"/>");
    }

    /** The last value of each line beside its end, moved apart where they would lie on each other. */
    private void labels(List<Series> series) {
        record Label(double y, int color, String text) {}
        List<Label> labels = new ArrayList<>();
        for (Series one : series) {
            if (one.style() != Style.FAINT || series.size() == 1) {
                Point last = one.points().get(one.points().size() - 1);
                labels.add(new Label(y(last.value()), one.color(), Numbers.rounded(last.value())));
            }
        }
        labels.sort(Comparator.comparingDouble(Label::y));
        double lowest = HEIGHT - BOTTOM - LABEL_HEIGHT * (labels.size() - 1);
        double next = TOP;
        for (Label label : labels) {
            double y = Math.max(next, Math.min(label.y(), lowest));
            text("value c" + label.color(), WIDTH - RIGHT + 7, y + 4, "start", label.text());
            next = y + LABEL_HEIGHT;
            lowest += LABEL_HEIGHT;
        }
    }

    /** A small drawing of an interval: where it lies on a scale, and where nothing would be. */
    static String of(Interval interval, Scale scale) {
        return String.format(
                Locale.ROOT,
                "<svg class=\"bar\" viewBox=\"0 0 120 16\" aria-hidden=\"true\"><line class=\"grid\" x1=\"2\" y1=\"8\" x2=\"118\""
                        + " y2=\"8\"/>%s<line class=\"whisker c0\" x1=\"%.1f\" y1=\"8\" x2=\"%.1f\" y2=\"8\"/>"
                        + "<circle class=\"c0\" cx=\"%.1f\" cy=\"8\" r=\"4\"/></svg>",
                scale.low() < 0 && scale.high() > 0
                        ? String.format(
                                Locale.ROOT,
                                "<line class=\"axis\" x1=\"%1$.1f\" y1=\"1\" x2=\"%1$.1f\" y2=\"15\"/>",
                                place(scale, 0))
                        : "",
                place(scale, interval.low()),
                place(scale, interval.high()),
                place(scale, interval.mean()));
    }

    private static double place(Scale scale, double value) {
        return 4 + 112 * scale.at(value);
    }

    private void line(String style, double x1, double y1, double x2, double y2) {
        svg.append(String.format(
                Locale.ROOT,
                "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
                style,
                x1,
                y1,
                x2,
                y2));
    }

    private void text(String style, double x, double y, String anchor, String text) {
        svg.append(String.format(
                Locale.ROOT,
                "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>",
                style,
                x,
                y,
                anchor,
                HtmlText.plain(text)));
    }

    private static String at(double place) {
        return String.format(Locale.ROOT, "%.1f", place);
    }
}
