package dev.wst.diagnosis;

import java.util.List;

/**
 * What was seen of a symptom.
 *
 * @param from the first step that was looked at
 * @param numbers what was measured, in words
 * @param examples texts, where texts are what is wrong
 */
record Evidence(int from, String numbers, List<String> examples) {
    Evidence {
        examples = List.copyOf(examples);
    }
}
