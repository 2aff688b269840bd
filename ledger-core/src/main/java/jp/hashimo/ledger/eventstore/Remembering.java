package jp.hashimo.ledger.eventstore;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings to memory what this node has written.
 *
 * <p>It is a help and nothing more: whatever goes wrong here, the events are durable, and the tail
 * begins anew.
 */
final class Remembering {
    private static final Logger log = LoggerFactory.getLogger(Remembering.class);

    private final LogKnowledge knowledge;
    private final Tail tail;
    private final TailFiller filler;
    private final LongConsumer written;

    /**
     * @param written told the last position after each
     */
    Remembering(LogKnowledge knowledge, Tail tail, TailFiller filler, LongConsumer written) {
        this.knowledge = knowledge;
        this.tail = tail;
        this.filler = filler;
        this.written = written;
    }

    /**
     * @param entries at least one, in any order
     * @param losses how often the log had become shorter when they were judged
     */
    void remember(List<Tail.Entry> entries, long losses) {
        List<Tail.Entry> inOrder = new ArrayList<>(entries);
        inOrder.sort(Comparator.comparingLong(Tail.Entry::position));
        Known newest = Known.of(inOrder.getLast().event());
        knowledge.learn(newest, losses);
        try {
            sideBySide(inOrder).forEach(run -> add(run, losses));
        } catch (RuntimeException e) {
            log.debug("the tail begins anew behind {}", newest, e);
            startBehind(newest, losses);
        }
        if (Boolean.TRUE.equals(tail.contradicts(newest))) {
            // What was written has been lost at once, and others have written in its place.
            knowledge.forget(losses);
        }
        written.accept(newest.position());
    }

    private void add(List<Tail.Entry> run, long losses) {
        if (isOfThisLog(losses) && !tail.add(run)) {
            // Others have written between: theirs first.
            filler.upTo(run.getFirst().position() - 1);
            if (isOfThisLog(losses) && !tail.add(run)) {
                startBehind(Known.of(run.getLast().event()), losses);
            }
        }
    }

    private void startBehind(Known event, long losses) {
        if (isOfThisLog(losses)) {
            tail.startAt(new Tail.Head(event));
        }
    }

    /** While it was fetched what others wrote, what is to be remembered may have been lost. */
    private boolean isOfThisLog(long losses) {
        return knowledge.seen().losses() == losses;
    }

    /**
     * What was in doubt may be found where a twin of the request has written it, and others may
     * have written between that and what is written now.
     */
    private static List<List<Tail.Entry>> sideBySide(List<Tail.Entry> entries) {
        List<List<Tail.Entry>> runs = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= entries.size(); i++) {
            if (i == entries.size()
                    || entries.get(i).position() > entries.get(i - 1).position() + 1) {
                runs.add(entries.subList(from, i));
                from = i;
            }
        }
        return runs;
    }
}
