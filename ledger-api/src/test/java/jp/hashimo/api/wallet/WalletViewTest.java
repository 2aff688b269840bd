package jp.hashimo.api.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import jp.hashimo.ledger.id.LotId;
import jp.hashimo.ledger.id.ProgrammeId;
import jp.hashimo.ledger.id.WalletId;
import jp.hashimo.ledger.merchant.Scope;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.wallet.Fund;
import jp.hashimo.ledger.wallet.Lot;
import jp.hashimo.ledger.wallet.LotKind;
import jp.hashimo.ledger.wallet.Wallet;
import org.junit.jupiter.api.Test;

class WalletViewTest {
    private static final Instant NOW = Instant.parse("2023-11-01T00:00:00Z");

    private static Lot lot(LotKind kind, long points, Instant end) {
        return new Lot(
                new LotId(UUID.randomUUID()),
                kind,
                Scope.ALL,
                new Fund("KENSHIN-2023"),
                new Points(points),
                NOW,
                end,
                null,
                new ProgrammeId(UUID.randomUUID()));
    }

    private static WalletView view(Lot... lots) {
        return WalletView.of(
                new WalletId(UUID.randomUUID()), Wallet.EMPTY.receive(List.of(lots)), NOW, 7);
    }

    @Test
    void support_sees_that_something_was_awarded_and_not_what_for() {
        WalletView seen = view(lot(LotKind.AWARD, 500, NOW.plusSeconds(1))).withoutReasons();

        assertThat(seen.total()).isEqualTo(new Points(500));
        assertThat(seen.lots().getFirst().kind()).isEqualTo(LotKind.AWARD);
        assertThat(seen.lots().getFirst().programmeId()).isNull();
        assertThat(seen.lots().getFirst().fund()).isNull();
    }

    @Test
    void the_next_expiry_is_of_what_ends_first_and_a_lot_has_ended_at_its_very_instant() {
        WalletView seen =
                view(
                        lot(LotKind.AWARD, 100, NOW),
                        lot(LotKind.AWARD, 200, NOW.plusSeconds(5)),
                        lot(LotKind.AWARD, 300, NOW.plusSeconds(5)),
                        lot(LotKind.AWARD, 400, NOW.plusSeconds(6)));

        assertThat(seen.total()).isEqualTo(new Points(900));
        assertThat(seen.lots()).hasSize(3);
        assertThat(seen.nextExpiry())
                .isEqualTo(new WalletView.Expiry(NOW.plusSeconds(5), new Points(500)));
    }
}
