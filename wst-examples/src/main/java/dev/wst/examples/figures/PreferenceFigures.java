package dev.wst.examples.figures;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import dev.langchain4j.model.output.Response;
import dev.wst.Seed;
import dev.wst.rewards.data.DifferentContexts;
import dev.wst.rewards.data.PreferenceFile;
import dev.wst.rewards.data.PreferencePair;
import dev.wst.rewards.preference.Features;
import dev.wst.rewards.preference.PreferenceModel;
import dev.wst.rewards.preference.PreferenceReport;
import dev.wst.rewards.preference.PreferenceTraining;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How well a preference model on sentence embeddings tells the preferred reply of HH-RLHF, beside simpler rules. */
@Command(
        name = "preference",
        description = "Trains a preference model on HH-RLHF pairs and prints its accuracy on pairs held out.",
        mixinStandardHelpOptions = true)
public final class PreferenceFigures implements Callable<Integer> {
    private static final int FOLDS = 5;
    private static final double MOST_SECONDS = 120;
    private static final String ASSISTANT = "\n\nAssistant:";

    @Option(names = "--pairs", required = true, description = "JSON lines of chosen and rejected, as HH-RLHF has them")
    private Path file = Path.of("absent");

    @Option(names = "--features", defaultValue = "REPLY_AND_PRODUCT", description = "${COMPLETION-CANDIDATES}")
    private Features features = Features.REPLY_AND_PRODUCT;

    @Option(names = "--hidden", defaultValue = "0", description = "hidden units; 0 for a linear model")
    private int hidden = 0;

    @Option(names = "--epochs", description = "passes over the pairs")
    private int epochs = PreferenceTraining.defaults().epochs();

    @Option(names = "--l2", description = "weight of the squared weights")
    private double l2 = PreferenceTraining.defaults().l2();

    @Option(
            names = "--compare",
            description = "also cross-validate every kind of features, linear and with a hidden layer")
    private boolean compare;

    @Option(names = "--save", description = "where to write the model")
    private Path save = Path.of("");

    /** A pair and which of the five parts it belongs to: dialogues that open alike are in one part. */
    private record Placed(PreferencePair pair, int fold) {}

    @Override
    public Integer call() {
        List<Placed> pairs = read();
        ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        boolean reached;
        try {
            Remembered embedding = new Remembered(new AllMiniLmL6V2QuantizedEmbeddingModel(threads));
            PreferenceTraining training = PreferenceTraining.defaults()
                    .withFeatures(features)
                    .withHidden(hidden)
                    .withEpochs(epochs)
                    .withL2(l2);
            reached = heldOut(pairs, embedding, training);
            crossValidate(pairs, embedding, training);
            if (compare) {
                for (Features kind : Features.values()) {
                    crossValidate(pairs, embedding, training.withFeatures(kind).withHidden(0));
                    crossValidate(pairs, embedding, training.withFeatures(kind).withHidden(32));
                }
            }
        } finally {
            threads.shutdown();
        }
        return reached ? 0 : 1;
    }

    /** Returns whether it was trained in time and is right more often than the rules that read nothing. */
    private boolean heldOut(List<Placed> pairs, Remembered embedding, PreferenceTraining training) {
        List<PreferencePair> train = part(pairs, 0, false);
        List<PreferencePair> test = part(pairs, 0, true);
        long start = System.nanoTime();
        try (PreferenceModel model = PreferenceModel.train(train, embedding, training)) {
            double seconds = (System.nanoTime() - start) / 1e9;
            print(
                    "trained on %d pairs in %.1f s, of which %.1f s for the embeddings%n",
                    train.size(), seconds, embedding.nanos / 1e9);
            print("held out, by hash of the dialogue's opening: %d pairs%n", test.size());
            PreferenceReport report = model.report(test);
            print("  model (temperature %.2f)  %s%n", model.temperature(), report);
            print("  on its own training pairs %s%n", model.report(train));
            double shorter = rule(test, reply -> -reply.length());
            double random = rule(test, reply -> new Seed(17).derive(reply).value());
            print("  shorter reply             %s%n", accuracy(shorter, test.size()));
            print("  random                    %s%n", accuracy(random, test.size()));
            if (!save.toString().isEmpty()) {
                model.save(save);
                print("saved to %s%n", save);
            }
            return seconds < MOST_SECONDS && report.accuracy() > Math.max(shorter, random);
        }
    }

