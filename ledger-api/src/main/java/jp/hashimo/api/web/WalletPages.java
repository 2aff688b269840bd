package jp.hashimo.api.web;

import static jp.hashimo.api.identity.Role.CITIZEN;

import io.swagger.v3.oas.annotations.Hidden;
import java.util.Optional;
import jp.hashimo.api.http.Anyone;
import jp.hashimo.api.http.Callers;
import jp.hashimo.api.http.May;
import jp.hashimo.api.http.Problem;
import jp.hashimo.api.identity.Caller;
import jp.hashimo.gateway.CodeSettings;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.id.PaymentId;
import jp.hashimo.ledger.id.WalletId;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** A citizen's pages. They are shells; what is in the wallet comes from the API. */
@Controller
@Hidden
class WalletPages {
    private final StoreOfCode stores;
    private final SaleAtHand sale;
    private final CodeSettings codes;

    WalletPages(StoreOfCode stores, SaleAtHand sale, CodeSettings codes) {
        this.stores = stores;
        this.sale = sale;
        this.codes = codes;
    }

    @GetMapping("/wallet")
    @May(CITIZEN)
    String wallet(Caller caller, Model model) {
        model.addAttribute("walletId", wallet(caller));
        return "wallet";
    }

    /** First the store, by camera, picture or number; then, when it is known, the amount. */
    @GetMapping("/wallet/pay")
    @May(CITIZEN)
    String pay(@RequestParam(defaultValue = "") String code, Caller caller, Model model) {
        Optional<MerchantId> store = stores.find(code);
        model.addAttribute("walletId", wallet(caller))
                .addAttribute("code", code)
                .addAttribute("unreadable", !code.isBlank() && store.isEmpty())
                .addAttribute("merchantId", store.map(MerchantId::toString).orElse(""));
        return store.isPresent() ? "pay-amount" : "pay";
    }

    @GetMapping("/wallet/code")
    @May(CITIZEN)
    String code(Caller caller, Model model) {
        model.addAttribute("walletId", wallet(caller));
        return "code";
    }

    @GetMapping("/wallet/buy")
    @May(CITIZEN)
    String buy(Caller caller, Model model) {
        model.addAttribute("walletId", wallet(caller))
                .addAttribute("sale", sale.openTo(wallet(caller)).orElse(null));
        return "buy";
    }

    @GetMapping("/wallet/history")
    @May(CITIZEN)
    String history(Caller caller, Model model) {
        model.addAttribute("walletId", wallet(caller));
        return "history";
    }

    @GetMapping("/wallet/payments/{id}")
    @May(CITIZEN)
    String payment(@PathVariable PaymentId id, Caller caller, Model model) {
        model.addAttribute("walletId", wallet(caller)).addAttribute("paymentId", id);
        return "payment";
    }

    /**
     * Where a store's sticker leads a phone's own camera. It never asks for a password, because a
     * forged sticker could lead to a page that looks like this one.
     */
    @GetMapping("/s/{signed}")
    @Anyone
    String sticker(@PathVariable String signed) {
        return Callers.current().filter(caller -> caller.is(CITIZEN)).isPresent()
                ? "redirect:/wallet/pay?code=" + Screen.inQuery(codes.baseUrl() + "/s/" + signed)
                : "sticker";
    }

    private static WalletId wallet(Caller caller) {
        WalletId own = caller.walletId();
        if (own == null) {
            throw Problem.notFound();
        }
        return own;
    }
}
