package jp.hashimo.api.demo;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The town of the demonstration: the reference campaign on sale, five stores, ten residents, staff
 * of every role. It is settled once, and only in an empty database or in one of its own.
 */
@Component
@Profile("demo")
class DemoTown {
    private static final Logger LOG = LoggerFactory.getLogger(DemoTown.class);

    private final JdbcClient jdbc;
    private final DemoSettlers settlers;
    private final DemoClock clock;

    DemoTown(JdbcClient jdbc, DemoSettlers settlers, DemoClock clock) {
        this.jdbc = jdbc;
        this.settlers = settlers;
        this.clock = clock;
    }

    /** Before the line that says the service is ready. */
    @EventListener(ApplicationReadyEvent.class)
    @Order(Ordered.HIGHEST_PRECEDENCE)
    void settle() {
        boolean begun = jdbc.sql("SELECT count(*) FROM demo_town").query(Long.class).single() > 0;
        if (!begun) {
            jdbc.sql("INSERT INTO demo_town (complete) VALUES (false)").update();
        }
        clock.begin();
        if (!jdbc.sql("SELECT complete FROM demo_town").query(Boolean.class).single()) {
            LOG.info("Settling the demo town…");
            String campaignId = settlers.settle();
            jdbc.sql("UPDATE demo_town SET campaign_id = ?, complete = true")
                    .param(campaignId)
                    .update();
        }
        print();
    }

    String campaignId() {
        return jdbc.sql("SELECT coalesce(campaign_id, '') FROM demo_town")
                .query(String.class)
                .single();
    }

    List<DemoLogin> logins() {
        return settlers.logins();
    }

    private void print() {
        LOG.info("The ledger's clock shows {}. Demo logins:", clock.print());
        logins().forEach(login ->
                LOG.info(
                        "  {} {} {} {}",
                        "%-17s".formatted(login.role()),
                        "%-12s".formatted(login.login()),
                        "%-14s".formatted(login.password()),
                        login.displayName()));
    }
}
