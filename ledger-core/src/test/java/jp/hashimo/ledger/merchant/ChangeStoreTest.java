package jp.hashimo.ledger.merchant;

import static jp.hashimo.ledger.testing.City.GREENGROCER;
import static jp.hashimo.ledger.testing.City.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.id.RegisterId;
import jp.hashimo.ledger.id.UserId;
import jp.hashimo.ledger.merchant.ChangeStore.Change;
import jp.hashimo.ledger.merchant.MerchantEvent.MerchantRegistered;
import jp.hashimo.ledger.merchant.MerchantEvent.OperatorAdded;
import jp.hashimo.ledger.merchant.MerchantEvent.RegisterOpened;
import jp.hashimo.ledger.merchant.MerchantEvent.StoreClassChanged;
import jp.hashimo.ledger.merchant.MerchantRejection.ClassBeginsInThePast;
import jp.hashimo.ledger.merchant.MerchantRejection.StoreNotFound;
import jp.hashimo.ledger.merchant.MerchantRejection.StoreNumberTaken;
import jp.hashimo.ledger.money.TokyoTime;
import jp.hashimo.ledger.testing.City;
import org.junit.jupiter.api.Test;

/** Stores, and which points they take since when. */
class ChangeStoreTest {
    private static final MerchantId NEW_STORE = new MerchantId(new UUID(0, 71));
    private final City city = City.withoutSale().at(NOON);

    @Test
    void a_store_is_registered_under_a_number_nobody_else_has() {
        city.does(new RegisterMerchant(NEW_STORE, 3, StoreClass.LOCAL))
                .leaves(MerchantRegistered.class);
        city.does(new RegisterMerchant(new MerchantId(city.newId()), 3, StoreClass.COMMON))
                .refuses(new StoreNumberTaken(3));
    }

    @Test
    void a_local_store_takes_every_lot_and_a_common_store_scope_all_only() {
        assertThat(StoreClass.LOCAL.takes(Scope.LOCAL)).isTrue();
        assertThat(StoreClass.LOCAL.takes(Scope.ALL)).isTrue();
        assertThat(StoreClass.COMMON.takes(Scope.LOCAL)).isFalse();
        assertThat(StoreClass.COMMON.takes(Scope.ALL)).isTrue();
    }

    @Test
    void a_store_nobody_registered_cannot_change() {
        city.changeStore(NEW_STORE, new Change.Suspend()).refuses(new StoreNotFound(NEW_STORE));
    }

    @Test
    void a_till_and_a_person_can_be_added_to_a_store() {
        var till = new RegisterId(city.newId());
        var person = new UserId(city.newId());
        city.changeStore(GREENGROCER, new Change.OpenRegister(till, "レジ2"))
                .leaves(RegisterOpened.class);
        city.changeStore(GREENGROCER, new Change.AddOperator(person)).leaves(OperatorAdded.class);
    }

    @Test
    void a_new_class_begins_at_its_own_instant() {
        Instant from = NOON.plus(Duration.ofDays(1));
        city.changeStore(GREENGROCER, new Change.Reclassify(StoreClass.COMMON, from));
        assertThat(store().classAt(from.minusMillis(1))).isEqualTo(StoreClass.LOCAL);
        assertThat(store().classAt(from)).isEqualTo(StoreClass.COMMON);
    }

    @Test
    void a_later_decision_replaces_what_was_planned_for_the_same_time_and_after() {
        Instant tomorrow = NOON.plus(Duration.ofDays(1));
        Instant nextWeek = NOON.plus(Duration.ofDays(7));
        city.changeStore(GREENGROCER, new Change.Reclassify(StoreClass.COMMON, nextWeek));
        city.changeStore(GREENGROCER, new Change.Reclassify(StoreClass.LOCAL, tomorrow));
        assertThat(store().classAt(nextWeek)).isEqualTo(StoreClass.LOCAL);
        city.changeStore(GREENGROCER, new Change.Reclassify(StoreClass.COMMON, tomorrow));
        assertThat(store().classAt(tomorrow)).isEqualTo(StoreClass.COMMON);
        assertThat(store().classAt(tomorrow.minusMillis(1))).isEqualTo(StoreClass.LOCAL);
    }

    @Test
    void a_class_begins_today_at_the_earliest_and_today_means_the_rest_of_it() {
        Instant midnight = TokyoTime.startOf(TokyoTime.businessDateOf(NOON));
        city.changeStore(
                        GREENGROCER,
                        new Change.Reclassify(StoreClass.COMMON, midnight.minusNanos(1)))
                .refuses(new ClassBeginsInThePast(GREENGROCER));
        city.changeStore(GREENGROCER, new Change.Reclassify(StoreClass.COMMON, midnight))
                .leaves(StoreClassChanged.class);
        assertThat(store().classAt(NOON.minusNanos(1))).isEqualTo(StoreClass.LOCAL);
        assertThat(store().classAt(NOON)).isEqualTo(StoreClass.COMMON);
    }

    @Test
    void a_class_without_a_beginning_begins_now() {
        city.changeStore(GREENGROCER, new Change.Reclassify(StoreClass.COMMON, null));
        assertThat(store().classAt(NOON.minusNanos(1))).isEqualTo(StoreClass.LOCAL);
        assertThat(store().classAt(NOON)).isEqualTo(StoreClass.COMMON);
    }

    @Test
    void before_its_registration_a_store_is_of_its_first_class() {
        assertThat(store().classAt(Instant.EPOCH)).isEqualTo(StoreClass.LOCAL);
    }

    private Store.Known store() {
        Store store = Store.absent();
        for (var event : city.log()) {
            if (event instanceof MerchantEvent e && e.merchantId().equals(GREENGROCER)) {
                store = store.evolve(event);
            }
        }
        return (Store.Known) store;
    }
}
