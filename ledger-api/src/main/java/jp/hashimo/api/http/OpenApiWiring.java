package jp.hashimo.api.http;

import jp.hashimo.api.identity.Caller;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Configuration;

/** The OpenAPI document shows what callers send; who they are, their session says. */
@Configuration(proxyBeanMethods = false)
class OpenApiWiring {
    OpenApiWiring() {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class);
    }
}
