package jp.hashimo.loadtest.check;

import java.util.HashSet;
import java.util.Set;

/** Says of a fact what speaks against it where it stands (C6). */
final class Rules {
    private static final String CHECK = "C6";

    private final Findings findings;
    private final Set<String> once = new HashSet<>();

    Rules(Findings findings) {
        this.findings = findings;
    }

    void must(boolean allowed, Fact f, String sentence) {
        if (!allowed) {
            findings.add(CHECK, f + ": " + sentence);
        }
    }

    /** A name of a kind is given once. */
    void unique(Fact f, String kind, String name) {
        must(isNew(kind, name), f, "there was this " + kind + " before");
    }

    /** Whether a name of a kind was not there before; it is from now on. */
    boolean isNew(String kind, String name) {
        return once.add(kind + " " + name);
    }

    void makesNoSense(Fact f, RuntimeException why) {
        findings.add(CHECK, f + " makes no sense to the model: " + why.getMessage());
    }
}
