package jp.hashimo.api.demo;

import com.github.f4b6a3.uuid.UuidCreator;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import jp.hashimo.api.http.NewLogin;
import jp.hashimo.api.http.Requests;
import jp.hashimo.api.identity.Accounts;
import jp.hashimo.api.identity.Caller;
import jp.hashimo.api.identity.Role;
import jp.hashimo.api.identity.Vault;
import jp.hashimo.api.merchant.BankAccount;
import jp.hashimo.api.merchant.StoreProfile;
import jp.hashimo.api.wallet.Kana;
import jp.hashimo.api.wallet.Phone;
import jp.hashimo.api.wallet.Registration;
import jp.hashimo.api.wallet.Registrations;
import jp.hashimo.gateway.StoreNumber;
import jp.hashimo.ledger.campaign.CampaignEvent.CampaignDrafted;
import jp.hashimo.ledger.campaign.CampaignTerms;
import jp.hashimo.ledger.campaign.DraftCampaign;
import jp.hashimo.ledger.campaign.LateReversal;
import jp.hashimo.ledger.campaign.SteerCampaign;
import jp.hashimo.ledger.decision.Command;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.eventstore.Ledger;
import jp.hashimo.ledger.eventstore.Outcome;
import jp.hashimo.ledger.eventstore.Stamp;
import jp.hashimo.ledger.id.CampaignId;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.id.UserId;
import jp.hashimo.ledger.merchant.MerchantEvent.MerchantRegistered;
import jp.hashimo.ledger.merchant.RegisterMerchant;
import jp.hashimo.ledger.merchant.StoreClass;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.money.TokyoTime;
import jp.hashimo.ledger.money.Yen;
import jp.hashimo.ledger.wallet.WalletEvent.CitizenRegistered;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Settles the demo town by the same commands as a real one. Every step has a name, and a command is
 * done once for its name, so that a start that was cut off goes on where it stood.
 */
@Component
@Profile("demo")
class DemoSettlers {
    /** 令和5年度 Hashi-Mo: the sale opened on 2 October 2023 at nine. */
    static final Instant SALE_FROM = at(2023, 10, 2, 9);

    private static final String PASSWORD = "hashimo-demo";

    private final JdbcClient jdbc;
    private final Ledger ledger;
    private final Accounts accounts;
    private final Vault vault;
    private final Registrations registrations;
    private final Requests requests;
    private final Clock wall = Clock.systemUTC();

    DemoSettlers(
            JdbcClient jdbc,
            Ledger ledger,
            Accounts accounts,
            Vault vault,
            Registrations registrations,
            Requests requests) {
        this.jdbc = jdbc;
        this.ledger = ledger;
        this.accounts = accounts;
        this.vault = vault;
        this.registrations = registrations;
        this.requests = requests;
    }

    private record Staff(Role role, String login, String name, @Nullable String department) {}

    private static final List<Staff> STAFF =
            List.of(
                    new Staff(Role.COUNTER, "counter1", "窓口 花子", null),
                    new Staff(Role.COUNTER, "counter2", "窓口 太郎", null),
                    new Staff(Role.CAMPAIGN_MANAGER, "campaign1", "企画 一郎", null),
                    new Staff(Role.CAMPAIGN_MANAGER, "campaign2", "企画 二葉", null),
                    new Staff(Role.DEPARTMENT_CLERK, "department1", "健康 一美", "HEALTH"),
                    new Staff(Role.DEPARTMENT_CLERK, "department2", "健康 二郎", "HEALTH"),
                    new Staff(Role.FINANCE_CLERK, "finance1", "会計 一子", null),
                    new Staff(Role.FINANCE_CLERK, "finance2", "会計 二男", null),
                    new Staff(Role.FINANCE_APPROVER, "approver1", "出納 一代", null),
                    new Staff(Role.FINANCE_APPROVER, "approver2", "出納 二朗", null),
                    new Staff(Role.AUDITOR, "auditor1", "監査 正子", null),
                    new Staff(Role.SUPPORT, "support1", "相談 進", null),
                    new Staff(Role.ADMIN, "admin1", "管理 守", null));

    private record Shop(String login, String name, StoreClass storeClass) {}

    private static final List<Shop> SHOPS =
            List.of(
                    new Shop("store1", "まるは青果店", StoreClass.LOCAL),
                    new Shop("store2", "橋本ベーカリー", StoreClass.LOCAL),
                    new Shop("store3", "きのくに文具", StoreClass.LOCAL),
                    new Shop("store4", "スーパー紀ノ川 橋本店", StoreClass.COMMON),
                    new Shop("store5", "ドラッグたかの 高野口店", StoreClass.COMMON));

    private static final List<String> RESIDENTS =
            List.of(
                    "山本 和子/ヤマモト カズコ/1945-03-08",
                    "田中 実/タナカ ミノル/1951-11-23",
                    "中村 さくら/ナカムラ サクラ/1998-04-02",
                    "森本 健/モリモト ケン/1985-07-15",
                    "岡田 ふみ/オカダ フミ/1938-01-30",
                    "井上 翔太/イノウエ ショウタ/2001-09-09",
                    "松本 由美/マツモト ユミ/1972-12-01",
                    "前田 清/マエダ キヨシ/1949-06-18",
                    "西川 あおい/ニシカワ アオイ/1990-02-28",
                    "上田 光/ウエダ ヒカル/1964-08-12");

    /** Everybody and everything; the campaign's id. */
    String settle() {
        IntStream.range(0, RESIDENTS.size()).forEach(this::resident);
        IntStream.range(0, SHOPS.size()).forEach(this::shop);
        IntStream.range(0, STAFF.size()).forEach(this::staff);
        return campaign().toString();
    }

