package jp.hashimo.gateway;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jp.hashimo.gateway.ScannedCode.Reason;
import jp.hashimo.ledger.id.RegisterId;

/**
 * Reads whatever was scanned or typed. Every text has an answer, none is an error, and no address
 * in a text is ever opened: only texts that begin with our own address are looked at.
 */
public final class CodeReader {
    /** EMVCo's longest payload; the longest text that can be a code. */
    private static final int LONGEST = 512;

    /** Digits with as many separators as a patient person may type. */
    private static final int LONGEST_TYPED = 40;

    /** Hyphens and the marks that Japanese keyboards give in their place. */
    private static final String SEPARATORS = "-‐‑‒–—―−－ーｰ";

    private final SigningKeys keys;
    private final CustomerCodes customerCodes;
    private final String emvIdentifier;
    private final List<String> addresses;

    public CodeReader(SigningKeys keys, CustomerCodes customerCodes, CodeSettings settings) {
        this.keys = keys;
        this.customerCodes = customerCodes;
        this.emvIdentifier = settings.emvIdentifier();
        this.addresses =
                Stream.concat(Stream.of(settings.baseUrl()), settings.formerBaseUrls().stream())
                        .map(address -> address + "/")
                        .toList();
    }

    /** What a text is; spaces and line ends around it do not count. */
    public ScannedCode read(String text) {
        String code = text.length() > LONGEST ? text : text.strip();
        if (code.length() > LONGEST) {
            return ScannedCode.unreadable(Reason.FOREIGN);
        }
        if (looksTyped(code)) {
            return typed(code);
        }
        if (code.startsWith(CustomerCodes.PREFIX)) {
            return customerCodes.read(code);
        }
        if (isCustomerCodeOfAnotherVersion(code)) {
            return ScannedCode.unreadable(Reason.UNKNOWN_VERSION);
        }
        if (code.startsWith(EmvPayload.BEGINNING)) {
            return emv(code);
        }
        return url(code);
    }

    private ScannedCode url(String code) {
        for (String address : addresses) {
            if (code.startsWith(address)) {
                String path = code.substring(address.length() - 1);
                return path.startsWith(StoreCodes.PATH)
                        ? SignedStore.read(keys, path.substring(StoreCodes.PATH.length()))
                        : ScannedCode.unreadable(Reason.MALFORMED);
            }
        }
        return ScannedCode.unreadable(Reason.FOREIGN);
    }

    private ScannedCode emv(String code) {
        return switch (EmvPayload.read(code)) {
            case EmvPayload.Malformed _ -> ScannedCode.unreadable(Reason.MALFORMED);
            case EmvPayload.Damaged _ -> ScannedCode.unreadable(Reason.DAMAGED);
            case EmvPayload.Intact payload -> ours(payload);
        };
    }

    private ScannedCode ours(EmvPayload.Intact payload) {
        List<List<EmvTlv.Field>> accounts = payload.accountsOf(emvIdentifier);
        if (accounts.isEmpty()) {
            return ScannedCode.unreadable(Reason.FOREIGN);
        }
        Optional<StoreNumber> number =
                EmvTlv.value(accounts.getFirst(), StoreCodes.EMV_STORE_NUMBER)
                        .flatMap(StoreNumber::read);
        // Two accounts of ours would be two stores in one code; nobody could tell which was meant.
        if (accounts.size() > 1 || number.isEmpty()) {
            return ScannedCode.unreadable(Reason.MALFORMED);
        }
        Optional<String> till =
                payload.value(StoreCodes.EMV_ADDITIONAL)
                        .flatMap(EmvTlv::read)
                        .flatMap(data -> EmvTlv.value(data, StoreCodes.EMV_TERMINAL));
        if (till.isEmpty()) {
            return new ScannedCode.EmvStoreCode(number.get(), null);
        }
        byte[] register = Base64Url.decode(till.get());
        return register == null || register.length != IdBytes.LENGTH
                ? ScannedCode.unreadable(Reason.MALFORMED)
                : new ScannedCode.EmvStoreCode(
                        number.get(), new RegisterId(IdBytes.take(ByteBuffer.wrap(register))));
    }

    private static boolean isCustomerCodeOfAnotherVersion(String code) {
        return code.length() > 4
                && code.startsWith("HM")
                && isAsciiDigit(code.charAt(2))
                && code.charAt(3) == '.';
    }

    private static boolean looksTyped(String code) {
        return !code.isEmpty()
                && code.length() <= LONGEST_TYPED
                && code.chars().allMatch(c -> digit(c) >= 0 || isSeparator(c))
                && code.chars().anyMatch(c -> digit(c) >= 0);
    }

    private static ScannedCode typed(String code) {
        StringBuilder digits = new StringBuilder();
        code.chars().map(CodeReader::digit).filter(d -> d >= 0).forEach(digits::append);
        if (digits.length() != 8) {
            return ScannedCode.unreadable(Reason.MISTYPED);
        }
        return StoreNumber.read(digits.toString())
                .<ScannedCode>map(ScannedCode.StoreNumberTyped::new)
                .orElseGet(() -> ScannedCode.unreadable(Reason.MISTYPED));
    }

    /** The value of an ordinary or a full-width digit, or -1. */
    private static int digit(int c) {
        if (isAsciiDigit(c)) {
            return c - '0';
        }
        return c >= '０' && c <= '９' ? c - '０' : -1;
    }

    private static boolean isAsciiDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isSeparator(int c) {
        return Character.isWhitespace(c) || c == '\u00A0' || SEPARATORS.indexOf(c) >= 0;
    }
}
