package jp.hashimo.api.demo;

import com.github.f4b6a3.uuid.UuidCreator;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import jp.hashimo.api.http.Requests;
import jp.hashimo.api.identity.Accounts;
import jp.hashimo.api.identity.Caller;
import jp.hashimo.api.identity.Person;
import jp.hashimo.api.identity.PersonKeys;
import jp.hashimo.api.identity.Role;
import jp.hashimo.api.identity.Vault;
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
import jp.hashimo.ledger.id.CitizenId;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.id.UserId;
import jp.hashimo.ledger.id.WalletId;
import jp.hashimo.ledger.merchant.MerchantEvent.MerchantRegistered;
import jp.hashimo.ledger.merchant.RegisterMerchant;
import jp.hashimo.ledger.merchant.StoreClass;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.money.TokyoTime;
import jp.hashimo.ledger.money.Yen;
import jp.hashimo.ledger.wallet.RegisterCitizen;
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
    private final PersonKeys personKeys;
    private final Requests requests;
    private final Clock wall = Clock.systemUTC();

    DemoSettlers(
            JdbcClient jdbc,
            Ledger ledger,
            Accounts accounts,
            Vault vault,
            PersonKeys personKeys,
            Requests requests) {
        this.jdbc = jdbc;
        this.ledger = ledger;
        this.accounts = accounts;
        this.vault = vault;
        this.personKeys = personKeys;
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
        var person =
                new Person(
                        parts[0],
                        parts[1],
                        LocalDate.parse(parts[2]),
                        "0900000%04d".formatted(index + 1),
                        null);
        var registered =
                (CitizenRegistered)
                        once(
                                "resident " + index,
                                () ->
                                        new RegisterCitizen(
                                                new CitizenId(UuidCreator.getTimeOrderedEpoch()),
                                                new WalletId(UuidCreator.getTimeOrderedEpoch()),
                                                personKeys.of(person),
                                                false,
                                                user("counter1")));
        vault.put(registered.citizenId(), person);
        personKeys.keep(registered.citizenId(), person);
        var caller =
                new Caller(
                        user("citizen" + index),
                        Set.of(Role.CITIZEN),
                        registered.citizenId(),
                        registered.walletId(),
                        null,
                        null);
        login(index, caller, Role.CITIZEN, "citizen" + (index + 1), person.displayName(), null);
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
        vault.put(
                registered.merchantId(),
                Map.of(
                        "name",
                        shop.name(),
                        "bankAccount",
                        Map.of(
                                "bankCode", "9999",
                                "branchCode", "001",
                                "type", "1",
                                "number", "%07d".formatted(1_000_001 + index),
                                "holderKana", "ﾃﾞﾓﾃﾝ" + (index + 1))));
        var caller =
                new Caller(
                        user(shop.login()),
                        Set.of(Role.STORE),
                        null,
                        null,
                        registered.merchantId(),
                        null);
        login(100 + index, caller, Role.STORE, shop.login(), shop.name(), shop.storeClass());
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
        login(200 + index, caller, staff.role(), staff.login(), staff.name(), null);
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

    private void login(
            int ordinal,
            Caller caller,
            Role role,
            String login,
            String name,
            @Nullable StoreClass storeClass) {
        accounts.open(caller, login, PASSWORD);
        jdbc.sql(
                        """
                        INSERT INTO demo_login (ordinal, role, login, password, display_name, citizen_id, wallet_id, merchant_id,
                            store_class)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING\
                        """)
                .params(
                        Arrays.asList(
                                ordinal,
                                role.name(),
                                login,
                                PASSWORD,
                                name,
                                text(caller.citizenId()),
                                text(caller.walletId()),
                                text(caller.merchantId()),
                                text(storeClass)))
                .update();
    }

    /** The last fact of a step, done now or at an earlier start. */
    private LedgerEvent once(String step, Supplier<Command<?, ?>> command) {
        var stamp =
                new Stamp(
                        requests.idOf("demo", step),
                        "demo",
                        "demo",
                        wall.instant().plusSeconds(30));
        return switch (ledger.execute(command.get(), stamp)) {
            case Outcome.Done done -> done.events().getLast().event();
            case Outcome other ->
                    throw new IllegalStateException(
                            "the demo town cannot be settled: " + step + " " + other);
        };
    }

    /** The same user at every start. */
    private static UserId user(String login) {
        return new UserId(
                UUID.nameUUIDFromBytes(("demo " + login).getBytes(StandardCharsets.UTF_8)));
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static Instant at(int year, int month, int day, int hour) {
        return LocalDate.of(year, month, day).atTime(hour, 0).atZone(TokyoTime.TOKYO).toInstant();
    }
}
