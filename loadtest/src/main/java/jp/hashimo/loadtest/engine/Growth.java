package jp.hashimo.loadtest.engine;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.id.WalletId;
import jp.hashimo.ledger.merchant.MerchantEvent.MerchantRegistered;
import jp.hashimo.ledger.wallet.WalletOf;
import jp.hashimo.loadtest.measure.Case;
import jp.hashimo.loadtest.measure.ClosedLoop;
import jp.hashimo.loadtest.measure.Cluster;
import jp.hashimo.loadtest.measure.Contestant;
import jp.hashimo.loadtest.measure.ContiguousLog;
import jp.hashimo.loadtest.measure.GrowthRatio;
import jp.hashimo.loadtest.measure.Load;
import jp.hashimo.loadtest.measure.Row;
import jp.hashimo.loadtest.measure.Sizes;
import jp.hashimo.loadtest.measure.Workload;
import org.jspecify.annotations.Nullable;

/**
 * Whether a command grows dearer with what has happened before. Each figure is the large case
 * divided by the small one.
 */
public final class Growth implements Contestant {
    private static final String WALLETS = "growth_wallets";
    private static final String SMALL = "growth_small";
    private static final String LARGE = "growth_large";
    private static final int SMALL_WALLETS = 1_000;
    private static final int SMALL_LOG = 100_000;
    private static final int SHORT_HISTORY = 10;
    private static final int MOST_PURCHASES = 60;

    private static final int LONG_HISTORIES = 10;

    /** Short ones stay short only if there are many, and each group is used for one slice. */
    private static final int GROUPS = 200;

    private static final int IN_GROUP = 50;

    /** Of each of the two sizes. */
    private static final int SLICES = 4;

    /** Facts that one payment may read of the log, twice as many as a state is kept after. */
    private static final int MOST_READ = 128;

    private final Cluster cluster;
    private final Sizes sizes;
    private @Nullable EngineNode wallets;
    private @Nullable EngineNode small;
    private @Nullable EngineNode large;
    private @Nullable LargeTown smallTown;
    private @Nullable LargeTown largeTown;
    private List<WalletId> shortHistories = List.of();
    private List<WalletId> longHistories = List.of();
    private List<WalletId> manyLots = List.of();
    private List<MerchantId> store = List.of();
    private int group;
    private int quietStore;
    private long mostRead;

    public Growth(Cluster cluster, Sizes sizes) {
        this.cluster = cluster;
        this.sizes = sizes;
    }

    @Override
    public String name() {
        return "our commands as the ledger grows";
    }

    @Override
    public Set<Row> rows() {
        return EnumSet.of(
                Row.GROWTH_WALLET,
                Row.GROWTH_WALLET_COLD,
                Row.GROWTH_LOTS,
                Row.GROWTH_WALLETS,
                Row.GROWTH_STORE,
                Row.GROWTH_LOG);
    }

    @Override
    public List<Case> prepare(EnumSet<Row> wanted) throws SQLException {
        EnumSet<Row> ofWallets =
                EnumSet.of(Row.GROWTH_WALLET, Row.GROWTH_WALLET_COLD, Row.GROWTH_LOTS);
        ofWallets.retainAll(wanted);
        if (!ofWallets.isEmpty()) {
            wallets = settleWallets();
        }
        if (ofWallets.size() < wanted.size()) {
            small = EngineNode.onNew(cluster, SMALL);
            smallTown =
                    LargeTown.load(
                            small.engine(),
                            Math.min(SMALL_WALLETS, sizes.wallets() / 2),
                            Math.min(SMALL_LOG, sizes.logEvents() / 2),
                            0);
            large = EngineNode.onNew(cluster, LARGE);
            largeTown =
                    LargeTown.load(
                            large.engine(),
                            sizes.wallets(),
                            sizes.logEvents(),
                            sizes.storePayments());
            cluster.execute(SMALL, "VACUUM ANALYZE");
            cluster.execute(LARGE, "VACUUM ANALYZE");
        }
        return wanted.stream()
                .<Case>map(row ->
                        new Workload(row, Case.Place.HERE, duration -> compare(row, duration)))
                .toList();
    }

    private EngineNode settleWallets() throws SQLException {
        EngineNode node = EngineNode.onNew(cluster, WALLETS);
        var town = new TownFacts();
        try (var loader = new Loader(node.engine())) {
            loader.add(town.sale());
            MerchantRegistered registered = town.store();
            loader.add(List.of(registered));
            store = List.of(registered.merchantId());
            shortHistories = settle(town, loader, GROUPS * IN_GROUP, 1, SHORT_HISTORY);
            longHistories = settle(town, loader, LONG_HISTORIES, 1, sizes.walletEvents());
            manyLots = settle(town, loader, IN_GROUP, MOST_PURCHASES, 0);
        }
        // As a history grows, its state is kept beside the log. These came all at once: the first
        // payment would fold ten thousand events, and be the only one of its kind.
        meet(node, longHistories);
        cluster.execute(WALLETS, "VACUUM ANALYZE");
        return node;
    }

