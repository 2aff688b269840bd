package jp.hashimo.ledger.campaign;

import static jp.hashimo.ledger.testing.City.AOI;
import static jp.hashimo.ledger.testing.City.CLOSING;
import static jp.hashimo.ledger.testing.City.EXPIRY;
import static jp.hashimo.ledger.testing.City.GREENGROCER;
import static jp.hashimo.ledger.testing.City.HANA;
import static jp.hashimo.ledger.testing.City.KEN;
import static jp.hashimo.ledger.testing.City.MANAGER;
import static jp.hashimo.ledger.testing.City.NOON;
import static jp.hashimo.ledger.testing.City.OPENING;
import static jp.hashimo.ledger.testing.City.SALE;
import static jp.hashimo.ledger.testing.City.SECOND_MANAGER;
import static jp.hashimo.ledger.testing.SaleTerms.aSale;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import jp.hashimo.ledger.campaign.CampaignEvent.BudgetRaiseProposed;
import jp.hashimo.ledger.campaign.CampaignEvent.BudgetRaiseRejected;
import jp.hashimo.ledger.campaign.CampaignEvent.BudgetRaised;
import jp.hashimo.ledger.campaign.CampaignEvent.CampaignApproved;
import jp.hashimo.ledger.campaign.CampaignEvent.CampaignResumed;
import jp.hashimo.ledger.campaign.CampaignEvent.CampaignSuspended;
import jp.hashimo.ledger.campaign.CampaignRejection.CampaignNotFound;
import jp.hashimo.ledger.campaign.CampaignRejection.CampaignNotInState;
import jp.hashimo.ledger.campaign.CampaignRejection.InvalidCampaign;
import jp.hashimo.ledger.campaign.CampaignRejection.NothingToApprove;
import jp.hashimo.ledger.campaign.CampaignRejection.SamePerson;
import jp.hashimo.ledger.campaign.PurchaseEvent.PurchaseReserved;
import jp.hashimo.ledger.campaign.PurchaseRejection.BudgetExhausted;
import jp.hashimo.ledger.campaign.SteerCampaign.Move;
import jp.hashimo.ledger.id.ApprovalId;
import jp.hashimo.ledger.id.UserId;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.testing.Answer;
import jp.hashimo.ledger.testing.City;
import org.junit.jupiter.api.Test;

/** What the staff may do to a campaign, and that two of them are needed for money. */
class SteerCampaignTest {
    private static final ApprovalId RAISE = new ApprovalId(new UUID(0, 41));
    private static final ApprovalId OTHER_RAISE = new ApprovalId(new UUID(0, 42));

    // Approval.

    @Test
    void a_second_person_approves_a_draft() {
        City city = drafted();
        assertThat(steer(city, new Move.Approve(), SECOND_MANAGER).fact(CampaignApproved.class))
                .isEqualTo(new CampaignApproved(SALE, SECOND_MANAGER, city.now()));
    }

    @Test
    void whoever_drafted_it_cannot_approve_it() {
        steer(drafted(), new Move.Approve(), MANAGER).refuses(new SamePerson());
    }

    @Test
    void a_campaign_is_approved_once() {
        steer(City.with(aSale()), new Move.Approve(), SECOND_MANAGER)
                .refuses(new CampaignNotInState(SALE, "APPROVED"));
    }

    @Test
    void a_draft_can_neither_be_suspended_nor_resumed_nor_raised() {
        var refusal = new CampaignNotInState(SALE, "DRAFT");
        steer(drafted(), new Move.Suspend(), MANAGER).refuses(refusal);
        steer(drafted(), new Move.Resume(), MANAGER).refuses(refusal);
        steer(drafted(), raiseTo(RAISE, 9_000_000), MANAGER).refuses(refusal);
    }

    @Test
    void there_is_nothing_to_do_with_a_campaign_nobody_drafted() {
        steer(City.withoutSale(), new Move.Suspend(), MANAGER).refuses(new CampaignNotFound(SALE));
    }

    // Suspension.

    @Test
    void a_campaign_is_suspended_once_and_resumed_once() {
        City city = City.atNoon();
        steer(city, new Move.Resume(), MANAGER).refuses(new CampaignNotInState(SALE, "APPROVED"));
        steer(city, new Move.Suspend(), MANAGER).leaves(CampaignSuspended.class);
        steer(city, new Move.Suspend(), MANAGER).refuses(new CampaignNotInState(SALE, "SUSPENDED"));
        steer(city, new Move.Resume(), MANAGER).leaves(CampaignResumed.class);
    }

    @Test
    void what_was_bought_of_a_suspended_campaign_can_be_spent() {
        City city = City.atNoon();
        city.buys(HANA, 1_000);
        steer(city, new Move.Suspend(), MANAGER);
        city.pays(HANA, GREENGROCER, 1_300);
        assertThat(city.available(HANA)).isEqualTo(Points.ZERO);
    }

    // The budget.

    @Test
    void a_raise_holds_only_when_a_second_person_agrees_and_then_reopens_the_sale() {
        City city = City.with(aSale().premiumBudget(3_000)).at(NOON);
        city.buys(HANA, 10_000);
        steer(city, raiseTo(RAISE, 3_600), MANAGER).leaves(BudgetRaiseProposed.class);
        city.reserve(KEN, 1_000).refuses(new BudgetExhausted(0));
        assertThat(judge(city, RAISE, true, SECOND_MANAGER).fact(BudgetRaised.class))
                .isEqualTo(new BudgetRaised(SALE, RAISE, new Points(3_600), SECOND_MANAGER, NOON));
        city.reserve(KEN, 2_000).leaves(PurchaseReserved.class);
        city.reserve(AOI, 1_000).refuses(new BudgetExhausted(0));
    }

