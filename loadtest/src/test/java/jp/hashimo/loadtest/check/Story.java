package jp.hashimo.loadtest.check;

import java.util.Random;

/** What happens in a small town: somebody does something, and then somebody something else. */
final class Story {
    private static final int FEWEST_STEPS = 10;
    private static final int MORE_STEPS = 30;

    private final Scribe scribe;
    private final Random random;
    private final Townhall hall;
    private final Counter counter;
    private final Tills tills;
    private final Looks looks;

    Story(Scribe scribe, Random random) {
        this.scribe = scribe;
        this.random = random;
        hall = new Townhall(scribe, random);
        counter = new Counter(scribe, random, hall);
        tills = new Tills(scribe, random, hall);
        looks = new Looks(scribe, random, hall, counter, tills);
    }

    /** Before anybody listens. */
    void begin() {
        hall.found();
    }

    void goOn() {
        int steps = FEWEST_STEPS + random.nextInt(MORE_STEPS);
        for (int i = 0; i < steps; i++) {
            step();
        }
        looks.atAll();
    }

    private void step() {
        scribe.now = scribe.now.plusMillis(1 + random.nextInt(20_000));
        var purse = hall.anybody();
        switch (random.nextInt(12)) {
            case 0, 1 -> counter.buy(purse);
            case 2, 3, 4, 5 -> tills.pay(purse);
            case 6, 7 -> looks.at(purse);
            case 8 -> tills.answerOne();
            case 9 -> counter.settleOne();
            case 10 -> hall.decide();
            default -> time();
        }
    }

    /** Time goes by, and the clock may or may not write down what has ended. */
    private void time() {
        int[] seconds = {0, 100, 200, 700, 1_500};
        scribe.now = scribe.now.plusSeconds(seconds[random.nextInt(seconds.length)]);
        if (random.nextBoolean()) {
            tills.endHolds();
            counter.lapse("clock");
            tills.lapse();
        }
    }
}
