package jp.hashimo.loadtest.check;

import static jp.hashimo.loadtest.check.Flaw.pick;

import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import jp.hashimo.loadtest.check.Exchange.Outcome;

/** Answers to writes, and refusals, that are not what the log says. */
final class FlawsOfWrites {
    static final List<Flaw> ALL =
            List.of(
                    number("an answer has another amount", FlawsOfWrites::wrote, "amount"),
                    number(
                            "a refusal shows another sum that is usable",
                            FlawsOfWrites::refused,
                            "usable"),
                    number(
                            "a refusal shows another rest of the cap",
                            FlawsOfWrites::refused,
                            "remaining"),
                    number(
                            "a refusal shows other units left",
                            FlawsOfWrites::refused,
                            "unitsRemaining"),
                    new Flaw(
                            "an answer has another position",
                            "C1",
                            (town, random) ->
                                    told(
                                            town,
                                            FlawsOfWrites::wrote,
                                            random,
                                            e -> e.at(e.exchange.position() - 1))),
                    new Flaw(
                            "a refusal has no position",
                            "C1",
                            (town, random) ->
                                    told(town, FlawsOfWrites::refused, random, e -> e.at(-1))),
                    new Flaw(
                            "what was refused stands in the log",
                            "C1",
                            (town, random) ->
                                    told(
                                            town,
                                            FlawsOfWrites::wrote,
                                            random,
                                            e -> e.became(Outcome.REFUSED))),
                    new Flaw(
                            "what was given up stands in the log",
                            "C1",
                            (town, random) ->
                                    told(
                                            town,
                                            FlawsOfWrites::wrote,
                                            random,
                                            e -> e.became(Outcome.ABSENT))),
                    new Flaw("a payment is refused without reason", "C3", FlawsOfWrites::unfounded),
                    new Flaw("a provider's money is refused", "C3", FlawsOfWrites::moneyRefused),
                    new Flaw("one answer is given to two", "C1", FlawsOfWrites::forTwo),
                    new Flaw(
                            "a write was sent after a later one was answered",
                            "C2",
                            (town, _) -> sentLate(town)),
                    new Flaw(
                            "a refusal is judged by a state that is over",
                            "C2",
                            (town, _) -> judgedEarly(town)));

    private FlawsOfWrites() {}

    private static boolean wrote(Exchange e) {
        return !e.isRead() && e.outcome() == Outcome.DONE;
    }

    private static boolean refused(Exchange e) {
        return e.outcome() == Outcome.REFUSED;
    }

    private interface Edit {
        Retold of(Retold e);
    }

    private static Flaw number(String name, Predicate<Exchange> which, String field) {
        return new Flaw(
                name,
                "C3",
                (town, random) ->
                        told(
                                town,
                                which.and(e -> Doc.ofText(e.answer()).has(field)),
                                random,
                                e -> e.more(field)));
    }

    private static boolean told(
            SmallTown town, Predicate<Exchange> which, Random random, Edit edit) {
        Exchange e = pick(town.exchanges, which, random);
        return e != null && Retold.in(town, e, edit.of(new Retold(e)).exchange);
    }

    private static boolean unfounded(SmallTown town, Random random) {
        Exchange e =
                pick(
                        town.exchanges,
                        each -> wrote(each) && each.what().equals("POST /api/v1/payments"),
                        random);
        if (e == null) {
            return false;
        }
        String no = "{\"type\":\"/problems/insufficient-points\",\"usable\":-1,\"amount\":1}";
        return town.exchanges.add(
                new Retold(e).became(Outcome.REFUSED).at(e.position() - 1).answered(no).exchange);
    }

    private static boolean moneyRefused(SmallTown town, Random random) {
        Exchange e =
                pick(
                        town.exchanges,
                        each -> wrote(each) && each.answer().contains("MONEY_TO_RETURN"),
                        random);
        if (e == null) {
            return false;
        }
        String no =
                "{\"type\":\"/problems/reservation-lapsed\",\"lapsedAt\":\"2023-10-02T00:00:00Z\"}";
        return town.exchanges.add(new Retold(e).became(Outcome.REFUSED).answered(no).exchange);
    }

    private static boolean forTwo(SmallTown town, Random random) {
        Exchange e = pick(town.exchanges, FlawsOfWrites::wrote, random);
        return e != null && town.exchanges.add(new Retold(e).underKey("another key").exchange);
    }

    private static boolean sentLate(SmallTown town) {
        List<Exchange> writes = town.exchanges.stream().filter(FlawsOfWrites::wrote).toList();
        if (writes.size() < 2) {
            return false;
        }
        long later = writes.getLast().answeredNanos() + 1;
        return Retold.in(
                town, writes.getFirst(), new Retold(writes.getFirst()).sent(later).exchange);
    }

    private static boolean judgedEarly(SmallTown town) {
        Exchange no =
                town.exchanges.stream().filter(FlawsOfWrites::refused).findFirst().orElse(null);
        Exchange last =
                town.exchanges.stream()
                        .filter(FlawsOfWrites::wrote)
                        .reduce((_, e) -> e)
                        .orElse(null);
        return no != null
                && last != null
                && last.position() > no.position()
                && Retold.in(town, no, new Retold(no).sent(last.answeredNanos() + 1).exchange);
    }
}
