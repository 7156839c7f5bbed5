package dev.wst.examples.pair;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The kinds of question, each with the method that answers it. */
enum Kind {
    REVERSE(
            true,
            List.of("Reverse the letters:", "Write these letters backwards:"),
            List.of(
                    "Go from the last letter to the first.",
                    "Read from right to left.",
                    "Start at the end and work back.")) {
        @Override
        List<String> answer(List<String> items) {
            List<String> reversed = new ArrayList<>(items);
            Collections.reverse(reversed);
            return reversed;
        }

        @Override
        String working(List<String> items) {
            return " " + String.join(", ", answer(items)) + ".";
        }
    },
    SHIFT(
            true,
            List.of("Replace each letter by the next:", "Move every letter on by one:"),
            List.of(
                    "Write down what follows each letter in the alphabet.",
                    "Step through the alphabet once for each.",
                    "Pair each letter with its neighbour.")) {
        @Override
        List<String> answer(List<String> items) {
            return items.stream().map(Kind::following).toList();
        }

        @Override
        String working(List<String> items) {
            return pairs(items, answer(items));
        }
    },
    SECOND(
            true,
            List.of("Keep every second letter, from the first:", "Drop every other letter, but not the first:"),
            List.of(
                    "Take one, skip one.",
                    "Mark each letter as yes or no in turn.",
                    "Alternate between keep and drop.")) {
        @Override
        List<String> answer(List<String> items) {
            List<String> kept = new ArrayList<>();
            for (int i = 0; i < items.size(); i += 2) {
                kept.add(items.get(i));
            }
            return kept;
        }

        @Override
        String working(List<String> items) {
            List<String> marks = new ArrayList<>();
            for (int i = 0; i < items.size(); i++) {
                marks.add(i % 2 == 0 ? "yes" : "no");
            }
            return pairs(items, marks);
        }
    },
    SUM(
            false,
            List.of("Add the numbers:", "What is the total of these numbers:"),
            List.of(
                    "Write the sum so far beside each number.",
                    "Keep a running total.",
                    "Add one after another, in writing.")) {
        @Override
        List<String> answer(List<String> items) {
            return List.of(
                    Integer.toString(items.stream().mapToInt(Integer::parseInt).sum()));
        }

        @Override
        String working(List<String> items) {
            List<String> sums = new ArrayList<>();
            int sum = 0;
            for (String item : items) {
                sum += Integer.parseInt(item);
                sums.add(Integer.toString(sum));
            }
            return pairs(items, sums);
        }
    },
    LARGEST(
            false,
            List.of("Which of these numbers is largest:", "Find the biggest number:"),
            List.of(
                    "Compare each number with the best so far.",
                    "Note the maximum up to each number.",
                    "Hold the record and update it.")) {
        @Override
        List<String> answer(List<String> items) {
            return List.of(Integer.toString(
                    items.stream().mapToInt(Integer::parseInt).max().orElseThrow()));
        }

        @Override
        String working(List<String> items) {
            List<String> records = new ArrayList<>();
            int record = 0;
            for (String item : items) {
                record = Math.max(record, Integer.parseInt(item));
                records.add(Integer.toString(record));
            }
            return pairs(items, records);
        }
    };

    private final boolean letters;
    private final ImmutableList<String> questions;
    private final ImmutableList<String> methods;

    Kind(boolean letters, List<String> questions, List<String> methods) {
        this.letters = letters;
        this.questions = ImmutableList.copyOf(questions);
        this.methods = ImmutableList.copyOf(methods);
    }

    /** Whether it is about letters; otherwise about numbers. */
    boolean letters() {
        return letters;
    }

    /** Ways to ask. */
    List<String> questions() {
        return questions;
    }

    /** Ways to name the method. */
    List<String> methods() {
        return methods;
    }

    /** What the method gives. */
    abstract List<String> answer(List<String> items);

    /** The method, item by item, in writing. */
    abstract String working(List<String> items);

    private static String pairs(List<String> items, List<String> results) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < items.size(); i++) {
            text.append(i == 0 ? " " : ", ").append(items.get(i)).append(' ').append(results.get(i));
        }
        return text.append('.').toString();
    }

    static String following(String letter) {
        return Character.toString(letter.charAt(0) + 1);
    }
}
