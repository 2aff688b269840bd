package jp.hashimo.loadtest.measure;

/**
 * How much is loaded before what depends on it is measured.
 *
 * @param replayEvents of the log that the projections catch up with; a tenth of it is the small one
 * @param walletEvents of the wallet with a long history
 * @param wallets of the large town
 * @param logEvents of the large log; at least seven for each wallet
 * @param storePayments of the busy store in the large log
 * @param serviceEvents of the service's log when its start and its heap are looked at, half as many
 *     payments; a tenth of it is the small one
 */
public record Sizes(
        int replayEvents,
        int walletEvents,
        int wallets,
        int logEvents,
        int storePayments,
        int serviceEvents) {
    /** The towns these goals are about. */
    public static final Sizes FULL =
            new Sizes(1_000_000, 10_000, 1_000_000, 10_000_000, 1_000_000, 2_000_000);

    /** Enough to see that everything works, too little to learn from. */
    public static final Sizes SMALL = new Sizes(20_000, 1_000, 5_000, 40_000, 2_000, 20_000);
}
