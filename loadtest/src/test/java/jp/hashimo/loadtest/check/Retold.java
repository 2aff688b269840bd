package jp.hashimo.loadtest.check;

import jp.hashimo.loadtest.check.Exchange.Outcome;
import tools.jackson.databind.node.ObjectNode;

/** An exchange with one thing otherwise. */
final class Retold {
    final Exchange exchange;

    Retold(Exchange exchange) {
        this.exchange = exchange;
    }

    /** Puts it in the place of what was told. */
    static boolean in(SmallTown town, Exchange told, Exchange instead) {
        town.exchanges.set(town.exchanges.indexOf(told), instead);
        return true;
    }

    Retold at(long position) {
        return with(
                exchange.key(),
                exchange.sentNanos(),
                exchange.outcome(),
                position,
                exchange.answer());
    }

    Retold became(Outcome outcome) {
        return with(
                exchange.key(),
                exchange.sentNanos(),
                outcome,
                exchange.position(),
                exchange.answer());
    }

    Retold answered(String answer) {
        return with(
                exchange.key(),
                exchange.sentNanos(),
                exchange.outcome(),
                exchange.position(),
                answer);
    }

    Retold underKey(String key) {
        return with(
                key,
                exchange.sentNanos(),
                exchange.outcome(),
                exchange.position(),
                exchange.answer());
    }

    Retold sent(long nanos) {
        return with(
                exchange.key(), nanos, exchange.outcome(), exchange.position(), exchange.answer());
    }

    /** A number of its answer is one more. */
    Retold more(String field) {
        var answer = (ObjectNode) Doc.ofText(exchange.answer()).node();
        return answered(answer.put(field, answer.path(field).longValue() + 1).toString());
    }

    private Retold with(String key, long sent, Outcome outcome, long position, String answer) {
        return new Retold(
                new Exchange(
                        exchange.client(),
                        exchange.what(),
                        exchange.body(),
                        exchange.about(),
                        key,
                        sent,
                        Math.max(sent, exchange.answeredNanos()),
                        exchange.atLeast(),
                        outcome,
                        outcome == Outcome.REFUSED ? 409 : exchange.status(),
                        position,
                        answer));
    }
}
