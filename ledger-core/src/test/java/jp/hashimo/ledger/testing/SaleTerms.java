package jp.hashimo.ledger.testing;

import static jp.hashimo.ledger.testing.City.jst;

import java.time.Instant;
import jp.hashimo.ledger.campaign.CampaignTerms;
import jp.hashimo.ledger.campaign.LateReversal;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.money.Yen;

/** Terms of a sale; what a test does not name is as in the city's sale of 令和5年度. */
public final class SaleTerms {
    private String name = "令和5年度プレミアム付デジタル商品券";
    private int fiscalYear = 2023;
    private long unit = 1_000;
    private long premiumPerUnit = 300;
    private long cap = 10_000;
    private long premiumBudget = 4_800_000;
    private Instant saleFrom = jst("2023-10-02T09:00");
    private Instant saleUntil = jst("2024-02-01T00:00");
    private Instant expiresAt = jst("2024-02-16T00:00");

    private SaleTerms() {}

    public static SaleTerms aSale() {
        return new SaleTerms();
    }

    public SaleTerms name(String text) {
        name = text;
        return this;
    }

    public SaleTerms fiscalYear(int year) {
        fiscalYear = year;
        return this;
    }

    public SaleTerms unit(long yen) {
        unit = yen;
        return this;
    }

    public SaleTerms premiumPerUnit(long points) {
        premiumPerUnit = points;
        return this;
    }

    public SaleTerms cap(long yen) {
        cap = yen;
        return this;
    }

    public SaleTerms premiumBudget(long points) {
        premiumBudget = points;
        return this;
    }

    public SaleTerms saleFrom(Instant at) {
        saleFrom = at;
        return this;
    }

    public SaleTerms saleUntil(Instant at) {
        saleUntil = at;
        return this;
    }

    public SaleTerms expiresAt(Instant at) {
        expiresAt = at;
        return this;
    }

    public CampaignTerms terms() {
        return new CampaignTerms(
                name,
                fiscalYear,
                new Yen(unit),
                new Points(premiumPerUnit),
                new Yen(cap),
                new Points(premiumBudget),
                saleFrom,
                saleUntil,
                expiresAt,
                LateReversal.FORFEIT);
    }
}
