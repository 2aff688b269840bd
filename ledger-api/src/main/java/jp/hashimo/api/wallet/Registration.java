package jp.hashimo.api.wallet;

import java.time.LocalDate;
import jp.hashimo.api.http.Fields;
import jp.hashimo.api.http.NewLogin;
import jp.hashimo.api.http.Problem;
import org.jspecify.annotations.Nullable;

/**
 * A person to register, checked.
 *
 * @param login null when the resident chooses one later, with an activation code
 * @param phoneCode what was sent to the phone, if that is the evidence
 * @param overrideReason why the counter registers somebody who is known already
 */
public record Registration(
        String displayName,
        Kana kana,
        String kanaAsWritten,
        LocalDate birthDate,
        @Nullable Phone phone,
        @Nullable NewLogin login,
        @Nullable String phoneCode,
        @Nullable String overrideReason) {
    private static final int LONGEST_NAME = 100;
    private static final LocalDate EARLIEST_BIRTH = LocalDate.of(1890, 1, 1);

    /** What shows that the person is who they say. */
    enum Evidence {
        DOCUMENT_SEEN,
        PHONE_CODE
    }

    /** The body of the call. */
    record Body(
            @Nullable String displayName,
            @Nullable String kana,
            @Nullable LocalDate birthDate,
            @Nullable String phone,
            @Nullable String login,
            @Nullable String password,
            @Nullable Evidence evidence,
            @Nullable String phoneCode,
            @Nullable String overrideReason) {

        Registration checked(LocalDate today) {
            String written = Fields.text(kana, "/kana", LONGEST_NAME);
            LocalDate born = Fields.required(birthDate, "/birthDate");
            if (born.isBefore(EARLIEST_BIRTH) || born.isAfter(today)) {
                throw Problem.malformed("/birthDate");
            }
            boolean byPhone = Fields.required(evidence, "/evidence") == Evidence.PHONE_CODE;
            return new Registration(
                    Fields.text(displayName, "/displayName", LONGEST_NAME),
                    reading(written),
                    written,
                    born,
                    phone == null && !byPhone ? null : number(),
                    NewLogin.optional(login, password),
                    byPhone ? Fields.text(phoneCode, "/phoneCode", 20) : null,
                    Fields.optional(overrideReason, "/overrideReason", 500));
        }

        private Phone number() {
            return PhoneCodeController.phone(Fields.text(phone, "/phone", 30), "/phone");
        }

        private static Kana reading(String written) {
            try {
                return Kana.parse(written);
            } catch (IllegalArgumentException e) {
                throw Problem.malformed("/kana");
            }
        }

        @Override
        public String toString() {
            return "a registration";
        }
    }

    Resident resident() {
        return new Resident(
                displayName,
                kanaAsWritten,
                birthDate,
                phone == null ? null : phone.digits(),
                overrideReason,
                login == null);
    }

    @Override
    public String toString() {
        return "a registration";
    }
}
