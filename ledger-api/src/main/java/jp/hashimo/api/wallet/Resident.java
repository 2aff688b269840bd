package jp.hashimo.api.wallet;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a resident, and kept in the vault alone.
 *
 * @param overrideReason why the counter gave a person who was known already one more wallet
 * @param activates whether the resident chooses a login later, with an activation code
 */
public record Resident(
        String displayName,
        String kana,
        LocalDate birthDate,
        @Nullable String phone,
        @Nullable String overrideReason,
        boolean activates) {}
