package jp.hashimo.loadtest.check;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What waits for a second person, and what became of it. */
final class Approvals {
    private final Map<String, Asked> all = new LinkedHashMap<>();

    /**
     * One thing that was asked for.
     *
     * @param subject the campaign or the store
     */
    record Asked(
            String id,
            String kind,
            String subject,
            Doc proposal,
            String by,
            Instant at,
            String state) {
        private Asked now(String judged) {
            return new Asked(id, kind, subject, proposal, by, at, judged);
        }

        boolean waits() {
            return state.equals("WAITING");
        }
    }

    void propose(Rules rules, Fact f, String kind, String subject) {
        Doc d = f.payload();
        String id = d.text("approvalId");
        rules.unique(f, "approval", id);
        all.put(
                id,
                new Asked(
                        id,
                        kind,
                        subject,
                        d,
                        d.text("proposedBy"),
                        d.instant("proposedAt"),
                        "WAITING"));
    }

    /**
     * The word of the second person.
     *
     * @return what was asked for; null if nothing was
     */
    @Nullable Asked judge(Rules rules, Fact f, String kind, String subject, String state) {
        Doc d = f.payload();
        Asked asked = all.get(d.text("approvalId"));
        if (asked == null) {
            rules.must(false, f, "judges what nobody has asked for");
            return null;
        }
        rules.must(asked.waits(), f, "judges what is " + asked.state + " already");
        rules.must(
                asked.kind.equals(kind) && asked.subject.equals(subject),
                f,
                "judges another thing: " + asked);
        String by = d.text(state.equals("APPROVED") ? "approvedBy" : "rejectedBy");
        rules.must(!by.equals(asked.by), f, "is the word of who has asked for it");
        all.put(asked.id, asked.now(state));
        return asked;
    }

    @Nullable Asked get(@Nullable Object id) {
        return all.get(id);
    }

    int size() {
        return all.size();
    }
}
