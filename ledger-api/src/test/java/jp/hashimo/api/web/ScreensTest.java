package jp.hashimo.api.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.hashimo.api.identity.Caller;
import jp.hashimo.api.identity.Role;
import jp.hashimo.api.testing.ApiTest;
import jp.hashimo.api.testing.Call;
import jp.hashimo.api.testing.Person;
import jp.hashimo.api.testing.Reply;
import jp.hashimo.api.web.TestBrowser.Size;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.merchant.StoreClass;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.Environment;

/** One citizen and one store side by side, each with a screen. */
class ScreensTest extends ApiTest {
    private static TestBrowser browser;

    @BeforeAll
    static void openBrowser() {
        browser = TestBrowser.open(address(), null);
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @AfterEach
    void nothing_went_wrong_on_any_screen() {
        browser.requireNoFaults();
    }

    @Test
    void a_citizen_signs_in_and_is_led_to_the_wallet() {
        var caller = citizen().caller();
        var login =
                new Caller(
                        userId(),
                        caller.roles(),
                        caller.citizenId(),
                        caller.walletId(),
                        null,
                        null);
        // One account for each citizen: this one belongs to the same wallet and to nobody else.
        signIn(withoutCitizen(login), "sakura-mochi");
        Page page = browser.window(Size.PHONE);

        page.navigate("/wallet");
        page.getByLabel("ログインID").fill(login.userId().toString());
        page.getByLabel("パスワード").fill("sakura-mochi");
        press(page, "ログイン");

        assertThat(page.locator("#available")).hasText("0ポイント");
        TestBrowser.picture(page, "wallet-empty");
    }

    private static Caller withoutCitizen(Caller caller) {
        return new Caller(
                caller.userId(), Set.of(Role.CITIZEN), null, caller.walletId(), null, null);
    }

    @Test
    void a_citizen_reads_the_stores_code_and_the_store_says_ok() {
        Person citizen = citizenWith(10_000, now().plus(Duration.ofDays(120)));
        Person store = store("まるは青果店", StoreClass.LOCAL);
        Page till = browser.window(Size.TABLET, store);
        till.navigate("/store");
        assertThat(till.locator("#link")).hasText("つながっています");
        Page phone = browser.window(Size.PHONE, citizen);

        phone.navigate("/wallet");
        assertThat(phone.locator("#available")).hasText("13,000ポイント");
        TestBrowser.picture(phone, "wallet");
        phone.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("払う")).first().click();
        TestBrowser.picture(phone, "pay-scan");
        phone.getByLabel("お店の番号").fill(number(store));
        press(phone, "この番号のお店で払う");
        assertThat(phone.locator("#store-name")).hasText("まるは青果店");
        assertThat(phone.locator("#usable")).containsText("13,000ポイント");
        enter(phone, "700");
        TestBrowser.picture(phone, "pay-amount");
        press(phone, "700円 をお店に送る");

        assertThat(phone.locator(".card h2")).hasText("お店の確認を待っています");
        TestBrowser.picture(phone, "pay-waiting");
        Locator card = till.locator("#waiting .card");
        assertThat(card).containsText("700円");
        TestBrowser.picture(till, "store-asked");
        press(till, "OK 受け取る");

        assertThat(card.locator("h2")).hasText("支払われました");
        TestBrowser.picture(till, "store-paid");
        assertThat(phone.locator(".card h2")).hasText("支払いました");
        assertThat(phone.getByText("残りは 12,300ポイント です。")).isVisible();
        TestBrowser.picture(phone, "pay-done");
        assertThat(till.locator("#sales-total")).hasText("700円（1件）");
    }

    @Test
    void a_store_reads_the_citizens_code_and_the_citizen_says_ok() {
        Person citizen = citizenWith(3_000, now().plus(Duration.ofDays(120)));
        Person store = store("スーパー紀ノ川 橋本店", StoreClass.COMMON);
        Page phone = browser.window(Size.PHONE, citizen);
        phone.navigate("/wallet/code");
        assertThat(phone.locator("#qr")).isVisible();
        TestBrowser.picture(phone, "code");
        Page till = browser.window(Size.PHONE, store);
        till.navigate("/store");

        press(till, "金額を入れて、コードを読む");
        enter(till, "1200");
        till.locator("#scan-code").fill(shownCode(phone));
        TestBrowser.picture(till, "store-scan");
        till.locator("#scan-code").press("Enter");

        assertThat(till.locator("#waiting .card h2")).hasText("お客さまの確認を待っています");
        assertThat(phone.locator(".card h2")).hasText("このお店に払いますか");
        assertThat(phone.locator(".card")).containsText("スーパー紀ノ川 橋本店");
        assertThat(phone.locator(".card")).containsText("1,200円");
        TestBrowser.picture(phone, "code-asked");
        press(phone, "OK 払う");

        assertThat(phone.locator(".card h2")).hasText("支払いました");
        assertThat(till.locator("#waiting .card h2")).hasText("支払われました");
        TestBrowser.picture(till, "store-scan-paid");
    }

