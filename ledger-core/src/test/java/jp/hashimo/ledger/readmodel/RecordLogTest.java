package jp.hashimo.ledger.readmodel;

import static jp.hashimo.ledger.testing.City.AOI;
import static jp.hashimo.ledger.testing.City.GREENGROCER;
import static jp.hashimo.ledger.testing.City.HANA;
import static jp.hashimo.ledger.testing.City.KEN;
import static jp.hashimo.ledger.testing.City.SUPERMARKET;
import static jp.hashimo.ledger.testing.SaleTerms.aSale;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import jp.hashimo.ledger.campaign.Channel;
import jp.hashimo.ledger.campaign.PurchaseEvent.PurchaseReserved;
import jp.hashimo.ledger.id.CampaignId;
import jp.hashimo.ledger.id.CitizenId;
import jp.hashimo.ledger.id.PaymentId;
import jp.hashimo.ledger.id.PurchaseId;
import jp.hashimo.ledger.id.RegisterId;
import jp.hashimo.ledger.id.WalletId;
import jp.hashimo.ledger.merchant.ChangeStore.Change;
import jp.hashimo.ledger.merchant.StoreClass;
import jp.hashimo.ledger.payment.ProposePayment;
import jp.hashimo.ledger.payment.ScanMode;
import jp.hashimo.ledger.testing.City;
import jp.hashimo.ledger.testing.RecordedLog;
import jp.hashimo.ledger.testing.Stories;
import jp.hashimo.ledger.wallet.RegisterCitizen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Records the log of a city in which everything happens: to be thrown away, or, with {@code
 * -Dledger.record=name}, into {@code src/test/recorded/name}, to be kept.
 */
class RecordLogTest {
    private static final long SEED = 20_231_002;
    private static final int NEWCOMERS = 5;
    private static final int FEW_ENOUGH_TO_READ = 600;

    @TempDir Path elsewhere;

    @Test
    void a_recording_holds_every_kind_of_fact_and_opens_with_its_own_figures() throws IOException {
        String name = System.getProperty("ledger.record");
        Path folder = name == null ? elsewhere.resolve("recording") : RecordedLog.folderFor(name);

        RecordedLog recording = record(folder);

        try (var ledger = OlderLedger.of(recording, RecordedLog.Part.EVERYTHING)) {
            assertThat(ledger.facts())
                    .hasSizeLessThan(FEW_ENOUGH_TO_READ)
                    .<Class<?>>extracting(fact -> fact.event().getClass())
                    .containsAll(List.copyOf(LedgerEvents.all()));
            assertThat(RecordedLog.figuresOf(ledger.database()))
                    .isEqualTo(recording.text("figures.txt"));
        }
    }

    private static RecordedLog record(Path folder) throws IOException {
        try (var city = RecordedCity.of(story())) {
            RecordedLog recording = RecordedLog.write(folder, city.database(), newestMigration());
            Files.writeString(
                    folder.resolve("usable.txt"), UsablePoints.text(UsablePoints.at(city.node())));
            return recording;
        }
    }

    /** A random life of the city, and a last evening that leaves every wallet with something. */
    private static City story() {
        City city = CityLife.of(SEED);
        Stories.runJobs(city);
        var sale = new CampaignId(city.newId());
        city.and(sale, aSale().fiscalYear(2026).saleFrom(city.now()));
        for (WalletId wallet : City.RESIDENTS) {
            city.payCash(reserved(city, sale, wallet, Channel.COUNTER), "evening " + wallet);
        }
        PurchaseId byCard = reserved(city, sale, KEN, Channel.CARD);
        city.payByProvider(byCard, "card of the evening", 3_000);
        PurchaseId atTheShop = reserved(city, sale, AOI, Channel.CONVENIENCE);
        city.payByProvider(atTheShop, "slip of the evening", 3_000);
        city.changeStore(SUPERMARKET, new Change.Resume());
        city.changeStore(SUPERMARKET, new Change.Reclassify(StoreClass.COMMON, city.now()));
        streetFair(city, sale);
        // Quotation marks and a backslash, as a shopkeeper may write them.
        var till = new RegisterId(city.newId());
        city.changeStore(GREENGROCER, new Change.OpenRegister(till, "レジ2 \"奥\" \\ 予備"));
        city.confirm(scanned(city, KEN, till, 450), City.citizen(KEN));
        city.after(Duration.ofMinutes(1));
        city.pays(AOI, SUPERMARKET, 1_700);
        city.decline(city.proposed(AOI, SUPERMARKET, 300), City.store(SUPERMARKET));
        scanned(city, HANA, till, 820);
        city.proposed(KEN, SUPERMARKET, 610);
        return city;
    }

    /** People move to the city, buy, and spend at both stores, each in a way of their own. */
    private static void streetFair(City city, CampaignId sale) {
        for (int i = 1; i <= NEWCOMERS; i++) {
            var wallet = new WalletId(city.newId());
            boolean isKnown = i == NEWCOMERS;
            var keys = List.of("family " + (isKnown ? 1 : i), "phone " + i);
            city.does(
                    new RegisterCitizen(
                            new CitizenId(city.newId()), wallet, keys, isKnown, City.CLERK));
            city.payCash(reserved(city, sale, wallet, Channel.COUNTER), "fair " + i);
            city.after(Duration.ofSeconds(20));
            city.pays(wallet, GREENGROCER, 180L * i);
            city.pays(wallet, SUPERMARKET, 1_000);
            // The same again a moment later: asked about, and paid.
            city.pays(wallet, SUPERMARKET, 1_000);
            city.decline(city.proposed(wallet, GREENGROCER, 100), City.citizen(wallet));
        }
    }

    private static PurchaseId reserved(
            City city, CampaignId sale, WalletId wallet, Channel channel) {
        return city.reserve(sale, wallet, 3_000, channel).fact(PurchaseReserved.class).purchaseId();
    }

    /** The greengrocer scans a code at a till, and the resident is asked. */
    private static PaymentId scanned(City city, WalletId wallet, RegisterId till, long points) {
        var payment = new PaymentId(city.newId());
        var proposed =
                city.does(
                        new ProposePayment(
                                payment,
                                wallet,
                                GREENGROCER,
                                till,
                                ScanMode.STORE_SCAN,
                                "code for " + points,
                                points,
                                City.HELD_FOR));
        assertThat(proposed.isAccepted()).isTrue();
        return payment;
    }

    /** Of all modules: a recording stands for the data folder of the whole service. */
    private static String newestMigration() {
        return Stream.of("ledger-core", "ledger-api")
                .map(module -> Path.of("..", module, "src", "main", "resources", "db", "migration"))
                .flatMap(RecordLogTest::files)
                .map(file -> String.valueOf(file.getFileName()))
                .map(file -> file.substring(1, file.indexOf("__")))
                .max(Comparator.comparingInt(Integer::parseInt))
                .orElseThrow();
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
