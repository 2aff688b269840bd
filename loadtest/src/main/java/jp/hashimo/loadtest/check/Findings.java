package jp.hashimo.loadtest.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What is not as promised, each as a sentence with its numbers, under the check that saw it. */
final class Findings {
    private static final int TOLD_OF_EACH = 20;

    private final Map<String, List<String>> sentences = new TreeMap<>();
    private final Map<String, Long> counts = new TreeMap<>();

    void add(String check, String sentence) {
        counts.merge(check, 1L, Long::sum);
        List<String> told = sentences.computeIfAbsent(check, _ -> new ArrayList<>());
        if (told.size() < TOLD_OF_EACH) {
            told.add(check + ": " + sentence);
        }
    }

    void require(boolean asPromised, String check, Supplier<String> sentence) {
        if (!asPromised) {
            add(check, sentence.get());
        }
    }

    /** The first of each check, and how many more there are. */
    List<String> list() {
        var all = new ArrayList<String>();
        sentences.forEach((check, told) -> {
            all.addAll(told);
            long more = counts.getOrDefault(check, 0L) - told.size();
            if (more > 0) {
                all.add(check + ": and " + more + " more");
            }
        });
        return all;
    }
}
