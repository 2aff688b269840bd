package jp.hashimo.ledger.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What an id prints is what it reads, and nothing else. */
class IdProperties {

    /** One kind of id: how it is made and how it is read. */
    record Kind(String prefix, Function<UUID, Id> made, Function<String, Id> read) {}

    @Provide
    Arbitrary<Kind> kinds() {
        return Arbitraries.of(allKinds().toList());
    }

    private static Stream<Kind> allKinds() {
        return Stream.of(
                new Kind("apr", ApprovalId::new, ApprovalId::parse),
                new Kind("cmp", CampaignId::new, CampaignId::parse),
                new Kind("cit", CitizenId::new, CitizenId::parse),
                new Kind("dev", DeviceId::new, DeviceId::parse),
                new Kind("lot", LotId::new, LotId::parse),
                new Kind("mer", MerchantId::new, MerchantId::parse),
                new Kind("pay", PaymentId::new, PaymentId::parse),
                new Kind("prg", ProgrammeId::new, ProgrammeId::parse),
                new Kind("pur", PurchaseId::new, PurchaseId::parse),
                new Kind("reg", RegisterId::new, RegisterId::parse),
                new Kind("tsk", TaskId::new, TaskId::parse),
                new Kind("usr", UserId::new, UserId::parse),
                new Kind("wal", WalletId::new, WalletId::parse));
    }

    @Property
    void an_id_reads_what_it_prints(
            @ForAll @From("kinds") Kind kind, @ForAll long high, @ForAll long low) {
        Id id = kind.made().apply(new UUID(high, low));
        assertThat(id.toString()).matches(kind.prefix() + "_[0-9a-f]{32}");
        assertThat(kind.read().apply(id.toString())).isEqualTo(id);
    }

    @Property
    void later_ids_print_later(@ForAll long low, @ForAll long high) {
        UUID one = new UUID(high, low);
        UUID other = new UUID(high, low + 1);
        assertThat(Integer.signum(new LotId(one).toString().compareTo(new LotId(other).toString())))
                .isEqualTo(Long.compareUnsigned(low, low + 1));
    }

    @Property
    void an_id_of_another_kind_is_refused(
            @ForAll @From("kinds") Kind kind, @ForAll @From("kinds") Kind other) {
        if (!kind.equals(other) && !kind.prefix().equals(other.prefix())) {
            assertRefused(kind, other.made().apply(new UUID(1, 2)).toString());
        }
    }

    @Property(tries = 50)
    void anything_but_the_printed_form_is_refused(@ForAll @From("kinds") Kind kind) {
        String good = kind.made().apply(new UUID(0xABC_DEFL, 0xABC_DEFL)).toString();
        Stream.of(
                        "",
                        kind.prefix(),
                        kind.prefix() + "_",
                        good.substring(1),
                        good.substring(0, good.length() - 1),
                        good + "0",
                        " " + good,
                        good + "\n",
                        good.replace('_', '-'),
                        good.toUpperCase(Locale.ROOT),
                        good.replace('a', 'A'),
                        good.replace('a', 'g'),
                        good.replace('0', '０'),
                        kind.prefix() + "_" + new UUID(1, 2))
                .forEach(text -> assertRefused(kind, text));
    }

    private static void assertRefused(Kind kind, String text) {
        assertThatIllegalArgumentException()
                .describedAs(text)
                .isThrownBy(() -> kind.read().apply(text));
    }
}
