package jp.hashimo.ledger.journal;

/**
 * The chart of accounts.
 *
 * <p>The codes follow the order of a balance sheet and are our own; a city maps them to its own on
 * export.
 */
public enum AccountCode {
    /** Cash the counter clerks have taken for points. */
    TILL_CASH("1010", "窓口現金"),
    /** What the payment provider has taken and not yet passed on. */
    PROVIDER_RECEIVABLE("1020", "決済事業者未収金"),
    BANK("1030", "預金"),
    /** What the city has put in to cover premium and awards. */
    CITY_FUNDING("1040", "市財源"),
    TRANSFERS_IN_TRANSIT("1050", "送金中"),
    /** Money taken for points that could not be issued. */
    MONEY_TO_RETURN("2010", "返金予定金"),
    LIABILITY_PURCHASED("2110", "ポイント債務(購入分)"),
    LIABILITY_PREMIUM("2120", "ポイント債務(プレミアム分)"),
    LIABILITY_AWARD("2130", "ポイント債務(付与分)"),
    /** Points set aside for payments that wait for the other side's OK. */
    HELD("2140", "決済確認中"),
    /**
     * What the stores are owed. It may be a debit: a store whose reversals exceed its sales owes
     * the city.
     */
    MERCHANT_PAYABLE("2210", "加盟店未払金"),
    CONSUMPTION_TAX("2310", "仮受消費税"),
    /** Points nobody spent in time. */
    LAPSED("4010", "失効益"),
    FEE_INCOME("4020", "手数料収入"),
    PREMIUM_COST("5010", "プレミアム費用"),
    AWARD_COST("5020", "付与費用");

    private final String code;
    private final String title;

    AccountCode(String code, String title) {
        this.code = code;
        this.title = title;
    }

    /** Four digits, unique, stable for ever. */
    public String code() {
        return code;
    }

    /** The account's Japanese name. */
    public String title() {
        return title;
    }
}
