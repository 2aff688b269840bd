package jp.hashimo.api.http;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import jp.hashimo.api.identity.Role;

/**
 * Who may make a call. Without it, or {@link Anyone}, nobody may.
 *
 * <p>Whether the wallet or the store is the caller's own is the business of the call itself.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface May {
    Role[] value();
}
