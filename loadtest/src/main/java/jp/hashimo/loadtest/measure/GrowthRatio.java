package jp.hashimo.loadtest.measure;

/**
 * What becomes of a figure where more has happened: the large one's divided by the small one's,
 * whether that is good or bad.
 */
public final class GrowthRatio {
    private GrowthRatio() {}

    /** Takes one of the two figures. */
    @FunctionalInterface
    public interface Figure {
        double take() throws Exception;
    }

    /**
     * Takes both figures so many times, small and large one right after the other, so that whatever
     * disturbs meets both alike. It is the ratio of the sums: a short pause of the machine in one
     * turn does not count for more than it lasted.
     */
    public static Load inTurns(int turns, Figure small, Figure large) throws Exception {
        double ofSmall = 0;
        double ofLarge = 0;
        for (int i = 0; i < turns; i++) {
            ofSmall += small.take();
            ofLarge += large.take();
        }
        return Load.figure(ofLarge / ofSmall);
    }
}
