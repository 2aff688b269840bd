package jp.hashimo.loadtest.engine;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntFunction;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.id.WalletId;
import jp.hashimo.ledger.merchant.MerchantEvent.MerchantRegistered;
import jp.hashimo.ledger.readmodel.Projections;
import jp.hashimo.loadtest.measure.Audit;
import jp.hashimo.loadtest.measure.Case;
import jp.hashimo.loadtest.measure.ClosedLoop;
import jp.hashimo.loadtest.measure.Cluster;
import jp.hashimo.loadtest.measure.Contestant;
import jp.hashimo.loadtest.measure.ContiguousLog;
import jp.hashimo.loadtest.measure.Load;
import jp.hashimo.loadtest.measure.Row;
import jp.hashimo.loadtest.measure.Workload;
import org.jspecify.annotations.Nullable;

/** Our engine and our commands without HTTP, and Axon's part of a command by itself. */
public final class InProcess implements Contestant {
    /** A log of single events, which tell no story: only its order can be checked. */
    private static final String APPENDS = "appends";

    private static final String COMMANDS = "commands";
    private static final int WALLETS = 10_000;
    private static final Duration DRAINED_WITHIN = Duration.ofMinutes(10);

    private final Cluster cluster;
    private final Audit audit;
    private final List<Case> toWarm = new ArrayList<>();
    private @Nullable EngineNode appends;
    private @Nullable EngineNode commands;

    public InProcess(Cluster cluster, Audit audit) {
        this.cluster = cluster;
        this.audit = audit;
    }

    @Override
    public String name() {
        return "our engine in process";
    }

    @Override
    public Set<Row> rows() {
        return EnumSet.of(Row.ENGINE, Row.COMMANDS, Row.NULL_ENGINE);
    }

    @Override
    public List<Case> prepare(EnumSet<Row> wanted) throws SQLException {
        for (Row row : wanted) {
            IntFunction<ClosedLoop.Client> client = client(row);
            toWarm.add(
                    new Workload(
                            row,
                            Case.Place.HERE,
                            duration -> ClosedLoop.run(row.clients(), duration, client)));
        }
        return List.copyOf(toWarm);
    }

    private IntFunction<ClosedLoop.Client> client(Row row) throws SQLException {
        return switch (row) {
            case ENGINE -> appending();
            case COMMANDS -> commanding();
            case NULL_ENGINE -> onNullEngine();
            default -> throw new IllegalArgumentException("not a row of the engine: " + row);
        };
    }

    private IntFunction<ClosedLoop.Client> appending() throws SQLException {
        EngineNode node = EngineNode.onNew(cluster, APPENDS);
        appends = node;
        return _ -> new Appending(node.engine(), new Appending.Captured());
    }

    private IntFunction<ClosedLoop.Client> commanding() throws SQLException {
        EngineNode node = EngineNode.onNew(cluster, COMMANDS);
        commands = node;
        LargeTown town = LargeTown.load(node.engine(), WALLETS, 0, 0);
        return clients(node.ledger()::execute, town.wallets(), town.stores(), Commands.Script.BOTH);
    }

    private static IntFunction<ClosedLoop.Client> onNullEngine() {
        var town = new TownFacts();
        TownFacts.Resident resident = town.resident(1);
        MerchantRegistered store = town.store();
        List<LedgerEvent> facts = new ArrayList<>(List.of(store));
        facts.add(resident.facts().getLast());
        return clients(
                new AxonAlone(new NullEngine(facts)),
                List.of(resident.walletId()),
                List.of(store.merchantId()),
                Commands.Script.PROPOSAL_ONLY);
    }

    private static IntFunction<ClosedLoop.Client> clients(
            Commands.Door ledger,
            List<WalletId> wallets,
            List<MerchantId> stores,
            Commands.Script script) {
        return number -> new Commands(ledger, wallets, stores, script, System.nanoTime() + number);
    }

    @Override
    public void warmUp(Duration duration) throws Exception {
        for (Case one : toWarm) {
            Load _ = one.run(duration);
        }
    }

    /** The read tables are brought to the end first, as they would be beside the commands. */
    @Override
    public List<String> findings() throws SQLException, InterruptedException {
        List<String> findings = new ArrayList<>();
        if (appends != null) {
            findings.addAll(new ContiguousLog().findings(cluster.url(APPENDS)));
        }
        if (commands != null) {
            EngineNode node = Objects.requireNonNull(commands);
            try (Projections projections = node.projections()) {
                projections.start();
                if (!projections.awaitAll(node.log().head(), DRAINED_WITHIN)) {
                    findings.add("the projections do not follow the log");
                }
            }
            findings.addAll(audit.findings(cluster.url(COMMANDS)));
        }
        return findings;
    }

    @Override
    public void close() {
        if (appends != null) {
            appends.close();
        }
        if (commands != null) {
            commands.close();
        }
    }
}
