package jp.hashimo.ledger.readmodel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import jp.hashimo.ledger.eventstore.Outcome;
import jp.hashimo.ledger.eventstore.RecordedEvent;
import jp.hashimo.ledger.id.PaymentId;
import jp.hashimo.ledger.payment.AnswerPayment;
import jp.hashimo.ledger.payment.Party;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentCaptured;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentProposed;
import jp.hashimo.ledger.payment.ProposePayment;
import jp.hashimo.ledger.payment.ScanMode;
import jp.hashimo.ledger.testing.City;
import jp.hashimo.ledger.testing.LedgerNode;
import jp.hashimo.ledger.testing.RecordedLog;
import jp.hashimo.ledger.testing.RecordedLog.Part;
import jp.hashimo.ledger.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever an earlier build has written, this one opens, reads alike and goes on with. */
@ParameterizedClass
@MethodSource("jp.hashimo.ledger.testing.RecordedLog#all")
class RecordedLogTest {
    private static final String REQUEST = "request:";

    private final RecordedLog recording;

    RecordedLogTest(RecordedLog recording) {
        this.recording = recording;
    }

    @ParameterizedTest
    @EnumSource
    void the_books_and_wallets_are_to_the_yen_what_they_were(Part part) {
        try (var ledger = OlderLedger.of(recording, part)) {
            assertThat(RecordedLog.figuresOf(ledger.database()))
                    .isEqualTo(recording.text("figures.txt"));
        }
    }

    @Test
    void every_fact_stands_in_the_log_as_it_was_written_byte_for_byte() {
        try (var asItWas = TestDatabase.asOf(recording.schema());
                var ledger = OlderLedger.of(recording, Part.LOG)) {
            recording.putInto(asItWas, Part.LOG);

            assertThat(RecordedLog.factsOf(ledger.database()))
                    .isNotEmpty()
                    .isEqualTo(RecordedLog.factsOf(asItWas));
        }
    }

    @Test
    void every_tag_finds_the_facts_that_it_found() {
        try (var ledger = OlderLedger.of(recording, Part.LOG)) {
            var found = new TreeMap<String, List<Long>>();
            for (String tag : tags().keySet()) {
                List<RecordedEvent> facts =
                        tag.startsWith(REQUEST)
                                ? ledger.log().ofRequest(tag.substring(REQUEST.length()))
                                : ledger.log().withTag(tag);
                found.put(tag, facts.stream().map(RecordedEvent::position).toList());
            }

            assertThat(found).isNotEmpty().isEqualTo(tags());
        }
    }

    @Test
    void each_wallet_can_spend_at_each_store_what_it_could() {
        try (var ledger = OlderLedger.of(recording, Part.LOG)) {
            assertThat(UsablePoints.text(UsablePoints.at(ledger.node())))
                    .isEqualTo(recording.text("usable.txt"));
        }
    }

    @Test
    void a_request_that_comes_again_is_answered_as_it_was_then() {
        try (var ledger = OlderLedger.of(recording, Part.EVERYTHING)) {
            long head = ledger.log().head();
            List<RecordedRequests.Request> requests = RecordedRequests.in(ledger.facts());

            assertThat(requests.size()).isGreaterThan(50);
            for (RecordedRequests.Request request : requests) {
                assertThat(ledger.node().ledger().execute(request.command(), request.stamp()))
                        .isEqualTo(
                                new Outcome.Done(
                                        request.left(), request.left().getLast().position(), true));
            }
            assertThat(ledger.log().head()).isEqualTo(head);
        }
    }

    @Test
    void a_key_of_then_still_stands_for_what_was_asked_then() {
        try (var ledger = OlderLedger.of(recording, Part.EVERYTHING)) {
            RecordedRequests.Request request = RecordedRequests.in(ledger.facts()).getLast();
            var other = LedgerNode.stamp(request.stamp().requestId(), "something else");

            assertThat(ledger.node().ledger().execute(request.command(), other))
                    .isInstanceOf(Outcome.KeyReused.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_ledger_goes_on_where_the_log_ended(Part part) {
        try (var ledger = OlderLedger.of(recording, part)) {
            long head = ledger.log().head();
            UsablePoints.Usable payer = someoneWithPoints(ledger);
            var payment = new PaymentId(UUID.randomUUID());

            Outcome.Done proposed = ledger.node().does(propose(payment, payer));
            Outcome.Done captured =
                    ledger.node()
                            .does(
                                    new AnswerPayment(
                                            payment,
                                            AnswerPayment.Answer.CONFIRM,
                                            new Party.Shop(payer.store())));

            assertThat(typesOf(proposed)).containsExactly(PaymentProposed.class);
            assertThat(typesOf(captured)).containsExactly(PaymentCaptured.class);
            assertThat(captured.position()).isEqualTo(head + 2);
            assertThat(ledger.facts().stream().map(RecordedEvent::position).toList())
                    .isEqualTo(positionsTo(head + 2));
            assertThat(UsablePoints.at(ledger.node()))
                    .contains(
                            new UsablePoints.Usable(
                                    payer.wallet(), payer.store(), 0, payer.notHere()));
            ledger.catchUp();
            assertThat(pointsOf(payer, ledger)).isEqualTo(pointsBefore(payer) - payer.here());
        }
    }

    private static UsablePoints.Usable someoneWithPoints(OlderLedger ledger) {
        return UsablePoints.at(ledger.node()).stream()
                .filter(usable -> usable.here() > 0)
                .findFirst()
                .orElseThrow();
    }

    /** All that the wallet can spend there. */
    private static ProposePayment propose(PaymentId payment, UsablePoints.Usable payer) {
        return new ProposePayment(
                payment,
                payer.wallet(),
                payer.store(),
                null,
                ScanMode.USER_SCAN,
                null,
                payer.here(),
                City.HELD_FOR);
    }

    private static List<Class<?>> typesOf(Outcome.Done done) {
        return done.events().stream().<Class<?>>map(fact -> fact.event().getClass()).toList();
    }

    private static List<Long> positionsTo(long last) {
        var positions = new ArrayList<Long>();
        for (long position = 1; position <= last; position++) {
            positions.add(position);
        }
        return positions;
    }

    private static long pointsOf(UsablePoints.Usable payer, OlderLedger ledger) {
        return points(RecordedLog.figuresOf(ledger.database()), payer);
    }

    private long pointsBefore(UsablePoints.Usable payer) {
        return points(recording.text("figures.txt"), payer);
    }

    private static long points(String figures, UsablePoints.Usable payer) {
        String wallet = "wallet " + payer.wallet() + " ";
        String line = figures.lines().filter(l -> l.startsWith(wallet)).findFirst().orElseThrow();
        return Long.parseLong(line.replaceFirst(".*: (\\d+) points.*", "$1"));
    }

    /** The positions under each tag, as recorded. */
    private Map<String, List<Long>> tags() {
        var tags = new TreeMap<String, List<Long>>();
        List<String> lines = recording.text("log/event_tag.tsv").lines().toList();
        List<String> names = List.of(lines.getFirst().split("\t", -1));
        for (String line : lines.subList(1, lines.size())) {
            List<String> row = List.of(line.split("\t", -1));
            tags.computeIfAbsent(row.get(names.indexOf("tag")), _ -> new ArrayList<>())
                    .add(Long.parseLong(row.get(names.indexOf("position"))));
        }
        return tags;
    }
}
