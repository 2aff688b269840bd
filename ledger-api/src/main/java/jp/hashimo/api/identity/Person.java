package jp.hashimo.api.identity;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A resident's personal data, as the vault keeps it.
 *
 * @param kana the name's reading, as given
 * @param overrideReason why the counter gave a second wallet, if it did
 */
public record Person(
        String displayName,
        String kana,
        LocalDate birthDate,
        @Nullable String phone,
        @Nullable String overrideReason) {}