    private List<WalletId> settle(
            TownFacts town, Loader loader, int residents, int purchases, int events) {
        List<WalletId> settled = new ArrayList<>();
        for (int i = 0; i < residents; i++) {
            TownFacts.Resident resident = town.resident(purchases);
            settled.add(resident.walletId());
            loader.add(resident.facts());
            for (int n = resident.facts().size(); n < events; n += 2) {
                TownFacts.Payment payment =
                        town.payment(
                                resident.payer(),
                                store.getFirst(),
                                (n - resident.facts().size()) / 2);
                loader.add(List.of(payment.proposed()));
                loader.add(List.of(payment.captured()));
            }
        }
        return settled;
    }

    @Override
    public void warmUp(Duration duration) throws Exception {
        if (wallets != null) {
            Load _ = pay(wallets, 1, duration, manyLots, store);
        }
        if (large != null && largeTown != null) {
            Load _ = pay(large, 32, duration, largeTown.wallets(), largeTown.stores());
        }
    }

    private static Load pay(
            EngineNode node,
            int clients,
            Duration duration,
            List<WalletId> payers,
            List<MerchantId> stores)
            throws Exception {
        return ClosedLoop.run(
                clients,
                duration,
                number ->
                        new Commands(
                                node.ledger()::execute,
                                payers,
                                stores,
                                Commands.Script.PROPOSAL_TIMED,
                                System.nanoTime() + number));
    }

    private Load compare(Row row, Duration duration) throws Exception {
        Duration slice = duration.dividedBy(2L * SLICES);
        return GrowthRatio.inTurns(
                SLICES, () -> figure(row, slice, false), () -> figure(row, slice, true));
    }

    private double figure(Row row, Duration slice, boolean grown) throws Exception {
        return switch (row) {
            case GROWTH_WALLET -> p50(slice, grown ? longHistories : nextGroup(IN_GROUP));
            case GROWTH_LOTS -> p50(slice, grown ? manyLots : nextGroup(IN_GROUP));
            case GROWTH_WALLET_COLD -> cold(grown ? longHistories : nextGroup(LONG_HISTORIES));
            case GROWTH_WALLETS -> town(grown, slice, 1).p50Millis();
            case GROWTH_LOG -> town(grown, slice, row.clients()).value();
            case GROWTH_STORE -> {
                LargeTown town = Objects.requireNonNull(largeTown);
                yield pay(
                                Objects.requireNonNull(large),
                                1,
                                slice,
                                town.wallets(),
                                List.of(grown ? town.busy() : nextQuiet(town)))
                        .p50Millis();
            }
            default -> throw new IllegalArgumentException("no growth: " + row);
        };
    }

    private MerchantId nextQuiet(LargeTown town) {
        return town.quiet().get(quietStore++);
    }

    private List<WalletId> nextGroup(int size) {
        int from = IN_GROUP * group++;
        return shortHistories.subList(from, from + size);
    }

    /** By a node that knows the wallets: what it costs to meet one is the other row. */
    private double p50(Duration slice, List<WalletId> payers) throws Exception {
        EngineNode node = Objects.requireNonNull(wallets);
        meet(node, payers);
        return pay(node, 1, slice, payers, store).p50Millis();
    }

    private static void meet(EngineNode node, List<WalletId> strangers) {
        strangers.forEach(walletId -> node.ledger().know(new WalletOf(walletId)));
    }

    /**
     * The proposals of a node that has just begun; each wallet pays once. The first payment of all,
     * by somebody else, opens the connections.
     */
    private double cold(List<WalletId> payers) throws Exception {
        try (var node = new EngineNode(cluster.url(WALLETS))) {
            Load _ = pay(node, 1, Duration.ZERO, manyLots, store);
            double millis = 0;
            for (WalletId payer : payers) {
                long before = node.engine().meters().factsFromLog();
                millis += pay(node, 1, Duration.ZERO, List.of(payer), store).p50Millis();
                mostRead = Math.max(mostRead, node.engine().meters().factsFromLog() - before);
            }
            return millis;
        }
    }

    private Load town(boolean grown, Duration slice, int clients) throws Exception {
        LargeTown town = Objects.requireNonNull(grown ? largeTown : smallTown);
        EngineNode node = Objects.requireNonNull(grown ? large : small);
        return pay(node, clients, slice, town.wallets(), town.stores());
    }

    @Override
    public List<String> findings() throws SQLException {
        List<String> findings = new ArrayList<>();
        if (wallets != null) {
            findings.addAll(new ContiguousLog().findings(cluster.url(WALLETS)));
        }
        if (mostRead > MOST_READ) {
            findings.add("a payment had to read " + mostRead + " facts");
        }
        if (large != null) {
            findings.addAll(new ContiguousLog().findings(cluster.url(SMALL)));
            findings.addAll(new ContiguousLog().findings(cluster.url(LARGE)));
        }
        return findings;
    }

    @Override
    public void close() {
        for (EngineNode node : Arrays.asList(wallets, small, large)) {
            if (node != null) {
                node.close();
            }
        }
    }
}
