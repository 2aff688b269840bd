package jp.hashimo.ledger.campaign;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jp.hashimo.ledger.campaign.PurchaseEvent.PurchaseReserved;
import jp.hashimo.ledger.campaign.PurchaseEvent.ReservationLapsed;
import jp.hashimo.ledger.campaign.PurchaseRejection.BudgetExhausted;
import jp.hashimo.ledger.campaign.PurchaseRejection.CampaignUnknown;
import jp.hashimo.ledger.campaign.PurchaseRejection.InvalidUnit;
import jp.hashimo.ledger.campaign.PurchaseRejection.PurchaseCapExceeded;
import jp.hashimo.ledger.campaign.PurchaseRejection.SaleClosed;
import jp.hashimo.ledger.campaign.PurchaseRejection.SaleNotOpen;
import jp.hashimo.ledger.campaign.PurchaseRejection.SaleSuspended;
import jp.hashimo.ledger.campaign.PurchaseRejection.WalletUnknown;
import jp.hashimo.ledger.decision.Command;
import jp.hashimo.ledger.decision.Decision;
import jp.hashimo.ledger.decision.Fold;
import jp.hashimo.ledger.decision.Folded;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.decision.Present;
import jp.hashimo.ledger.id.CampaignId;
import jp.hashimo.ledger.id.PurchaseId;
import jp.hashimo.ledger.id.UserId;
import jp.hashimo.ledger.id.WalletId;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.money.Yen;
import jp.hashimo.ledger.wallet.Fund;

/**
 * A resident asks for points: the only step of a purchase that may say no. It decides window, cap
 * and budget together, so that a sale ends exactly at its budget.
 *
 * @param amount what the resident wants to pay; never silently reduced
 * @param lifetime how long the channel leaves to pay
 */
public record ReservePurchase(
        PurchaseId purchaseId,
        CampaignId campaignId,
        WalletId walletId,
        long amount,
        Channel channel,
        Duration lifetime,
        UserId by)
        implements Command<ReservePurchase.State, PurchaseRejection> {

    /** What the decision knows. */
    public record State(Campaign campaign, Sale sale, boolean walletKnown) {}

    @Override
    public List<Fold<?>> boundary() {
        return List.of(
                new SaleOf(campaignId),
                new CampaignOf(campaignId),
                holder(),
                new PurchaseOf(purchaseId));
    }

    @Override
    public List<Fold<?>> presumedNew() {
        return List.of(new PurchaseOf(purchaseId));
    }

    @Override
    public State state(Folded known) {
        return new State(
                known.of(new CampaignOf(campaignId)),
                known.of(new SaleOf(campaignId)),
                known.of(holder()));
    }

    private Present holder() {
        return Present.of("wallet-holder", walletId);
    }

    @Override
    public Decision<PurchaseRejection> decide(State state, Instant now) {
        return switch (state.campaign) {
            case Campaign.Absent _ -> Decision.reject(new CampaignUnknown(campaignId));
            case Campaign.Known _ when !state.walletKnown ->
                    Decision.reject(new WalletUnknown(walletId));
            case Campaign.Known campaign ->
                    refusal(campaign, state.sale, now)
                            .<Decision<PurchaseRejection>>map(Decision::reject)
                            .orElseGet(() -> reserve(campaign.terms(), state.sale, now));
        };
    }

    private Optional<PurchaseRejection> refusal(Campaign.Known campaign, Sale sale, Instant now) {
        CampaignTerms terms = campaign.terms();
        if (!campaign.approved()) {
            return Optional.of(new SaleNotOpen(terms.saleFrom()));
        } else if (campaign.suspended()) {
            return Optional.of(new SaleSuspended());
        } else if (now.isBefore(terms.saleFrom())) {
            return Optional.of(new SaleNotOpen(terms.saleFrom()));
        } else if (!now.isBefore(terms.saleUntil())) {
            return Optional.of(new SaleClosed(terms.saleUntil()));
        } else if (amount <= 0
                || amount % terms.unit().amount() != 0
                || amount > terms.capPerPerson().amount()) {
            return Optional.of(new InvalidUnit(terms.unit(), terms.unit(), terms.capPerPerson()));
        }
        Yen committed = sale.committedAt(walletId, now);
        Yen underCap = terms.capPerPerson().minus(Yen.least(committed, terms.capPerPerson()));
        if (!underCap.covers(new Yen(amount))) {
            return Optional.of(new PurchaseCapExceeded(terms.capPerPerson(), committed, underCap));
        }
        Points left =
                campaign.premiumBudget()
                        .minus(sale.premiumIssued().plus(sale.premiumReservedAt(now)));
        return left.covers(premium(terms))
                ? Optional.empty()
                : Optional.of(new BudgetExhausted(terms.unitsIn(left)));
    }

    /**
     * Whoever decides next records what has lapsed, so that the books of cap and budget never wait
     * for a job.
     */
    private Decision<PurchaseRejection> reserve(CampaignTerms terms, Sale sale, Instant now) {
        var facts = new ArrayList<LedgerEvent>();
        sale.lapsedAt(now).forEach(reservation -> facts.add(lapse(reservation, now)));
        facts.add(
                new PurchaseReserved(
                        purchaseId,
                        campaignId,
                        walletId,
                        channel,
                        new Yen(amount),
                        premium(terms),
                        Fund.premiumOf(terms.fiscalYear()),
                        terms.expiresAt(),
                        by,
                        now,
                        now.plus(lifetime)));
        return Decision.accept(facts);
    }

    private Points premium(CampaignTerms terms) {
        return terms.premiumPerUnit().times(amount / terms.unit().amount());
    }

    static ReservationLapsed lapse(PurchaseReserved r, Instant now) {
        return new ReservationLapsed(
                r.purchaseId(),
                r.campaignId(),
                r.walletId(),
                r.amount(),
                r.premium(),
                r.reservedUntil(),
                now);
    }
}
