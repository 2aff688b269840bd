package jp.hashimo.api.http;

import jp.hashimo.api.identity.Sessions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.authentication.session.NullAuthenticatedSessionStrategy;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * The walls: who is calling, cross-site requests, headers. Which call who may make is said at the
 * call, by {@link May}.
 */
@Configuration(proxyBeanMethods = false)
class SecurityWiring {
    /**
     * Programs sign each call by hand, with a token that no other site can make a browser send:
     * they need to be known and no more. Which call is whose is judged by {@link
     * AccessInterceptor}, for them as for browsers.
     */
    @Bean
    @Order(1)
    SecurityFilterChain programs(Sessions sessions, ProblemWriter problems) {
        return new DefaultSecurityFilterChain(
                request ->
                        request.getRequestURI().startsWith("/api/")
                                && SessionFilter.bearer(request).isPresent(),
                new SafetyHeaders(),
                new SessionFilter(sessions, problems));
    }

    /** A span and two timers for each of a dozen filters would cost more than the filters. */
    @Bean
    SecurityObservationSettings unobserved() {
        return SecurityObservationSettings.noObservations();
    }

    /** Everybody else: browsers, and whoever has not signed in. */
    @Bean
    @Order(2)
    SecurityFilterChain security(HttpSecurity http, Sessions sessions, ProblemWriter problems)
            throws Exception {
        var csrfToken = new CsrfTokenRequestAttributeHandler();
        // The token is needed by the first click of a page, so it is there from its first byte.
        csrfToken.setCsrfRequestAttributeName(null);
        return http.sessionManagement(
                        session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .securityContext(context -> context.requireExplicitSave(true))
                .requestCache(cache -> cache.disable())
                .logout(logout -> logout.disable())
                .addFilterBefore(
                        new SessionFilter(sessions, problems), AnonymousAuthenticationFilter.class)
                .csrf(csrf ->
                        csrf.csrfTokenRepository(CookieCsrfTokenRepository.withHttpOnlyFalse())
                                .csrfTokenRequestHandler(csrfToken)
                                // Each request proves its session anew, which is no new sign-in: a
                                // token changed by it would fail the click that is on its way.
                                .sessionAuthenticationStrategy(
                                        new NullAuthenticatedSessionStrategy())
                                // Whoever sends no cookie of ours cannot be misused by another
                                // site.
                                .ignoringRequestMatchers(
                                        request -> !BrowserRequests.carrySession(request)))
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .exceptionHandling(denied ->
                        denied.accessDeniedHandler((request, response, _) ->
                                problems.write(request, response, Problem.forbidden())))
                .headers(headers ->
                        headers.contentSecurityPolicy(csp ->
                                        csp.policyDirectives(SafetyHeaders.CONTENT_SECURITY_POLICY))
                                .referrerPolicy(Customizer.withDefaults()))
                .build();
    }

    @Bean
    WebMvcConfigurer access(AccessInterceptor interceptor) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(interceptor);
            }
        };
    }
}
