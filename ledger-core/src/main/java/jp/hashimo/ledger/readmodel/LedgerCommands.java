package jp.hashimo.ledger.readmodel;

import java.util.List;
import jp.hashimo.ledger.campaign.DraftCampaign;
import jp.hashimo.ledger.campaign.EndReservation;
import jp.hashimo.ledger.campaign.JudgeBudgetRaise;
import jp.hashimo.ledger.campaign.PayPurchase;
import jp.hashimo.ledger.campaign.ReservePurchase;
import jp.hashimo.ledger.campaign.SteerCampaign;
import jp.hashimo.ledger.decision.Command;
import jp.hashimo.ledger.merchant.BankAccountChange;
import jp.hashimo.ledger.merchant.ChangeStore;
import jp.hashimo.ledger.merchant.RegisterMerchant;
import jp.hashimo.ledger.payment.AnswerPayment;
import jp.hashimo.ledger.payment.ExpirePayment;
import jp.hashimo.ledger.payment.ProposePayment;
import jp.hashimo.ledger.wallet.ChangeDevices;
import jp.hashimo.ledger.wallet.LapseLots;
import jp.hashimo.ledger.wallet.RegisterCitizen;

/** Every command this ledger answers. */
public final class LedgerCommands {
    private LedgerCommands() {}

    public static List<Class<? extends Command<?, ?>>> all() {
        return List.of(
                DraftCampaign.class,
                SteerCampaign.class,
                JudgeBudgetRaise.class,
                ReservePurchase.class,
                PayPurchase.class,
                EndReservation.class,
                RegisterCitizen.class,
                ChangeDevices.class,
                LapseLots.class,
                RegisterMerchant.class,
                ChangeStore.class,
                BankAccountChange.Propose.class,
                BankAccountChange.Judge.class,
                ProposePayment.class,
                AnswerPayment.class,
                ExpirePayment.class);
    }
}
