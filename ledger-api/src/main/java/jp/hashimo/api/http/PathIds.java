package jp.hashimo.api.http;

import java.time.Instant;
import java.time.LocalDate;
import jp.hashimo.ledger.id.ApprovalId;
import jp.hashimo.ledger.id.CampaignId;
import jp.hashimo.ledger.id.DeviceId;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.id.PaymentId;
import jp.hashimo.ledger.id.PurchaseId;
import jp.hashimo.ledger.id.RegisterId;
import jp.hashimo.ledger.id.WalletId;
import org.springframework.format.FormatterRegistry;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Reads ids, instants and dates in paths and queries. */
@Component
class PathIds implements WebMvcConfigurer {
    private static final int DATE = "2023-10-02".length();

    @Override
    public void addFormatters(FormatterRegistry registry) {
        registry.addConverter(String.class, ApprovalId.class, ApprovalId::parse);
        registry.addConverter(String.class, CampaignId.class, CampaignId::parse);
        registry.addConverter(String.class, DeviceId.class, DeviceId::parse);
        registry.addConverter(String.class, MerchantId.class, MerchantId::parse);
        registry.addConverter(String.class, PaymentId.class, PaymentId::parse);
        registry.addConverter(String.class, PurchaseId.class, PurchaseId::parse);
        registry.addConverter(String.class, RegisterId.class, RegisterId::parse);
        registry.addConverter(String.class, WalletId.class, WalletId::parse);
        registry.addConverter(String.class, Instant.class, PathIds::instant);
        registry.addConverter(String.class, LocalDate.class, PathIds::date);
    }

    /** {@code YYYY-MM-DD} in every language; a year of more digits is none anybody means. */
    private static LocalDate date(String text) {
        if (text.length() != DATE) {
            throw new IllegalArgumentException("not a date: " + text);
        }
        return LocalDate.parse(text);
    }

    /** A plus sign of an offset that was not escaped arrives as a space; what is meant is clear. */
    private static Instant instant(String text) {
        return Instants.parse(text.replace(' ', '+'));
    }
}
