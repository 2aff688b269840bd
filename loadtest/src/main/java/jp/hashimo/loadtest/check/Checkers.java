package jp.hashimo.loadtest.check;

import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** All checks in one pass over the log. */
public final class Checkers {
    static final List<String> PROJECTIONS =
            List.of("wallet", "payment", "campaign", "merchant", "approval", "journal", "due");

    private final Findings findings = new Findings();
    private final Town town = new Town();
    private final Model model = new Model(town, findings);
    private final Source source;
    private final History history;
    private final Map<String, Long> positions;
    private final Log log;
    private final Books books;
    private final Entries entries;
    private final Answers answers;
    private final Tables tables;

    private Checkers(Source source, History history) {
        this.source = source;
        this.history = history;
        this.positions = source.projections();
        this.log = new Log(findings, history);
        this.books = new Books(findings, town, source.rows(Table.POSTING), at("journal"));
        this.entries =
                new Entries(findings, source.rows(Table.ENTRY), at("wallet"), wallets(history));
        this.answers = new Answers(findings, new Expected(town, books), entries, history);
        this.tables = new Tables(findings, town, source);
    }

    /** Holds a ledger against its rules and its clients. */
    public static Verdict check(Source source, History history) {
        return new Checkers(source, history).run();
    }

    private Verdict run() {
        new Order(findings).check(history.exchanges());
        long head = 0;
        Iterator<Fact> facts = source.facts();
        compare(0, !facts.hasNext());
        while (facts.hasNext()) {
            Fact fact = facts.next();
            answers.before(fact);
            log.check(fact);
            model.fold(fact);
            books.check(fact);
            entries.check(fact);
            answers.after(fact);
            compare(fact.position(), !facts.hasNext());
            head = fact.position();
        }
        log.end();
        answers.end();
        books.end();
        entries.end();
        ahead(head);
        return new Verdict(head, answers.compared(), answers.noOpinion(), findings.list());
    }

    private void compare(long position, boolean isHead) {
        for (String projection : PROJECTIONS) {
            if (at(projection) == position) {
                tables.check(projection, isHead);
                if (projection.equals("journal")) {
                    books.balance();
                }
            }
        }
    }

    private void ahead(long head) {
        positions.forEach((name, position) ->
                findings.require(
                        position <= head,
                        "C7",
                        () ->
                                "the projection %s is at %d, and the log ends at %d"
                                        .formatted(name, position, head)));
    }

    private long at(String projection) {
        @Nullable Long position = positions.get(projection);
        return position == null ? 0 : position;
    }

    private static Set<String> wallets(History history) {
        var wallets = new HashSet<String>();
        for (Exchange e : history.exchanges()) {
            Matcher entries = Answers.ENTRIES.matcher(e.path());
            if (e.isRead() && entries.matches()) {
                wallets.add(entries.group(1));
            }
        }
        return wallets;
    }
}
