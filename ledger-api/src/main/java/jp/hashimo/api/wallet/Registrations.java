package jp.hashimo.api.wallet;

import java.util.Set;
import jp.hashimo.api.http.NewLogin;
import jp.hashimo.api.http.PreparedRequests;
import jp.hashimo.api.http.Problem;
import jp.hashimo.api.identity.Accounts;
import jp.hashimo.api.identity.Caller;
import jp.hashimo.api.identity.Role;
import jp.hashimo.api.identity.Vault;
import jp.hashimo.ledger.eventstore.Outcome;
import jp.hashimo.ledger.eventstore.Stamp;
import jp.hashimo.ledger.id.CitizenId;
import jp.hashimo.ledger.id.UserId;
import jp.hashimo.ledger.id.WalletId;
import jp.hashimo.ledger.wallet.RegisterCitizen;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Gives residents their wallets: the fact into the log, the person into the vault. */
@Component
public class Registrations {
    private static final Logger LOG = LoggerFactory.getLogger(Registrations.class);

    private final PreparedRequests requests;
    private final PersonKeys keys;
    private final ActivationCodes activation;
    private final PhoneCodes phoneCodes;
    private final Accounts accounts;
    private final Vault vault;

    Registrations(
            PreparedRequests requests,
            PersonKeys keys,
            ActivationCodes activation,
            PhoneCodes phoneCodes,
            Accounts accounts,
            Vault vault) {
        this.requests = requests;
        this.keys = keys;
        this.activation = activation;
        this.phoneCodes = phoneCodes;
        this.accounts = accounts;
        this.vault = vault;
    }

    /**
     * Registers a person.
     *
     * @param clerk who does it at the counter, or null when residents register themselves
     */
    public Outcome register(Registration person, @Nullable UserId clerk, Stamp stamp) {
        Ids ids = Ids.of(stamp);
        Outcome outcome =
                requests.execute(
                        new RegisterCitizen(
                                ids.citizenId(),
                                ids.walletId(),
                                keys.unique(person.kana(), person.birthDate(), person.phone()),
                                person.overrideReason() != null,
                                clerk == null ? ids.userId() : clerk),
                        stamp,
                        new PreparedRequests.Preparation() {
                            @Override
                            public void keep() {
                                check(person);
                                open(person, ids);
                            }

                            @Override
                            public void takeBack() {
                                accounts.close(ids.userId());
                                keys.forget(ids.citizenId());
                                vault.forget(ids.citizenId());
                            }
                        });
        if (outcome instanceof Outcome.Done
                && person.phone() != null
                && person.phoneCode() != null) {
            spend(person.phone());
        }
        return outcome;
    }

    /**
     * The person is registered, whatever becomes of the code: used again, it meets the rule of one
     * wallet each.
     */
    private void spend(Phone phone) {
        try {
            phoneCodes.spend(phone);
        } catch (DataAccessException e) {
            LOG.warn("A phone code that has served is still open for some minutes", e);
        }
    }

    private record Ids(CitizenId citizenId, WalletId walletId, UserId userId) {
        static Ids of(Stamp stamp) {
            return new Ids(
                    new CitizenId(PreparedRequests.idFor(stamp, "citizen")),
                    new WalletId(PreparedRequests.idFor(stamp, "wallet")),
                    new UserId(PreparedRequests.idFor(stamp, "user")));
        }
    }

    private void check(Registration person) {
        if (person.phone() != null && person.phoneCode() != null) {
            phoneCodes.check(person.phone(), person.phoneCode());
        }
    }

    /** The login first, because it alone can be refused. */
    private void open(Registration person, Ids ids) {
        NewLogin login = person.login();
        if (login != null
                && !accounts.open(
                        citizen(ids.userId(), ids.citizenId(), ids.walletId()),
                        login.name(),
                        login.password())) {
            throw Problem.of(409, "already-registered");
        }
        vault.put(ids.citizenId(), person.resident());
        keys.remember(ids.citizenId(), person.kana(), person.phone());
        if (login == null) {
            activation.open(ids.citizenId());
        }
    }

    static Caller citizen(UserId userId, CitizenId citizenId, WalletId walletId) {
        return new Caller(userId, Set.of(Role.CITIZEN), citizenId, walletId, null, null);
    }
}
