package jp.hashimo.ledger.campaign;

import static jp.hashimo.ledger.testing.City.CLERK;
import static jp.hashimo.ledger.testing.City.HANA;
import static jp.hashimo.ledger.testing.City.MANAGER;
import static jp.hashimo.ledger.testing.City.NOON;
import static jp.hashimo.ledger.testing.City.RESERVED_FOR;
import static jp.hashimo.ledger.testing.City.SALE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import jp.hashimo.ledger.campaign.PurchaseEvent.ReservationCancelled;
import jp.hashimo.ledger.campaign.PurchaseEvent.ReservationLapsed;
import jp.hashimo.ledger.campaign.PurchaseRejection.NotForYou;
import jp.hashimo.ledger.campaign.PurchaseRejection.PurchaseNotFound;
import jp.hashimo.ledger.campaign.PurchaseRejection.PurchaseNotReserved;
import jp.hashimo.ledger.campaign.PurchaseRejection.ReservationHasLapsed;
import jp.hashimo.ledger.id.PurchaseId;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.money.Yen;
import jp.hashimo.ledger.testing.City;
import org.junit.jupiter.api.Test;

/** A reservation ends unpaid. */
class EndReservationTest {
    private static final Instant LAPSES = NOON.plus(RESERVED_FOR);

    @Test
    void whoever_reserved_it_may_cancel_it() {
        City city = City.atNoon();
        PurchaseId purchase = city.reserved(HANA, 2_000);
        assertThat(city.cancelReservation(purchase, CLERK).fact(ReservationCancelled.class))
                .isEqualTo(
                        new ReservationCancelled(
                                purchase,
                                SALE,
                                HANA,
                                new Yen(2_000),
                                new Points(600),
                                CLERK,
                                NOON));
    }

    @Test
    void nobody_else_may() {
        City city = City.atNoon();
        PurchaseId purchase = city.reserved(HANA, 2_000);
        city.cancelReservation(purchase, MANAGER).refuses(new NotForYou(purchase));
    }

    @Test
    void what_is_paid_or_cancelled_cannot_be_cancelled() {
        City city = City.atNoon();
        PurchaseId paid = city.reserved(HANA, 2_000);
        city.payCash(paid, "R1");
        city.cancelReservation(paid, CLERK).refuses(new PurchaseNotReserved(paid, "ISSUED"));
        PurchaseId cancelled = city.reserved(HANA, 2_000);
        city.cancelReservation(cancelled, CLERK);
        city.cancelReservation(cancelled, CLERK)
                .refuses(new PurchaseNotReserved(cancelled, "CANCELLED"));
    }

    @Test
    void what_has_lapsed_cannot_be_cancelled_whether_or_not_a_job_has_run() {
        City city = City.atNoon();
        PurchaseId purchase = city.reserved(HANA, 2_000);
        city.at(LAPSES)
                .cancelReservation(purchase, CLERK)
                .refuses(new ReservationHasLapsed(purchase, LAPSES));
        city.endReservation(purchase);
        city.cancelReservation(purchase, CLERK).refuses(new ReservationHasLapsed(purchase, LAPSES));
    }

    @Test
    void a_job_that_comes_a_millisecond_early_records_nothing() {
        City city = City.atNoon();
        PurchaseId purchase = city.reserved(HANA, 2_000);
        city.at(LAPSES.minusMillis(1))
                .endReservation(purchase)
                .refuses(new PurchaseNotReserved(purchase, "RESERVED"));
    }

    @Test
    void a_job_that_comes_late_records_when_it_really_lapsed_and_only_once() {
        City city = City.atNoon();
        PurchaseId purchase = city.reserved(HANA, 2_000);
        var lapsed =
                city.at(LAPSES.plusSeconds(3_600))
                        .endReservation(purchase)
                        .fact(ReservationLapsed.class);
        assertThat(lapsed.lapsedAt()).isEqualTo(LAPSES);
        assertThat(lapsed.recordedAt()).isEqualTo(LAPSES.plusSeconds(3_600));
        city.endReservation(purchase).refuses(new ReservationHasLapsed(purchase, LAPSES));
    }

    @Test
    void a_purchase_nobody_reserved_cannot_end() {
        var unknown = new PurchaseId(new UUID(0, 9));
        City.atNoon().endReservation(unknown).refuses(new PurchaseNotFound(unknown));
    }
}
