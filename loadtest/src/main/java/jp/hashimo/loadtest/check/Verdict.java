package jp.hashimo.loadtest.check;

import java.util.ArrayList;
import java.util.List;

/**
 * What the checkers saw.
 *
 * @param facts how long the log is
 * @param answers how many answers of clients were held against the model
 * @param noOpinion how many were not, because the model knows no such request
 * @param findings what is not as promised; empty is good
 */
public record Verdict(long facts, long answers, long noOpinion, List<String> findings) {
    public Verdict {
        findings = List.copyOf(findings);
    }

    /** The same, and this is not as promised either. */
    public Verdict and(String finding) {
        var more = new ArrayList<>(findings);
        more.add(finding);
        return new Verdict(facts, answers, noOpinion, more);
    }

    public boolean isClean() {
        return findings.isEmpty();
    }

    @Override
    public String toString() {
        return "%s: %d facts, %d answers held against the model, %d without an opinion%s"
                .formatted(
                        isClean() ? "clean" : findings.size() + " findings",
                        facts,
                        answers,
                        noOpinion,
                        isClean() ? "" : "\n" + String.join("\n", findings));
    }
}
