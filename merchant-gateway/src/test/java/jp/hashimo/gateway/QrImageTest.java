package jp.hashimo.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.Result;
import com.google.zxing.ResultMetadataType;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class QrImageTest {
    private static final Pattern RUN = Pattern.compile("M(\\d+) (\\d+)h(\\d+)v1h-(\\d+)z");

    private static final int PIXELS_A_MODULE = 5;

    @TempDir Path data;

    @Test
    void a_scanner_reads_every_form_of_a_code_from_the_svg() throws Exception {
        Town town = new Town(data.resolve("keys"));
        List<String> codes =
                List.of(
                        town.bakery().url(),
                        town.bakeryTill().url(),
                        town.bakery().emv(),
                        town.bakeryTill().emv(),
                        town.bakery().number().toString(),
                        town.resident().code());

        for (String code : codes) {
            for (QrImage.Level level : QrImage.Level.values()) {
                Result read = scan(QrImage.of(code, level).svg("code"));

                assertThat(read.getText()).isEqualTo(code);
            }
        }
    }

    @Test
    void a_scanner_sees_the_level_that_the_image_claims() throws Exception {
        for (QrImage.Level level : QrImage.Level.values()) {
            QrImage image = QrImage.of("https://pay.hashimo.example/s/x", level);

            assertThat(image.level()).isGreaterThanOrEqualTo(level);
            assertThat(
                            scan(image.svg("code"))
                                    .getResultMetadata()
                                    .get(ResultMetadataType.ERROR_CORRECTION_LEVEL))
                    .isEqualTo(image.level().name());
        }
    }

    @Test
    void a_sticker_with_a_thumbprint_on_it_is_still_read() throws Exception {
        Town town = new Town(data.resolve("keys"));
        String code = town.bakery().url();
        QrImage image = QrImage.forSticker(code);
        boolean[][] dark = modules(image.svg("code"));
        int middle = dark.length / 2;
        for (int y = middle - 5; y < middle + 5; y++) {
            for (int x = middle - 5; x < middle + 5; x++) {
                dark[y][x] = true;
            }
        }

        assertThat(decode(dark).getText()).isEqualTo(code);
    }

    @Test
    void the_image_has_four_light_modules_on_every_side() throws Exception {
        QrImage image = QrImage.of("00005724", QrImage.Level.Q);
        boolean[][] dark = modules(image.svg("code"));

        assertThat(dark).hasDimensions(image.size() + 8, image.size() + 8);
        for (int i = 0; i < dark.length; i++) {
            for (int edge = 0; edge < 4; edge++) {
                assertThat(dark[i][edge] || dark[edge][i]).isFalse();
                assertThat(dark[i][dark.length - 1 - edge] || dark[dark.length - 1 - edge][i])
                        .isFalse();
            }
        }
        assertThat(dark[4][4]).isTrue();
    }

    @Test
    void a_screen_reader_hears_the_title_whatever_is_in_it() throws Exception {
        Element svg =
                parse(QrImage.of("x", QrImage.Level.M).svg("橋本 <\"A\" & B>\u0001 \uD800"))
                        .getDocumentElement();

        assertThat(svg.getAttribute("role")).isEqualTo("img");
        assertThat(svg.getAttribute("aria-label")).isEqualTo("橋本 <\"A\" & B>\uFFFD \uFFFD");
        assertThat(svg.getFirstChild().getNodeName()).isEqualTo("title");
        assertThat(svg.getFirstChild().getTextContent()).isEqualTo(svg.getAttribute("aria-label"));
    }

    @Test
    void the_svg_asks_for_nothing_from_outside() {
        String svg = QrImage.of("x", QrImage.Level.M).svg("code");

        assertThat(svg.replace("xmlns=\"http://www.w3.org/2000/svg\"", ""))
                .doesNotContain("://", "href", "url(", "<script", "<style", "style=");
    }

    @Test
    void a_text_beyond_the_largest_code_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> QrImage.of("x".repeat(3000), QrImage.Level.L));
        assertThat(QrImage.within("x".repeat(3000), QrImage.Level.L, 40)).isEmpty();
    }

    private static Result scan(String svg) throws Exception {
        return decode(modules(svg));
    }

    /**
     * Reads the grid itself, as a flat scanner does. Searching for the corners, as a camera must,
     * misses three patterns in a thousand even in a perfect picture, and each run has other keys
     * and so other patterns.
     */
    private static Result decode(boolean[][] dark) throws Exception {
        int side = dark.length * PIXELS_A_MODULE;
        int[] pixels = new int[side * side];
        for (int i = 0; i < pixels.length; i++) {
            int y = i / side / PIXELS_A_MODULE;
            int x = i % side / PIXELS_A_MODULE;
            pixels[i] = dark[y][x] ? 0x000000 : 0xFFFFFF;
        }
        Result result =
                new QRCodeReader()
                        .decode(
                                new BinaryBitmap(
                                        new HybridBinarizer(
                                                new RGBLuminanceSource(side, side, pixels))),
                                Map.of(DecodeHintType.PURE_BARCODE, true));
        assertThat(result.getBarcodeFormat()).isEqualTo(BarcodeFormat.QR_CODE);
        return result;
    }

    /** Draws the path of the SVG, as a browser would, into one value a module. */
    private static boolean[][] modules(String svg) throws Exception {
        Element root = parse(svg).getDocumentElement();
        int side = Integer.parseInt(root.getAttribute("viewBox").split(" ", -1)[2]);
        String path = ((Element) root.getElementsByTagName("path").item(0)).getAttribute("d");
        boolean[][] dark = new boolean[side][side];
        Matcher run = RUN.matcher(path);
        int end = 0;
        while (run.find()) {
            assertThat(run.start()).isEqualTo(end);
            assertThat(run.group(3)).isEqualTo(run.group(4));
            int x = Integer.parseInt(run.group(1));
            int width = Integer.parseInt(run.group(3));
            Arrays.fill(dark[Integer.parseInt(run.group(2))], x, x + width, true);
            end = run.end();
        }
        assertThat(end).isEqualTo(path.length());
        return dark;
    }

    private static Document parse(String svg) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }
}
