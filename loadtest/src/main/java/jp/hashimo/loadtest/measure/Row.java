package jp.hashimo.loadtest.measure;

/**
 * Everything that is measured once in a round, in the order of the pages and, but for what {@link
 * Turns} says, of a round. A rate and what it is divided by stand near each other; some goals
 * divide by a row that stands further away.
 */
public enum Row {
    FLOOR("one INSERT per commit (floor)", 32, "commits/s"),
    ENGINE("our engine: one event with a condition", 32, "events/s"),
    JPA_ENGINE("Axon's JPA engine: one event, single tag", 32, "events/s"),
    ANCHOR("BEGIN, read stream, INSERT, COMMIT (anchor)", 32, "commits/s"),
    COMMANDS("our commands in process, random wallets", 32, "commands/s"),
    NULL_ENGINE("our commands on an engine that does nothing", 32, "commands/s"),
    PGLEDGER_RANDOM("pgledger, random accounts", 32, "transfers/s"),
    HTTP_RANDOM("our commands by HTTP, random wallets, 500 stores", 32, "commands/s"),
    PGLEDGER_ONE_STORE("pgledger, all to one store", 32, "transfers/s"),
    HTTP_ONE_STORE("our commands by HTTP, all to one store", 32, "commands/s"),
    PGLEDGER_EIGHT("pgledger, random accounts", 8, "transfers/s"),
    HTTP_ONE_CLIENT("our commands by HTTP, random wallets, 500 stores", 1, "commands/s"),
    READ_LAG("confirmation sent to visible, p99 at half of the maximum", 32, "ms"),
    FIFTY("50 events per commit", 8, "events/s"),
    COPY("COPY of one table", 1, "rows/s"),
    MESSAGE_DB_OWN("message-db, a category per client", 32, "messages/s"),
    MESSAGE_DB_ONE("message-db, one category", 32, "messages/s"),
    MESSAGE_DB_READ("message-db, category read by pages of 1,000", 1, "messages/s"),
    REPLAY_READ("our log read by pages of 1,000", 1, "events/s"),
    PAGED_PROJECTOR("a balance table by pages of 1,000 events, in SQL", 1, "events/s"),
    CATCH_UP("our projections catching up, all read tables", 1, "events/s"),
    PGLEDGER_DISK("pgledger: disk per transfer", 8, "B"),
    DISK_LOG("our log: disk per payment", 32, "B"),
    DISK_ALL("all our tables: disk per payment", 32, "B"),
    MEMORY("memory of the service's process", 1, "MB"),
    RESTART("restart to first payment", 1, "s"),
    GROWTH_WALLET("latency, wallet with a long history ÷ of ten events", 1, "×"),
    GROWTH_WALLET_COLD("the same, proposals of wallets met for the first time", 1, "×"),
    GROWTH_LOTS("latency, wallet of 120 live lots ÷ of 2", 1, "×"),
    GROWTH_WALLETS("latency, many wallets ÷ 1,000", 1, "×"),
    GROWTH_STORE("latency, store of many payments ÷ of 10", 1, "×"),
    GROWTH_LOG("throughput, log of many events ÷ of 0.1 M", 32, "×"),
    GROWTH_REPLAY("replay time, ten times the events", 1, "×"),
    GROWTH_START("start-up, many events ÷ none", 1, "×"),
    GROWTH_HEAP("heap after a full collection, ten times the payments", 1, "×");

    private final String label;
    private final int clients;
    private final String unit;

    Row(String label, int clients, String unit) {
        this.label = label;
        this.clients = clients;
        this.unit = unit;
    }

    /** What is measured, for people. */
    public String label() {
        return label;
    }

    /**
     * How many do it at once. Each waits for the answer before the next, also in the open loop of
     * {@link #READ_LAG}, where one that is late counts from when it was to be sent.
     */
    public int clients() {
        return clients;
    }

    /** What its value counts. */
    public String unit() {
        return unit;
    }
}