    private static void crossValidate(List<Placed> pairs, Remembered embedding, PreferenceTraining training) {
        double right = 0;
        double loss = 0;
        int count = 0;
        for (int fold = 0; fold < FOLDS; fold++) {
            try (PreferenceModel model = PreferenceModel.train(part(pairs, fold, false), embedding, training)) {
                PreferenceReport report = model.report(part(pairs, fold, true));
                right += report.accuracy() * report.pairs();
                loss += report.logLoss() * report.pairs();
                count += report.pairs();
            }
        }
        double p = right / count;
        print(
                "five-fold, %s, hidden %d, l2 %.2f: accuracy %.3f +- %.3f, log-loss %.4f, %d pairs%n",
                training.features(),
                training.hidden(),
                training.l2(),
                p,
                1.96 * Math.sqrt(p * (1 - p) / count),
                loss / count,
                count);
    }

    /** Accuracy of a rule that prefers the reply with the greater value; equal values count half. */
    private static double rule(List<PreferencePair> pairs, ToDoubleFunction<String> value) {
        double right = 0;
        for (PreferencePair pair : pairs) {
            int sign = Double.compare(value.applyAsDouble(pair.chosen()), value.applyAsDouble(pair.rejected()));
            right += sign > 0 ? 1 : sign == 0 ? 0.5 : 0;
        }
        return right / pairs.size();
    }

    private static String accuracy(double p, int pairs) {
        return String.format(Locale.ROOT, "accuracy %.3f +- %.3f", p, 1.96 * Math.sqrt(p * (1 - p) / pairs));
    }

    private static List<PreferencePair> part(List<Placed> pairs, int fold, boolean inside) {
        return pairs.stream()
                .filter(placed -> (placed.fold() == fold) == inside)
                .map(Placed::pair)
                .toList();
    }

    /** A handful of published pairs are of two different dialogues and left out. */
    private List<Placed> read() {
        List<Placed> pairs = PreferenceFile.read(file, DifferentContexts.SKIP).stream()
                .map(pair -> new Placed(pair, fold(pair.context())))
                .toList();
        print("%d pairs of one dialogue each from %s%n", pairs.size(), file);
        return pairs;
    }

    private static int fold(String context) {
        String opening = context.substring(0, context.indexOf(ASSISTANT));
        return (int) Math.floorMod(new Seed(0).derive(opening).value(), (long) FOLDS);
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
    }

    /** Embeds every text once and counts the time. */
    private static final class Remembered implements EmbeddingModel {
        private final EmbeddingModel model;
        private final Map<String, Embedding> known = new HashMap<>();
        private long nanos;

        Remembered(EmbeddingModel model) {
            this.model = model;
        }

        @Override
        public Response<List<Embedding>> embedAll(List<TextSegment> texts) {
            Set<TextSegment> fresh = new LinkedHashSet<>(texts);
            fresh.removeIf(text -> known.containsKey(text.text()));
            if (!fresh.isEmpty()) {
                long start = System.nanoTime();
                List<TextSegment> asked = List.copyOf(fresh);
                List<Embedding> found = model.embedAll(asked).content();
                for (int i = 0; i < asked.size(); i++) {
                    known.put(asked.get(i).text(), found.get(i));
                }
                nanos += System.nanoTime() - start;
            }
            return Response.from(
                    texts.stream().map(text -> known.get(text.text())).toList());
        }

        @Override
        public int dimension() {
            return model.dimension();
        }

        @Override
        public String modelName() {
            return "all-MiniLM-L6-v2-q";
        }
    }
}
