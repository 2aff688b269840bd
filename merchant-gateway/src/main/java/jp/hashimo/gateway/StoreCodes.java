package jp.hashimo.gateway;

import java.util.ArrayList;
import java.util.List;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.id.RegisterId;
import org.jspecify.annotations.Nullable;

/** Makes the codes that hang in shops. The same store under the same key has the same code. */
public final class StoreCodes {
    /** Between the address of the service and the signed part of a code. */
    static final String PATH = "/s/";

    /** Inside our account template: the store's number. */
    static final String EMV_STORE_NUMBER = "01";

    /** The template for additional data, and the till in it. */
    static final String EMV_ADDITIONAL = "62";

    static final String EMV_TERMINAL = "07";

    private static final String EMV_ACCOUNT = "26";
    private static final int LONGEST_NAME = 25;

    private final SigningKeys keys;
    private final CodeSettings settings;

    public StoreCodes(SigningKeys keys, CodeSettings settings) {
        this.keys = keys;
        this.settings = settings;
    }

    /**
     * The code of a store, or of one till when {@code registerId} is given.
     *
     * @param merchantName any name; in the EMVCo form it stands only when it is Latin
     */
    public StoreCode issue(
            MerchantId merchantId,
            @Nullable RegisterId registerId,
            StoreNumber number,
            String merchantName) {
        SigningKey key = keys.current();
        String signed = SignedStore.write(key, merchantId, registerId);
        return new StoreCode(
                merchantId,
                registerId,
                number,
                settings.baseUrl() + PATH + signed,
                emv(registerId, number, merchantName),
                key.kid());
    }

    // No Japanese name in template 64: many readers turn bytes beyond ASCII into other characters,
    // and the checksum would no longer fit. The app shows the name from the ledger anyway.
    private String emv(@Nullable RegisterId registerId, StoreNumber number, String merchantName) {
        String name =
                LatinText.of(merchantName, LONGEST_NAME).orElseGet(() -> "HASHIMO STORE " + number);
        List<EmvTlv.Field> fields = new ArrayList<>();
        fields.add(new EmvTlv.Field("01", "11")); // the same code for every payment
        fields.add(
                EmvTlv.Field.template(
                        EMV_ACCOUNT,
                        List.of(
                                new EmvTlv.Field("00", settings.emvIdentifier()),
                                new EmvTlv.Field(EMV_STORE_NUMBER, number.toString()))));
        fields.add(new EmvTlv.Field("52", "0000")); // ISO 18245: no category told
        fields.add(new EmvTlv.Field("53", "392")); // ISO 4217: yen
        fields.add(new EmvTlv.Field("58", "JP"));
        fields.add(new EmvTlv.Field("59", name));
        fields.add(new EmvTlv.Field("60", settings.emvCity()));
        if (registerId != null) {
            String till = Base64Url.encode(IdBytes.of(registerId.value()));
            fields.add(
                    EmvTlv.Field.template(
                            EMV_ADDITIONAL, List.of(new EmvTlv.Field(EMV_TERMINAL, till))));
        }
        return EmvPayload.write(fields);
    }
}
