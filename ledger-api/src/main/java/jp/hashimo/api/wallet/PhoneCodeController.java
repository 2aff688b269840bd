package jp.hashimo.api.wallet;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import jp.hashimo.api.http.Answer;
import jp.hashimo.api.http.Anyone;
import jp.hashimo.api.http.Fields;
import jp.hashimo.api.http.Problem;
import jp.hashimo.api.http.Requests;
import jp.hashimo.api.http.StoredAnswers;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Sends a code to a phone, so that its holder can register. */
@RestController
class PhoneCodeController {
    private final PhoneCodes codes;
    private final PersonKeys keys;
    private final TextMessages messages;
    private final Requests requests;
    private final StoredAnswers answers;

    PhoneCodeController(
            PhoneCodes codes,
            PersonKeys keys,
            TextMessages messages,
            Requests requests,
            StoredAnswers answers) {
        this.codes = codes;
        this.keys = keys;
        this.messages = messages;
        this.requests = requests;
        this.answers = answers;
    }

    record Ask(@Nullable String phone) {}

    /**
     * The answer to whoever asked.
     *
     * @param code in a demo only; otherwise it is on the phone
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Sent(Instant validUntil, @Nullable String code) {}

    /** The answer is the same whether or not the phone is known. */
    @PostMapping("/api/v1/phone-codes")
    @Anyone
    ResponseEntity<Object> send(@RequestBody Ask body) {
        Phone phone = phone(Fields.text(body.phone(), "/phone", 30), "/phone");
        return answers.once(
                requests.stamp(keys.caller(phone)),
                () -> {
                    PhoneCodes.Sent sent = codes.issue(phone);
                    messages.send(phone, "Hashi-Mo 確認コード: " + sent.code());
                    return Answer.accepted(
                            new Sent(sent.validUntil(), messages.areShown() ? sent.code() : null));
                });
    }

    static Phone phone(String written, String pointer) {
        try {
            return Phone.parse(written);
        } catch (IllegalArgumentException e) {
            throw Problem.malformed(pointer);
        }
    }
}
