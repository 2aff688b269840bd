package jp.hashimo.api.web;

import static jp.hashimo.api.identity.Role.AUDITOR;
import static jp.hashimo.api.identity.Role.COUNTER;
import static jp.hashimo.api.identity.Role.FINANCE_APPROVER;
import static jp.hashimo.api.identity.Role.FINANCE_CLERK;

import io.swagger.v3.oas.annotations.Hidden;
import jp.hashimo.api.http.Anyone;
import jp.hashimo.api.http.Callers;
import jp.hashimo.api.http.May;
import jp.hashimo.api.http.Problem;
import jp.hashimo.api.identity.Caller;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The city's own pages: the counter and the back office. */
@Controller
@Hidden
class OfficePages {
    private final SaleAtHand sale;

    OfficePages(SaleAtHand sale) {
        this.sale = sale;
    }

    @GetMapping("/counter")
    @May(COUNTER)
    String counter(Model model) {
        model.addAttribute("campaignId", sale.campaign().orElse(""));
        return "counter";
    }

    /** It shows nobody's data, so that support needs no reason to open it. */
    @GetMapping("/staff")
    @Anyone
    String staff(Model model) {
        Caller caller = Callers.current().orElseThrow(() -> Problem.of(401, "unauthenticated"));
        model.addAttribute("campaignId", sale.campaign().orElse(""))
                .addAttribute("books", caller.isAny(FINANCE_CLERK, FINANCE_APPROVER, AUDITOR));
        return "staff";
    }
}