    List<DemoLogin> logins() {
        return jdbc.sql("SELECT * FROM demo_login ORDER BY ordinal")
                .query((row, _) ->
                        new DemoLogin(
                                Role.valueOf(row.getString("role")),
                                row.getString("login"),
                                row.getString("password"),
                                row.getString("display_name"),
                                row.getString("citizen_id"),
                                row.getString("wallet_id"),
                                row.getString("merchant_id"),
                                row.getString("store_class") == null
                                        ? null
                                        : StoreClass.valueOf(row.getString("store_class"))))
                .list();
    }

    private void resident(int index) {
        String[] parts = RESIDENTS.get(index).split("/", -1);
        String login = "citizen" + (index + 1);
        var registration =
                new Registration(
                        parts[0],
                        Kana.parse(parts[1]),
                        parts[1],
                        LocalDate.parse(parts[2]),
                        Phone.parse("0900000%04d".formatted(index + 1)),
                        new NewLogin(login, PASSWORD),
                        null,
                        null);
        var registered =
                (CitizenRegistered)
                        done(
                                "resident",
                                registrations.register(
                                        registration,
                                        user("counter1"),
                                        stamp("resident " + index)));
        remember(
                index,
                new DemoLogin(
                        Role.CITIZEN,
                        login,
                        PASSWORD,
                        parts[0],
                        registered.citizenId().toString(),
                        registered.walletId().toString(),
                        null,
                        null));
    }

    private void shop(int index) {
        Shop shop = SHOPS.get(index);
        var registered =
                (MerchantRegistered)
                        once(
                                "store " + index,
                                () ->
                                        new RegisterMerchant(
                                                new MerchantId(UuidCreator.getTimeOrderedEpoch()),
                                                StoreNumber.ofSerial(1001 + index).number(),
                                                shop.storeClass()));
        // Bank 9999 is assigned to nobody.
        var account =
                new BankAccount("9999", "001", "1", "%07d".formatted(1_000_001 + index), "デモテン");
        vault.put(registered.merchantId(), new StoreProfile(shop.name(), null, account, 0));
        var caller =
                new Caller(
                        user(shop.login()),
                        Set.of(Role.STORE),
                        null,
                        null,
                        registered.merchantId(),
                        null);
        accounts.open(caller, shop.login(), PASSWORD);
        remember(
                100 + index,
                new DemoLogin(
                        Role.STORE,
                        shop.login(),
                        PASSWORD,
                        shop.name(),
                        null,
                        null,
                        registered.merchantId().toString(),
                        shop.storeClass()));
    }

    private void staff(int index) {
        Staff staff = STAFF.get(index);
        var caller =
                new Caller(
                        user(staff.login()),
                        Set.of(staff.role()),
                        null,
                        null,
                        null,
                        staff.department());
        accounts.open(caller, staff.login(), PASSWORD);
        remember(
                200 + index,
                new DemoLogin(
                        staff.role(),
                        staff.login(),
                        PASSWORD,
                        staff.name(),
                        null,
                        null,
                        null,
                        null));
    }

    private CampaignId campaign() {
        var terms =
                new CampaignTerms(
                        "Hashi-Mo 令和5年度プレミアム付デジタル商品券",
                        2023,
                        new Yen(1_000),
                        new Points(300),
                        new Yen(10_000),
                        new Points(30_000_000),
                        SALE_FROM,
                        at(2024, 2, 1, 0),
                        at(2024, 2, 16, 0),
                        LateReversal.FORFEIT);
        var drafted =
                (CampaignDrafted)
                        once(
                                "campaign",
                                () ->
                                        new DraftCampaign(
                                                new CampaignId(UuidCreator.getTimeOrderedEpoch()),
                                                terms,
                                                user("campaign1")));
        once(
                "campaign approved",
                () ->
                        new SteerCampaign(
                                drafted.campaignId(),
                                new SteerCampaign.Move.Approve(),
                                user("campaign2")));
        return drafted.campaignId();
    }

    private void remember(int ordinal, DemoLogin login) {
        jdbc.sql(
                        """
                        INSERT INTO demo_login (ordinal, role, login, password, display_name, citizen_id, wallet_id, merchant_id,
                            store_class)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING\
                        """)
                .params(
                        Arrays.asList(
                                ordinal,
                                login.role().name(),
                                login.login(),
                                login.password(),
                                login.displayName(),
                                login.citizenId(),
                                login.walletId(),
                                login.merchantId(),
                                login.storeClass() == null ? null : login.storeClass().name()))
                .update();
    }

    /** The last fact of a step, done now or at an earlier start. */
    private LedgerEvent once(String step, Supplier<Command<?, ?>> command) {
        return done(step, ledger.execute(command.get(), stamp(step)));
    }

    private static LedgerEvent done(String step, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done done -> done.events().getLast().event();
            case Outcome other ->
                    throw new IllegalStateException(
                            "the demo town cannot be settled: " + step + " " + other);
        };
    }

    private Stamp stamp(String step) {
        return new Stamp(
                requests.idOf("demo", step), "demo", "demo", wall.instant().plusSeconds(30));
    }

    /** The same user at every start. */
    private static UserId user(String login) {
        return new UserId(
                UUID.nameUUIDFromBytes(("demo " + login).getBytes(StandardCharsets.UTF_8)));
    }

    private static Instant at(int year, int month, int day, int hour) {
        return LocalDate.of(year, month, day).atTime(hour, 0).atZone(TokyoTime.TOKYO).toInstant();
    }
}
