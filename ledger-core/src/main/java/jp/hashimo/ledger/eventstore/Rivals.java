package jp.hashimo.ledger.eventstore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.hashimo.ledger.eventstore.AppendRequest.Condition;

/**
 * Which requests of a batch would conflict with an earlier one of it, were that one written. Found
 * before the lock is taken, so that under it nothing but the outcome of the earlier one is asked.
 */
final class Rivals {
    /** Pairs of places in the batch, counted from 1, in the order of {@link #of}. */
    private final List<Integer> of = new ArrayList<>();

    private final List<Integer> earlier = new ArrayList<>();

    Rivals(List<AppendRequest> batch) {
        Map<String, Set<Integer>> byTag = new HashMap<>();
        for (int i = 0; i < batch.size(); i++) {
            Condition condition = batch.get(i).condition();
            if (condition != null) {
                for (int j : candidates(condition, byTag, i)) {
                    if (condition.isBeatenBy(batch.get(j))) {
                        of.add(i + 1);
                        earlier.add(j + 1);
                    }
                }
            }
            for (AppendRequest.NewEvent event : batch.get(i).events()) {
                for (String tag : event.tags()) {
                    byTag.computeIfAbsent(tag, _ -> new LinkedHashSet<>()).add(i);
                }
            }
        }
    }

    private static Set<Integer> candidates(
            Condition condition, Map<String, Set<Integer>> byTag, int end) {
        Set<Integer> found = new LinkedHashSet<>();
        for (Rule rule : condition.rules()) {
            if (rule.tags().isEmpty()) {
                for (int j = 0; j < end; j++) {
                    found.add(j);
                }
            } else {
                found.addAll(byTag.getOrDefault(rule.tags().getFirst(), Set.of()));
            }
        }
        return found;
    }

    List<Integer> of() {
        return of;
    }

    List<Integer> earlier() {
        return earlier;
    }
}
