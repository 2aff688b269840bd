package jp.hashimo.api.http;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.RequestContextFilter;

/** Filters the framework would add by itself, and that we do without. */
@Configuration(proxyBeanMethods = false)
class PlainFilters {

    /** The request at hand is known inside the dispatcher, which says so itself; no filter asks. */
    @Bean
    FilterRegistrationBean<RequestContextFilter> noRequestContextFilter() {
        var registration = new FilterRegistrationBean<>(new RequestContextFilter());
        registration.setEnabled(false);
        return registration;
    }
}
