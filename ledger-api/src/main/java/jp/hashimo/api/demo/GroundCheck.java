package jp.hashimo.api.demo;

import jp.hashimo.api.config.StartRefused;
import jp.hashimo.ledger.eventstore.EventLog;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Keeps a demonstration and a real ledger out of each other's database, before the first call can
 * come in: the one would move the clock under real money, the other would open its doors to logins
 * whose password everybody knows.
 */
@Component
class GroundCheck implements SmartInitializingSingleton {
    private final JdbcClient jdbc;
    private final EventLog log;
    private final boolean demo;

    GroundCheck(JdbcClient jdbc, EventLog log, Environment environment) {
        this.jdbc = jdbc;
        this.log = log;
        this.demo = environment.acceptsProfiles(Profiles.of("demo"));
    }

    @Override
    public void afterSingletonsInstantiated() {
        boolean ofADemo =
                jdbc.sql("SELECT EXISTS (SELECT FROM demo_town)").query(Boolean.class).single();
        if (demo && !ofADemo && log.head() > 0) {
            throw new StartRefused(
                    "This database holds a real ledger: the demonstration starts only in an empty one or in one of its own.");
        } else if (!demo && ofADemo) {
            throw new StartRefused(
                    "This database is a demonstration's, with logins everybody knows: give the real ledger one of its own.");
        }
    }
}
