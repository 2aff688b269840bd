package jp.hashimo.ledger.merchant;

/** What kind of store the city has registered, which decides the points it may take. */
public enum StoreClass {
    /** 地元店舗: takes every lot. */
    LOCAL,
    /** 共通分のみ: takes lots of scope ALL only. */
    COMMON;

    public boolean takes(Scope scope) {
        return this == LOCAL || scope == Scope.ALL;
    }
}
