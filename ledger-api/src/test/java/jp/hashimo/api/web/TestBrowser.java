package jp.hashimo.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import jp.hashimo.api.testing.Person;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * A Chromium of this machine with a camera of our making. Each person gets a window, and nothing
 * may go wrong in any of them.
 */
final class TestBrowser implements AutoCloseable {
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final List<String> NAMES =
            List.of("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome");

    private final String address;
    private final Playwright playwright;
    private final Browser browser;
    private final List<String> faults = Collections.synchronizedList(new ArrayList<>());

    /** The size of a window, in CSS pixels. */
    enum Size {
        PHONE(390, 844),
        TABLET(768, 1024),
        /** The narrowest screen that must do; also a phone at 200 %. */
        SMALL(320, 640);

        private final int width;
        private final int height;

        Size(int width, int height) {
            this.width = width;
            this.height = height;
        }
    }

    private TestBrowser(String address, Path chromium, @Nullable Path film) {
        this.address = address;
        this.playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync",
                                "--disable-dev-shm-usage",
                                "--use-fake-device-for-media-stream",
                                "--use-fake-ui-for-media-stream"));
        if (film != null) {
            arguments.add("--use-file-for-fake-video-capture=" + film.toAbsolutePath());
        }
        this.browser =
                playwright
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(chromium)
                                        .setArgs(arguments));
    }

    /**
     * Opens a browser; without one on this machine the test is skipped, or fails where CI is true.
     *
     * @param film what the camera sees, or null for its test picture
     */
    static TestBrowser open(String address, @Nullable Path film) {
        Optional<Path> chromium = find();
        if (!"true".equals(System.getenv("CI"))) {
            Assumptions.assumeTrue(
                    chromium.isPresent(),
                    "No Chromium was found: name one in CHROMIUM to test the screens.");
        }
        assertThat(chromium).as("a Chromium, on PATH or named in CHROMIUM").isPresent();
        return new TestBrowser(address, chromium.orElseThrow(), film);
    }

    private static Optional<Path> find() {
        String named = System.getenv("CHROMIUM");
        if (named != null && !named.isBlank()) {
            return Optional.of(Path.of(named));
        }
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A window in which nobody is signed in. */
    Page window(Size size) {
        return window(size, ColorScheme.LIGHT, List.of());
    }

    /** A window in which somebody is signed in. */
    Page window(Size size, Person person) {
        return window(size, ColorScheme.LIGHT, signedIn(person));
    }

    Page darkWindow(Size size, Person person) {
        return window(size, ColorScheme.DARK, signedIn(person));
    }

    /** A window that speaks in another way. */
    Page window(Size size, Person person, Wording wording) {
        return window(
                size,
                ColorScheme.LIGHT,
                Stream.concat(
                                signedIn(person).stream(),
                                Stream.of(cookie(WordingWiring.COOKIE, wording.code())))
                        .toList());
    }

    private List<Cookie> signedIn(Person person) {
        return List.of(cookie("hashimo-session", person.token()));
    }

    private Cookie cookie(String name, String value) {
        return new Cookie(name, value).setUrl(address);
    }

    private Page window(Size size, ColorScheme colours, List<Cookie> cookies) {
        BrowserContext context =
                browser.newContext(
                        new Browser.NewContextOptions()
                                .setBaseURL(address)
                                .setLocale("ja-JP")
                                .setTimezoneId("Asia/Tokyo")
                                .setColorScheme(colours)
                                .setHasTouch(true)
                                .setPermissions(List.of("camera"))
                                .setViewportSize(size.width, size.height));
        context.addCookies(cookies);
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (List.of("error", "warning").contains(message.type())) {
                faults.add(page.url() + " " + message.text());
            }
        });
        page.onPageError(error -> faults.add(page.url() + " " + error));
        page.onResponse(response -> {
            if (response.status() >= 400) {
                faults.add(response.status() + " " + response.url());
            }
        });
        return page;
    }

    /** Keeps a picture for people to look at. */
    static void picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
    }

    void requireNoFaults() {
        assertThat(faults).isEmpty();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