    @Test
    void whoever_asked_for_the_raise_can_neither_agree_nor_reject() {
        City city = City.atNoon();
        steer(city, raiseTo(RAISE, 9_000_000), MANAGER);
        judge(city, RAISE, true, MANAGER).refuses(new SamePerson());
        judge(city, RAISE, false, MANAGER).refuses(new SamePerson());
    }

    @Test
    void a_rejected_raise_changes_nothing() {
        City city = City.with(aSale().premiumBudget(3_000)).at(NOON);
        steer(city, raiseTo(RAISE, 6_000), MANAGER);
        judge(city, RAISE, false, SECOND_MANAGER).leaves(BudgetRaiseRejected.class);
        city.buys(HANA, 10_000);
        city.reserve(KEN, 1_000).refuses(new BudgetExhausted(0));
    }

    @Test
    void a_raise_is_judged_once() {
        City city = City.atNoon();
        steer(city, raiseTo(RAISE, 9_000_000), MANAGER);
        judge(city, RAISE, true, SECOND_MANAGER).leaves(BudgetRaised.class);
        judge(city, RAISE, true, SECOND_MANAGER).refuses(new NothingToApprove(RAISE));
        judge(city, RAISE, false, SECOND_MANAGER).refuses(new NothingToApprove(RAISE));
    }

    @Test
    void a_raise_nobody_asked_for_cannot_be_judged() {
        judge(City.atNoon(), RAISE, true, SECOND_MANAGER).refuses(new NothingToApprove(RAISE));
    }

    @Test
    void a_budget_is_raised_by_a_point_at_least_and_never_lowered() {
        City city = City.with(aSale().premiumBudget(3_000)).at(NOON);
        var refusal = new InvalidCampaign("premiumBudget", "more-than-now");
        steer(city, raiseTo(RAISE, 2_999), MANAGER).refuses(refusal);
        steer(city, raiseTo(RAISE, 3_000), MANAGER).refuses(refusal);
        steer(city, raiseTo(RAISE, 3_001), MANAGER).leaves(BudgetRaiseProposed.class);
    }

    @Test
    void a_budget_is_not_raised_beyond_what_sums_can_bear() {
        City city = City.with(aSale().premiumBudget(3_000)).at(NOON);
        steer(city, raiseTo(RAISE, 1_000_000_000_001L), MANAGER)
                .refuses(new InvalidCampaign("premiumBudget", "at-most-1000000000000"));
        steer(city, raiseTo(RAISE, 1_000_000_000_000L), MANAGER).leaves(BudgetRaiseProposed.class);
    }

    @Test
    void of_two_raises_that_wait_the_smaller_cannot_take_back_the_larger() {
        City city = City.with(aSale().premiumBudget(3_000)).at(NOON);
        steer(city, raiseTo(RAISE, 3_300), MANAGER);
        steer(city, raiseTo(OTHER_RAISE, 6_000), MANAGER);
        judge(city, OTHER_RAISE, true, SECOND_MANAGER).leaves(BudgetRaised.class);
        city.buys(HANA, 10_000);
        city.buys(KEN, 10_000);
        judge(city, RAISE, true, SECOND_MANAGER)
                .refuses(new InvalidCampaign("premiumBudget", "more-than-now"));
        judge(city, RAISE, false, SECOND_MANAGER).leaves(BudgetRaiseRejected.class);
        city.reserve(AOI, 1_000).refuses(new BudgetExhausted(0));
    }

    // What a campaign is.

    @Test
    void what_a_campaign_is_follows_from_the_clock_to_the_millisecond() {
        City city = City.with(aSale());
        assertState(city, OPENING.minusMillis(1), Campaign.State.APPROVED);
        assertState(city, OPENING, Campaign.State.ON_SALE);
        assertState(city, CLOSING.minusMillis(1), Campaign.State.ON_SALE);
        assertState(city, CLOSING, Campaign.State.CLOSED);
        assertState(city, EXPIRY.minusMillis(1), Campaign.State.CLOSED);
        assertState(city, EXPIRY, Campaign.State.EXPIRED);
        assertThat(known(city).stateAt(NOON, 0)).isEqualTo(Campaign.State.SOLD_OUT);
        assertThat(known(drafted()).stateAt(NOON, 1)).isEqualTo(Campaign.State.DRAFT);
        steer(city, new Move.Suspend(), MANAGER);
        assertState(city, NOON, Campaign.State.SUSPENDED);
        assertState(city, CLOSING, Campaign.State.CLOSED);
    }

    private static void assertState(City city, Instant at, Campaign.State state) {
        assertThat(known(city).stateAt(at, 1)).isEqualTo(state);
    }

    private static Campaign.Known known(City city) {
        Campaign campaign = Campaign.absent();
        for (var event : city.log()) {
            campaign = campaign.evolve(event);
        }
        return (Campaign.Known) campaign;
    }

    private static City drafted() {
        City city = City.withoutSale();
        city.does(new DraftCampaign(SALE, aSale().terms(), MANAGER));
        return city;
    }

    private static Move raiseTo(ApprovalId approval, long points) {
        return new Move.RaiseBudget(approval, new Points(points));
    }

    private static Answer steer(City city, Move move, UserId by) {
        return city.does(new SteerCampaign(SALE, move, by));
    }

    private static Answer judge(City city, ApprovalId approval, boolean agrees, UserId by) {
        return city.does(new JudgeBudgetRaise(SALE, approval, agrees, by));
    }
}
