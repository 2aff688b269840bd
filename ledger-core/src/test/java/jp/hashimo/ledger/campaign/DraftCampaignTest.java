package jp.hashimo.ledger.campaign;

import static jp.hashimo.ledger.testing.City.CLOSING;
import static jp.hashimo.ledger.testing.City.EXPIRY;
import static jp.hashimo.ledger.testing.City.MANAGER;
import static jp.hashimo.ledger.testing.City.OPENING;
import static jp.hashimo.ledger.testing.City.SALE;
import static jp.hashimo.ledger.testing.SaleTerms.aSale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import jp.hashimo.ledger.campaign.CampaignEvent.CampaignDrafted;
import jp.hashimo.ledger.campaign.CampaignRejection.InvalidCampaign;
import jp.hashimo.ledger.testing.Answer;
import jp.hashimo.ledger.testing.City;
import jp.hashimo.ledger.testing.SaleTerms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The terms of a sale are judged once, when they are drafted. */
class DraftCampaignTest {

    @Test
    void the_terms_of_the_reference_sale_can_be_drafted() {
        City city = City.withoutSale();
        assertThat(draft(city, aSale()).fact(CampaignDrafted.class))
                .isEqualTo(new CampaignDrafted(SALE, aSale().terms(), MANAGER, city.now()));
    }

    @ParameterizedTest
    @MethodSource
    void terms_that_break_a_rule_are_refused_by_name(SaleTerms sale, String field, String rule) {
        draft(City.withoutSale(), sale).refuses(new InvalidCampaign(field, rule));
    }

    static Stream<Arguments> terms_that_break_a_rule_are_refused_by_name() {
        return Stream.of(
                arguments(aSale().name(" "), "name", "1-100-characters"),
                arguments(aSale().name("あ".repeat(101)), "name", "1-100-characters"),
                arguments(aSale().fiscalYear(1999), "fiscalYear", "2000-2999"),
                arguments(aSale().fiscalYear(3000), "fiscalYear", "2000-2999"),
                arguments(aSale().unit(0), "unit", "positive"),
                arguments(aSale().premiumPerUnit(0), "premiumPerUnit", "whole-yen-from-1-to-unit"),
                arguments(
                        aSale().premiumPerUnit(1_001),
                        "premiumPerUnit",
                        "whole-yen-from-1-to-unit"),
                arguments(aSale().cap(0), "capPerPerson", "positive-multiple-of-unit"),
                arguments(aSale().cap(10_500), "capPerPerson", "positive-multiple-of-unit"),
                arguments(
                        aSale().cap(Long.MAX_VALUE / 1_000 * 1_000),
                        "capPerPerson",
                        "positive-multiple-of-unit"),
                arguments(aSale().premiumBudget(299), "premiumBudget", "covers-one-unit"),
                arguments(aSale().saleUntil(OPENING), "saleUntil", "after-saleFrom"),
                arguments(
                        aSale().expiresAt(CLOSING.minusMillis(1)),
                        "expiresAt",
                        "not-before-saleUntil"));
    }

    @ParameterizedTest
    @MethodSource
    void terms_at_the_edge_of_a_rule_are_good(SaleTerms sale) {
        draft(City.withoutSale(), sale).leaves(CampaignDrafted.class);
    }

    static Stream<SaleTerms> terms_at_the_edge_of_a_rule_are_good() {
        return Stream.of(
                aSale().name("あ".repeat(100)),
                aSale().premiumPerUnit(1),
                aSale().premiumPerUnit(1_000),
                aSale().cap(1_000),
                aSale().premiumBudget(300),
                aSale().saleUntil(OPENING.plusMillis(1)),
                aSale().expiresAt(CLOSING));
    }

    @Test
    void a_campaign_that_exists_cannot_be_drafted_over() {
        City city = City.with(aSale());
        draft(city, aSale().premiumPerUnit(1).expiresAt(EXPIRY.plusSeconds(1)))
                .refuses(new InvalidCampaign("campaignId", "not-drafted-before"));
    }

    private static Answer draft(City city, SaleTerms sale) {
        return city.does(new DraftCampaign(SALE, sale.terms(), MANAGER));
    }
}
