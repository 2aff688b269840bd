package jp.hashimo.api.payment;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jp.hashimo.api.http.May;
import jp.hashimo.api.http.Page;
import jp.hashimo.api.http.Problem;
import jp.hashimo.api.http.Reads;
import jp.hashimo.api.identity.Caller;
import jp.hashimo.api.identity.Role;
import jp.hashimo.ledger.eventstore.LedgerClock;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.money.TokyoTime;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A store's own day: what was paid, and what waits. */
@RestController
@RequestMapping("/api/v1/merchants/{merchantId}")
class StorePaymentController {
    private final Reads reads;
    private final FindPayment payments;
    private final LedgerClock clock;

    StorePaymentController(Reads reads, FindPayment payments, LedgerClock clock) {
        this.reads = reads;
        this.payments = payments;
        this.clock = clock;
    }

    @GetMapping("/payments")
    @May({Role.STORE, Role.FINANCE_CLERK, Role.FINANCE_APPROVER, Role.AUDITOR})
    ResponseEntity<Object> ofDay(
            @PathVariable MerchantId merchantId,
            @RequestParam(required = false) @Nullable LocalDate date,
            Caller caller) {
        requireOwn(merchantId, caller);
        return reads.answer("payment", () -> Page.whole(day(merchantId, dateOrToday(date))));
    }

    /**
     * Totals of what was captured on a date, per register; a payment without a register counts
     * under {@code ""}.
     */
    @GetMapping("/day-close")
    @May({Role.STORE, Role.FINANCE_CLERK, Role.FINANCE_APPROVER, Role.AUDITOR})
    ResponseEntity<Object> dayClose(
            @PathVariable MerchantId merchantId,
            @RequestParam(required = false) @Nullable LocalDate date,
            Caller caller) {
        requireOwn(merchantId, caller);
        LocalDate day = dateOrToday(date);
        return reads.answer("payment", () -> close(day, day(merchantId, day)));
    }

    private record Register(String registerId, long count, long captured, long reversed) {}

    private static Map<String, Object> close(LocalDate date, List<FindPayment.View> day) {
        var registers = new TreeMap<String, Register>();
        long total = 0;
        for (FindPayment.View payment : day) {
            if (payment.state().equals("CAPTURED")) {
                String register =
                        payment.registerId() == null ? "" : payment.registerId().toString();
                registers.merge(
                        register,
                        new Register(register, 1, payment.amount(), 0),
                        (a, b) ->
                                new Register(
                                        register, a.count() + 1, a.captured() + b.captured(), 0));
                total += payment.amount();
            }
        }
        return Map.of(
                "date", date, "registers", new ArrayList<>(registers.values()), "total", total);
    }

    private List<FindPayment.View> day(MerchantId merchantId, LocalDate date) {
        Instant from = TokyoTime.startOf(date);
        return payments.ofStore(merchantId, from, TokyoTime.startOf(date.plusDays(1)));
    }

    private LocalDate dateOrToday(@Nullable LocalDate date) {
        return date == null ? TokyoTime.businessDateOf(clock.instant()) : date;
    }

    private static void requireOwn(MerchantId merchantId, Caller caller) {
        if (caller.is(Role.STORE) && !caller.keeps(merchantId)) {
            throw Problem.notFound();
        }
    }
}
