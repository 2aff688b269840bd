package jp.hashimo.gateway;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.id.RegisterId;
import jp.hashimo.ledger.id.WalletId;

/** One service with its keys, one bakery and one resident, for tests about codes. */
final class Town {
    static final Instant NOON = Instant.parse("2026-11-23T03:00:00Z");
    static final CodeSettings SETTINGS = CodeSettings.of(URI.create("https://pay.hashimo.example"));
    static final MerchantId BAKERY = MerchantId.parse("mer_0193573f2c007a1b8c2d3e4f5a6b7c8d");
    static final RegisterId TILL = RegisterId.parse("reg_0193573f2c017a1b8c2d3e4f5a6b7c8e");
    static final StoreNumber NUMBER = StoreNumber.ofSerial(1234567);
    static final WalletId WALLET = WalletId.parse("wal_0193573f2c027a1b8c2d3e4f5a6b7c8f");
    static final UUID NONCE = UUID.fromString("7d444840-9dc0-41d1-b245-5ffdce74fad2");

    final SigningKeys keys;
    final StoreCodes stores;
    final CustomerCodes customers;
    final CodeReader reader;

    Town(Path folder) {
        keys = SigningKeys.open(folder, () -> NOON);
        stores = new StoreCodes(keys, SETTINGS);
        customers = new CustomerCodes(Secrets.open(folder));
        reader = new CodeReader(keys, customers, SETTINGS);
    }

    StoreCode bakery() {
        return stores.issue(BAKERY, null, NUMBER, "橋本ベーカリー");
    }

    StoreCode bakeryTill() {
        return stores.issue(BAKERY, TILL, NUMBER, "橋本ベーカリー");
    }

    CustomerCode resident() {
        return customers.issue(WALLET, NOON.plusSeconds(90), NONCE);
    }
}
