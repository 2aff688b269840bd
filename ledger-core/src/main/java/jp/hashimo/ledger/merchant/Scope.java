package jp.hashimo.ledger.merchant;

/** Where points may be spent. The order of the constants is from narrow to wide. */
public enum Scope {
    /** 地元店舗専用: in local stores only. */
    LOCAL,
    /** 共通: in every store. */
    ALL
}
