package dev.wst.report;

import dev.wst.evaluation.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * How something went over the steps.
 *
 * @param unit of the vertical axis
 * @param series at least one with a point
 */
record Chart(String title, String unit, List<Series> series) {
    /** How points are drawn. */
    enum Style {
        /** A thin line behind others. */
        FAINT,
        LINE,
        /** Dots with their intervals, joined. */
        DOTS
    }

    record Point(double step, double value, Optional<Interval> interval) {
        static Point of(double step, double value) {
            return new Point(step, value, Optional.empty());
        }
    }

    /** @param color which of the colors, from 0 */
    record Series(String name, Style style, int color, List<Point> points) {
        Series {
            points = List.copyOf(points);
        }

        /** The mean over this point and those before it, so many together. */
        Series trailing(String name, int window) {
            List<Point> means = new ArrayList<>();
            for (int i = 0; i < points.size(); i++) {
                means.add(Point.of(
                        points.get(i).step(),
                        points.subList(Math.max(0, i - window + 1), i + 1).stream()
                                .mapToDouble(Point::value)
                                .average()
                                .orElse(Double.NaN)));
            }
            return new Series(name, Style.LINE, color, means);
        }

        /** At most so many points: means of neighbours. */
        Series thinned(int most) {
            int together = (points.size() + most - 1) / most;
            if (together <= 1) {
                return this;
            }
            List<Point> fewer = new ArrayList<>();
            for (int i = 0; i < points.size(); i += together) {
                List<Point> some = points.subList(i, Math.min(points.size(), i + together));
                fewer.add(Point.of(
                        some.get(some.size() - 1).step(),
                        some.stream().mapToDouble(Point::value).average().orElse(Double.NaN)));
            }
            return new Series(name, style, color, fewer);
        }

        DoubleStream values() {
            return points.stream()
                    .flatMapToDouble(point -> DoubleStream.concat(
                            DoubleStream.of(point.value()),
                            point.interval().stream().flatMapToDouble(i -> DoubleStream.of(i.low(), i.high()))));
        }
    }

    boolean isEmpty() {
        return series.stream().allMatch(one -> one.points().isEmpty());
    }

    /** Whether it would show a line at zero and nothing else. */
    boolean isZero() {
        return series.stream().flatMapToDouble(Series::values).allMatch(value -> value == 0);
    }
}
