package jp.hashimo.api.config;

import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Gives the service its pool of connections, as the role that cannot change history. Whoever is
 * handed a {@code DataSource} finds the tables in place; the database stops after the last of its
 * users.
 */
@Configuration(proxyBeanMethods = false)
class DatabaseWiring {
    @Bean(destroyMethod = "close")
    LedgerDatabase ledgerDatabase(LedgerSettings settings, DataSourceProperties properties) {
        String url = properties.getUrl();
        return url == null || url.isBlank()
                ? LedgerDatabase.embedded(settings)
                : LedgerDatabase.at(
                        DatabaseLogin.of(url, properties.getUsername(), properties.getPassword()),
                        settings);
    }

    /** Boot's pool takes its address and login from here instead of from the owner's properties. */
    @Bean
    JdbcConnectionDetails serviceConnection(LedgerDatabase database) {
        DatabaseLogin service = database.service();
        return new JdbcConnectionDetails() {
            @Override
            public String getJdbcUrl() {
                return service.url();
            }

            @Override
            public String getUsername() {
                return service.user();
            }

            @Override
            public String getPassword() {
                return service.password();
            }
        };
    }
}