    @Test
    void a_proposal_outlives_an_interruption_of_either_screen() {
        Person citizen = citizenWith(1_000, now().plus(Duration.ofDays(120)));
        Person store = store("橋本ベーカリー", StoreClass.LOCAL);
        Reply proposal = propose(citizen, store, 300);

        Page phone = browser.window(Size.PHONE, citizen);
        phone.navigate("/wallet");
        Page till = browser.window(Size.TABLET, store);
        till.navigate("/store");
        till.reload();
        assertThat(till.locator("#waiting .card h2")).hasText("お客さまの支払いです");
        assertThat(phone.locator("#waiting")).containsText("橋本ベーカリー 300円");
        phone.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("開く")).click();
        assertThat(phone.locator(".card h2")).hasText("お店の確認を待っています");
        press(phone, "取りやめる");

        assertThat(phone.locator(".card h2")).hasText("取りやめになりました");
        assertThat(till.locator("#waiting .card h2")).hasText("取りやめになりました");
        TestBrowser.picture(phone, "pay-declined");
        assertThat(
                        Call.by(citizen)
                                .get("/api/v1/payments/" + proposal.at("/paymentId"))
                                .at("/state"))
                .isEqualTo("DECLINED");
    }

    @Test
    void more_than_can_be_spent_is_refused_in_words_before_anything_is_sent() {
        Person citizen = citizenWith(1_000, now().plus(Duration.ofDays(120)));
        Person store = store("ドラッグたかの", StoreClass.COMMON);
        Page phone = browser.window(Size.PHONE, citizen);

        phone.navigate("/wallet/pay?code=" + number(store));
        assertThat(phone.locator("#usable")).containsText("ここでは使えない 300ポイント");
        enter(phone, "1001");

        assertThat(phone.locator("#send")).isDisabled();
        assertThat(phone.locator("#problem")).containsText("1,000ポイント");
        TestBrowser.picture(phone, "pay-too-much");
    }

    @Test
    void the_camera_reads_the_code_that_hangs_in_the_shop(@TempDir Path folder) throws IOException {
        Person citizen = citizenWith(1_000, now().plus(Duration.ofDays(120)));
        Person store = store("きのくに文具", StoreClass.LOCAL);
        String code =
                Call.by(store).get("/api/v1/merchants/" + store.merchantId() + "/code").at("/url");

        try (var withFilm =
                TestBrowser.open(address(), Film.of(code, folder.resolve("shop.y4m")))) {
            Page phone = withFilm.window(Size.PHONE, citizen);
            phone.navigate("/wallet/pay");

            assertThat(phone.locator("#store-name")).hasText("きのくに文具");
            withFilm.requireNoFaults();
        }
    }

    @Test
    void a_counter_clerk_sells_for_cash() {
        Person citizen = citizen();
        saleUntil(now().plus(Duration.ofDays(90)));
        Page desk = browser.window(Size.TABLET, staff(Role.COUNTER));

        desk.navigate("/counter");
        desk.getByRole(AriaRole.SEARCHBOX).fill(citizen.walletId().toString());
        press(desk, "さがす");
        desk.locator("#found button").click();
        enter(desk, "5000");
        press(desk, "予約する");
        assertThat(desk.locator("#reserved-amount")).hasText("5,000円");
        TestBrowser.picture(desk, "counter-cash");
        press(desk, "現金を受け取りました");

        assertThat(desk.locator("#issued-text")).hasText("6,500ポイント が入りました。");
        TestBrowser.picture(desk, "counter-issued");
    }

    @Test
    void an_auditor_sees_that_the_books_balance() {
        citizenWith(10_000, now().plus(Duration.ofDays(120)));
        Page desk = browser.window(Size.TABLET, staff(Role.AUDITOR));

        desk.navigate("/staff");

        assertThat(desk.locator("#books-state")).containsText("差 0円");
        TestBrowser.picture(desk, "staff");
    }

    @Test
    void every_page_can_be_read_and_pressed_on_the_smallest_screen() {
        Person citizen = citizenWith(2_000, now().plus(Duration.ofDays(120)));
        Person store = store("花の店 はな", StoreClass.LOCAL);
        propose(citizen, store, 300);

        for (Wording wording : Wording.values()) {
            Page phone = browser.window(Size.SMALL, citizen, wording);
            for (String path :
                    List.of(
                            "/",
                            "/wallet",
                            "/wallet/pay",
                            "/wallet/pay?code=" + number(store),
                            "/wallet/code",
                            "/wallet/buy",
                            "/wallet/history",
                            "/problems/insufficient-points")) {
                requireReadable(phone, path);
            }
            Page till = browser.window(Size.SMALL, store, wording);
            requireReadable(till, "/store");
            requireReadable(till, "/store/poster");
            requireReadable(browser.window(Size.SMALL, staff(Role.COUNTER), wording), "/counter");
            requireReadable(browser.window(Size.SMALL, staff(Role.AUDITOR), wording), "/staff");
        }
    }

    @Test
    void the_pages_speak_in_three_ways_and_in_the_dark() {
        Person citizen = citizenWith(10_000, now().plus(Duration.ofDays(120)));
        for (Wording wording : List.of(Wording.EASY, Wording.ENGLISH)) {
            Page phone = browser.window(Size.PHONE, citizen, wording);
            phone.navigate("/wallet");
            assertThat(phone.locator("#expiries li")).not().hasCount(0);
            TestBrowser.picture(phone, "wallet-" + wording.code());
        }
        Page dark = browser.darkWindow(Size.PHONE, citizen);
        dark.navigate("/wallet");
        assertThat(dark.locator("#expiries li")).not().hasCount(0);
        TestBrowser.picture(dark, "wallet-dark");
        dark.navigate("/wallet/history");
        assertThat(dark.locator("#entries li")).not().hasCount(0);
        TestBrowser.picture(dark, "history-dark");
    }

    /** Letters of at least 18 px, targets of at least 48 px, and nothing beyond the right edge. */
    private static void requireReadable(Page page, String path) {
        page.navigate(path);
        page.waitForLoadState();
        page.waitForFunction("() => document.querySelector('main') !== null");
        Object faults =
                page.evaluate(
                        """
                        () => {
                          const seen = (e) => e.checkVisibility() && !e.closest('.unseen, .skip')
                            && e.getBoundingClientRect().width > 2;
                          const name = (e) => `${e.tagName} ${e.id} ${e.textContent.trim().slice(0, 20)}`;
                          const faults = [];
                          if (document.documentElement.scrollWidth > innerWidth) {
                            faults.push(`wide: ${document.documentElement.scrollWidth}`);
                          }
                          for (const e of document.querySelectorAll('body *')) {
                            const ownText = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim() !== '');
                            if (seen(e) && ownText && parseFloat(getComputedStyle(e).fontSize) < 18) {
                              faults.push(`small letters: ${name(e)}`);
                            }
                          }
                          for (const e of document.querySelectorAll('a, button, input, label.button')) {
                            const box = e.getBoundingClientRect();
                            if (seen(e) && (box.height < 48 || box.width < 48)) {
                              faults.push(`small target: ${name(e)} ${box.width} x ${box.height}`);
                            }
                          }
                          return faults;
                        }
                        """);
        assertThat((List<?>) faults).as(path).isEmpty();
    }

    private static void press(Page page, String name) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true))
                .click();
    }

    private static void enter(Page page, String amount) {
        amount.chars()
                .forEach(digit ->
                        page.locator(".pad:visible button[data-digit='" + (char) digit + "']")
                                .click());
    }

    /** What the store would read from the citizen's screen. */
    private static String shownCode(Page phone) {
        return (String)
                phone.evaluate(
                        "() => new URL(document.querySelector('#qr').src).searchParams.get('text')");
    }

    private static Reply propose(Person citizen, Person store, long amount) {
        return Call.by(citizen)
                .post(
                        "/api/v1/payments",
                        Map.of("mode", "USER_SCAN", "code", number(store), "amount", amount));
    }

    private static String number(Person store) {
        return bean(StoreOfCode.class).numberOf(store.merchantId()).orElseThrow().toString();
    }

    /** A store with a name, and somebody who works there. */
    private static Person store(String name, StoreClass storeClass) {
        Reply registered =
                Call.by(staff(Role.FINANCE_CLERK))
                        .post(
                                "/api/v1/merchants",
                                Map.of(
                                        "name",
                                        name,
                                        "storeClass",
                                        storeClass,
                                        "bankAccount",
                                        Map.of(
                                                "bankCode",
                                                "0163",
                                                "branchCode",
                                                "001",
                                                "type",
                                                "1",
                                                "number",
                                                "1234567",
                                                "holderKana",
                                                "ハシモト")));
        assertThat(registered.status()).as(registered.text()).isEqualTo(201);
        // Its number is read from the tables, which follow the log.
        awaitTables();
        return shopkeeperOf(MerchantId.parse(registered.at("/merchantId")));
    }

    private static String address() {
        return "http://localhost:" + bean(Environment.class).getProperty("local.server.port");
    }
}
