package jp.hashimo.api.config;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** The doors are closed, except for the question whether the service lives. */
@Configuration(proxyBeanMethods = false)
class HealthOnlySecurity {
    @Bean
    SecurityFilterChain closedDoors(HttpSecurity http) {
        return http.authorizeHttpRequests(requests ->
                        requests.requestMatchers("/actuator/health/**")
                                .permitAll()
                                .anyRequest()
                                .denyAll())
                .build();
    }
}
