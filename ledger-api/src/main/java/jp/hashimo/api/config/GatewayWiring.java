package jp.hashimo.api.config;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import jp.hashimo.gateway.CodeReader;
import jp.hashimo.gateway.CodeSettings;
import jp.hashimo.gateway.CustomerCodes;
import jp.hashimo.gateway.PaymentDoor;
import jp.hashimo.gateway.Secrets;
import jp.hashimo.gateway.SigningKeys;
import jp.hashimo.gateway.StoreCodes;
import jp.hashimo.gateway.StoreDirectory;
import jp.hashimo.ledger.eventstore.LedgerClock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Keys and codes. All keys stand in the data folder, none in the database. */
@Configuration(proxyBeanMethods = false)
class GatewayWiring {

    @Bean
    Secrets secrets(LedgerSettings settings) {
        return Secrets.open(settings.keys());
    }

    @Bean
    SigningKeys signingKeys(LedgerSettings settings) {
        return SigningKeys.open(settings.keys(), Clock.systemUTC());
    }

    /** Codes lead to the address the city publishes; in a demo that is this machine's. */
    @Bean
    CodeSettings codeSettings(
            @Value("${ledger.public-url:}") String publicUrl,
            @Value("${server.port:8080}") int port) {
        String url = publicUrl.isBlank() ? "http://localhost:" + port : publicUrl;
        return new CodeSettings(
                URI.create(url),
                List.of(),
                CodeSettings.DEMO_IDENTIFIER,
                CodeSettings.DEFAULT_CITY);
    }

    @Bean
    StoreCodes storeCodes(SigningKeys keys, CodeSettings settings) {
        return new StoreCodes(keys, settings);
    }

    @Bean
    CustomerCodes customerCodes(Secrets secrets) {
        return new CustomerCodes(secrets);
    }

    @Bean
    CodeReader codeReader(SigningKeys keys, CustomerCodes customerCodes, CodeSettings settings) {
        return new CodeReader(keys, customerCodes, settings);
    }

    /** The other side has three minutes, unless the city sets another time. */
    @Bean
    PaymentDoor paymentDoor(
            CodeReader reader,
            StoreDirectory stores,
            LedgerClock ledgerClock,
            @Value("${ledger.hold-ttl-seconds:180}") long holdTtlSeconds) {
        return new PaymentDoor(reader, stores, ledgerClock, Duration.ofSeconds(holdTtlSeconds));
    }
}
