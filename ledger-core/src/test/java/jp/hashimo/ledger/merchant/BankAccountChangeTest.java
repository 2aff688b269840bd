package jp.hashimo.ledger.merchant;

import static jp.hashimo.ledger.testing.City.CLERK;
import static jp.hashimo.ledger.testing.City.GREENGROCER;
import static jp.hashimo.ledger.testing.City.MANAGER;
import static jp.hashimo.ledger.testing.City.SALE;
import static jp.hashimo.ledger.testing.City.SECOND_MANAGER;

import java.util.UUID;
import jp.hashimo.ledger.campaign.SteerCampaign;
import jp.hashimo.ledger.id.ApprovalId;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.id.UserId;
import jp.hashimo.ledger.merchant.MerchantEvent.BankAccountChangeProposed;
import jp.hashimo.ledger.merchant.MerchantEvent.BankAccountChangeRejected;
import jp.hashimo.ledger.merchant.MerchantEvent.BankAccountChanged;
import jp.hashimo.ledger.merchant.MerchantRejection.NothingToApprove;
import jp.hashimo.ledger.merchant.MerchantRejection.SamePerson;
import jp.hashimo.ledger.merchant.MerchantRejection.StoreNotFound;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.testing.Answer;
import jp.hashimo.ledger.testing.City;
import org.junit.jupiter.api.Test;

/** Payouts go to another account only when two people say so. */
class BankAccountChangeTest {
    private static final ApprovalId CHANGE = new ApprovalId(new UUID(0, 43));
    private final City city = City.atNoon();

    @Test
    void a_second_person_agrees_and_the_account_changes_once() {
        propose(GREENGROCER).leaves(BankAccountChangeProposed.class);
        judge(true, MANAGER).leaves(BankAccountChanged.class);
        judge(true, MANAGER).refuses(new NothingToApprove(CHANGE));
        judge(false, MANAGER).refuses(new NothingToApprove(CHANGE));
    }

    @Test
    void the_same_person_can_neither_agree_nor_reject() {
        propose(GREENGROCER);
        judge(true, CLERK).refuses(new SamePerson(CHANGE));
        judge(false, CLERK).refuses(new SamePerson(CHANGE));
    }

    @Test
    void a_second_person_rejects_and_that_is_the_end_of_it() {
        propose(GREENGROCER);
        judge(false, MANAGER).leaves(BankAccountChangeRejected.class);
        judge(true, SECOND_MANAGER).refuses(new NothingToApprove(CHANGE));
    }

    @Test
    void what_nobody_proposed_cannot_be_judged() {
        judge(true, MANAGER).refuses(new NothingToApprove(CHANGE));
    }

    @Test
    void an_approval_of_something_else_is_no_bank_account() {
        city.does(
                new SteerCampaign(
                        SALE,
                        new SteerCampaign.Move.RaiseBudget(CHANGE, new Points(9_000_000)),
                        CLERK));
        judge(true, MANAGER).refuses(new NothingToApprove(CHANGE));
    }

    @Test
    void a_store_nobody_registered_has_no_account_to_change() {
        var unknown = new MerchantId(new UUID(0, 9));
        propose(unknown).refuses(new StoreNotFound(unknown));
    }

    private Answer propose(MerchantId merchant) {
        return city.does(new BankAccountChange.Propose(merchant, CHANGE, CLERK));
    }

    private Answer judge(boolean agrees, UserId by) {
        return city.does(new BankAccountChange.Judge(CHANGE, agrees, by));
    }
}
