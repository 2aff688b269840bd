package jp.hashimo.api.merchant;

import java.util.Set;
import jp.hashimo.api.http.PreparedRequests;
import jp.hashimo.api.http.Problem;
import jp.hashimo.api.identity.Accounts;
import jp.hashimo.api.identity.Caller;
import jp.hashimo.api.identity.Role;
import jp.hashimo.api.identity.Vault;
import jp.hashimo.gateway.StoreNumber;
import jp.hashimo.ledger.eventstore.Outcome;
import jp.hashimo.ledger.eventstore.Stamp;
import jp.hashimo.ledger.id.ApprovalId;
import jp.hashimo.ledger.id.Id;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.id.UserId;
import jp.hashimo.ledger.merchant.BankAccountChange;
import jp.hashimo.ledger.merchant.ChangeStore;
import jp.hashimo.ledger.merchant.MerchantRejection.StoreNumberTaken;
import jp.hashimo.ledger.merchant.RegisterMerchant;
import jp.hashimo.ledger.merchant.StoreClass;
import org.springframework.stereotype.Component;

/**
 * Takes stores, their staff and their bank accounts in: facts into the log, names into the vault.
 */
@Component
class StoreRegistration {
    /**
     * Even with a million stores, this many numbers in a row are taken once in ten billion times.
     */
    private static final int NUMBERS_TRIED = 10;

    private final PreparedRequests requests;
    private final Accounts accounts;
    private final Vault vault;

    StoreRegistration(PreparedRequests requests, Accounts accounts, Vault vault) {
        this.requests = requests;
        this.accounts = accounts;
        this.vault = vault;
    }

    /** What is kept of somebody who works in a store. */
    record Operator(String displayName) {}

    /** The store's number is random, so that nobody can type his way along the stores. */
    Outcome register(StoreProfile profile, StoreClass storeClass, Stamp stamp) {
        var merchantId = new MerchantId(PreparedRequests.idFor(stamp, "merchant"));
        for (int attempt = 1; ; attempt++) {
            int number = number(stamp, attempt).number();
            Outcome outcome =
                    requests.execute(
                            new RegisterMerchant(merchantId, number, storeClass),
                            stamp,
                            inVault(merchantId, profile));
            if (attempt == NUMBERS_TRIED
                    || !(outcome instanceof Outcome.Refused(StoreNumberTaken _, _))) {
                return outcome;
            }
        }
    }

    /** From the request, so that its repetition tries the same numbers. */
    private static StoreNumber number(Stamp stamp, int attempt) {
        long bits = PreparedRequests.idFor(stamp, "number " + attempt).getLeastSignificantBits();
        return StoreNumber.ofSerial(
                1 + (int) Long.remainderUnsigned(bits, StoreNumber.LAST_SERIAL));
    }

    /** The new account waits under the approval's id until a second person agrees. */
    Outcome propose(MerchantId merchantId, BankAccount account, UserId by, Stamp stamp) {
        var approvalId = new ApprovalId(PreparedRequests.idFor(stamp, "approval"));
        return requests.execute(
                new BankAccountChange.Propose(merchantId, approvalId, by),
                stamp,
                inVault(approvalId, account));
    }

    /** One more person who may say OK for the store. */
    Outcome employ(
            MerchantId merchantId, Operator operator, String login, String password, Stamp stamp) {
        var userId = new UserId(PreparedRequests.idFor(stamp, "operator"));
        var account = new Caller(userId, Set.of(Role.STORE), null, null, merchantId, null);
        return requests.execute(
                new ChangeStore(merchantId, new ChangeStore.Change.AddOperator(userId)),
                stamp,
                new PreparedRequests.Preparation() {
                    @Override
                    public void keep() {
                        if (!accounts.open(account, login, password)) {
                            throw Problem.of(409, "already-registered");
                        }
                        vault.put(userId, operator);
                    }

                    @Override
                    public void takeBack() {
                        accounts.close(userId);
                        vault.forget(userId);
                    }
                });
    }

    private PreparedRequests.Preparation inVault(Id subject, Object data) {
        return new PreparedRequests.Preparation() {
            @Override
            public void keep() {
                vault.put(subject, data);
            }

            @Override
            public void takeBack() {
                vault.forget(subject);
            }
        };
    }
}
