package jp.hashimo.ledger.campaign;

import java.time.Instant;
import java.util.Optional;
import jp.hashimo.ledger.campaign.CampaignRejection.InvalidCampaign;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.money.Yen;

/**
 * What a sale promises, fixed once it is approved; only the budget may be raised.
 *
 * @param unit what one unit costs
 * @param premiumPerUnit the premium of one unit, in whole points: ten purchases of one unit equal
 *     one purchase of ten
 * @param capPerPerson the most one resident may buy, over all devices and channels
 * @param premiumBudget the most premium all residents together may get
 * @param saleFrom the first instant of the sale
 * @param saleUntil the first instant after it
 * @param expiresAt the first instant at which nothing bought in it can be spent
 */
public record CampaignTerms(
        String name,
        int fiscalYear,
        Yen unit,
        Points premiumPerUnit,
        Yen capPerPerson,
        Points premiumBudget,
        Instant saleFrom,
        Instant saleUntil,
        Instant expiresAt,
        LateReversal lateReversal) {

    /** Far above any city's budget, far below where a sum could overflow. */
    static final long LARGEST = 1_000_000_000_000L;

    /** The first rule these terms break, if any. */
    Optional<InvalidCampaign> violation() {
        if (name.isBlank() || name.length() > 100) {
            return broken("name", "1-100-characters");
        }
        if (fiscalYear < 2000 || fiscalYear > 2999) {
            return broken("fiscalYear", "2000-2999");
        }
        if (unit.isZero() || unit.amount() > LARGEST) {
            return broken("unit", "positive");
        }
        if (premiumPerUnit.isZero() || premiumPerUnit.amount() > unit.amount()) {
            return broken("premiumPerUnit", "whole-yen-from-1-to-unit");
        }
        if (capPerPerson.isZero()
                || capPerPerson.amount() > LARGEST
                || capPerPerson.amount() % unit.amount() != 0) {
            return broken("capPerPerson", "positive-multiple-of-unit");
        }
        if (!premiumBudget.covers(premiumPerUnit) || premiumBudget.amount() > LARGEST) {
            return broken("premiumBudget", "covers-one-unit");
        }
        if (!saleFrom.isBefore(saleUntil)) {
            return broken("saleUntil", "after-saleFrom");
        }
        if (expiresAt.isBefore(saleUntil)) {
            return broken("expiresAt", "not-before-saleUntil");
        }
        return Optional.empty();
    }

    /** How many whole units a premium pays for. */
    public long unitsIn(Points premium) {
        return premium.amount() / premiumPerUnit.amount();
    }

    private static Optional<InvalidCampaign> broken(String field, String rule) {
        return Optional.of(new InvalidCampaign(field, rule));
    }
}
