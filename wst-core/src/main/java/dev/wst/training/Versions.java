package dev.wst.training;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** What a run is computed with, as far as the jars on the class path say. */
final class Versions {
    /** Where a jar tells its version: Maven's descriptor, or, in DJL's, what names its native library. */
    private static final Map<String, String> FILES = Map.of(
            "nd4j", "META-INF/maven/org.nd4j/nd4j-api/pom.properties",
            "deeplearning4j", "META-INF/maven/org.deeplearning4j/deeplearning4j-nn/pom.properties",
            "onednn", "META-INF/maven/org.bytedeco/dnnl/pom.properties",
            "djl-tokenizers", "native/lib/tokenizers.properties",
            "langchain4j", "META-INF/maven/dev.langchain4j/langchain4j-core/pom.properties");

    private Versions() {}

    static Map<String, String> all() {
        String own = WstTrainer.class.getPackage().getImplementationVersion();
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("wst", own == null ? "unpackaged" : own);
        versions.put("java", System.getProperty("java.version", "unknown"));
        versions.put("os", System.getProperty("os.name", "unknown") + " " + System.getProperty("os.arch", ""));
        FILES.keySet().stream()
                .sorted()
                .forEach(name -> read(FILES.getOrDefault(name, "")).ifPresent(version -> versions.put(name, version)));
        return versions;
    }

    private static Optional<String> read(String file) {
        try (InputStream in = Versions.class.getClassLoader().getResourceAsStream(file)) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return Optional.ofNullable(properties.getProperty("version"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
