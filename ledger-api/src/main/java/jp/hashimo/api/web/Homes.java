package jp.hashimo.api.web;

import jp.hashimo.api.identity.Caller;
import jp.hashimo.api.identity.Role;

/** Which page a caller's work is on. */
final class Homes {
    private Homes() {}

    static String of(Caller caller) {
        if (caller.is(Role.CITIZEN)) {
            return "/wallet";
        } else if (caller.is(Role.STORE)) {
            return "/store";
        } else if (caller.is(Role.COUNTER)) {
            return "/counter";
        }
        return "/staff";
    }
}
