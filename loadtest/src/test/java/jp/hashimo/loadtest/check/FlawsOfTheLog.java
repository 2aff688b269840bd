package jp.hashimo.loadtest.check;

import static jp.hashimo.loadtest.check.Flaw.pick;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import jp.hashimo.loadtest.check.Exchange.Outcome;

/** Facts lost, doubled, exchanged or with a wrong name. */
final class FlawsOfTheLog {
    static final List<Flaw> ALL =
            List.of(
                    new Flaw("a fact is missing", "C1", FlawsOfTheLog::missing),
                    new Flaw("the last fact is lost", "C1", (town, _) -> lastLost(town)),
                    new Flaw(
                            "the last fact is lost and every trace of it",
                            "C1",
                            (town, _) -> lastLostWithoutTrace(town)),
                    new Flaw(
                            "a fact stands twice under its request",
                            "C1",
                            (town, random) -> again(town, _ -> true, true, random)),
                    new Flaw(
                            "a fact stands twice under two requests",
                            "C1",
                            (town, random) -> again(town, _ -> true, false, random)),
                    new Flaw(
                            "a payment is captured twice",
                            "C6",
                            (town, random) -> again(town, is("payment.Captured"), false, random)),
                    new Flaw(
                            "a purchase is issued twice",
                            "C6",
                            (town, random) ->
                                    again(town, is("purchase.VoucherIssued"), false, random)),
                    new Flaw(
                            "money to return is missing",
                            "C1",
                            (town, _) -> forgotten(town, is("purchase.MoneyToReturn"))),
                    new Flaw("an id is used twice", "C1", (town, _) -> idTwice(town)),
                    new Flaw("a fact is stamped too early", "C1", (town, _) -> stampedEarly(town)),
                    new Flaw("two answered facts are exchanged", "C3", FlawsOfTheLog::exchanged),
                    new Flaw(
                            "a fact is of a type nobody knows",
                            "C6",
                            (town, _) -> typed(town, "payment.Doubled")));

    private FlawsOfTheLog() {}

    private static Predicate<Fact> is(String type) {
        return fact -> fact.type().equals(type);
    }

    private static boolean isAnswered(SmallTown town, Fact fact) {
        return town.exchanges.stream()
                .anyMatch(e ->
                        e.position() == fact.position()
                                && !e.isRead()
                                && e.outcome() == Outcome.DONE);
    }

    private static boolean missing(SmallTown town, Random random) {
        town.facts.remove(random.nextInt(town.facts.size() - 1));
        return true;
    }

    private static boolean lastLost(SmallTown town) {
        return isAnswered(town, town.facts.removeLast());
    }

    private static boolean lastLostWithoutTrace(SmallTown town) {
        // Only what was acknowledged can be missed.
        boolean answered = lastLost(town);
        town.projections.replaceAll((_, _) -> 0L);
        town.tables.values().forEach(List::clear);
        return answered;
    }

    /** What was acknowledged is not there, and those behind it have moved up. */
    private static boolean forgotten(SmallTown town, Predicate<Fact> which) {
        int i =
                IntStream.range(0, town.facts.size())
                        .filter(each -> which.test(town.facts.get(each)))
                        .findFirst()
                        .orElse(-1);
        if (i < 0) {
            return false;
        }
        town.facts.remove(i);
        for (; i < town.facts.size(); i++) {
            Fact f = town.facts.get(i);
            town.facts.set(i, copy(f, f.position() - 1, f.at(), f.id(), f.type(), f.request()));
        }
        return true;
    }

    private static boolean again(
            SmallTown town, Predicate<Fact> which, boolean sameRequest, Random random) {
        Fact last = town.facts.getLast();
        Fact f = pick(town.facts, which.and(each -> !each.equals(last)), random);
        if (f == null || f.request().equals(last.request())) {
            return false;
        }
        String id = new UUID(1, last.position()).toString();
        String request = sameRequest ? f.request() : "another";
        String actor = f.actor();
        town.facts.add(
                new Fact(
                        last.position() + 1,
                        last.at(),
                        id,
                        f.type(),
                        f.payload(),
                        request,
                        actor.equals("clock") ? "usr_9" : actor));
        return true;
    }

    private static boolean idTwice(SmallTown town) {
        Fact f = town.facts.removeLast();
        String first = town.facts.getFirst().id();
        return town.facts.add(copy(f, f.position(), f.at(), first, f.type(), f.request()));
    }

    private static boolean stampedEarly(SmallTown town) {
        Fact f = town.facts.removeLast();
        return town.facts.add(copy(f, f.position(), Instant.EPOCH, f.id(), f.type(), f.request()));
    }

    private static boolean typed(SmallTown town, String type) {
        Fact f = town.facts.removeLast();
        return town.facts.add(copy(f, f.position(), f.at(), f.id(), type, f.request()));
    }

    private static boolean exchanged(SmallTown town, Random random) {
        int i = town.facts.size() - 2 - random.nextInt(5);
        Fact a = town.facts.get(i);
        Fact b = town.facts.get(i + 1);
        // What staff are told has nothing in it to compare.
        boolean compared =
                (a.type() + b.type()).matches("(payment|purchase)\\.\\w+(payment|purchase)\\.\\w+");
        if (!isAnswered(town, a) || !isAnswered(town, b) || !compared) {
            return false;
        }
        town.facts.set(i, copy(b, a.position(), a.at(), b.id(), b.type(), b.request()));
        town.facts.set(i + 1, copy(a, b.position(), b.at(), a.id(), a.type(), a.request()));
        return true;
    }

    private static Fact copy(
            Fact f, long position, Instant at, String id, String type, String request) {
        return new Fact(position, at, id, type, f.payload(), request, f.actor());
    }
}
