package jp.hashimo.api.identity;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class IdentityWiring {
    @Bean
    AccessChanges accessChanges(JdbcClient jdbc, KnownSessions known) {
        return new AccessChanges(jdbc, known, System::nanoTime);
    }
}
