package jp.hashimo.api.web;

import static jp.hashimo.api.identity.Role.STORE;

import io.swagger.v3.oas.annotations.Hidden;
import jp.hashimo.api.http.May;
import jp.hashimo.api.http.Problem;
import jp.hashimo.api.identity.Caller;
import jp.hashimo.gateway.StoreNumber;
import jp.hashimo.ledger.id.MerchantId;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** A store's pages. */
@Controller
@Hidden
class StorePages {
    private final StoreOfCode stores;

    StorePages(StoreOfCode stores) {
        this.stores = stores;
    }

    /**
     * The till: all of it on one page, so that a payment rings whatever the shopkeeper looks at.
     */
    @GetMapping("/store")
    @May(STORE)
    String till(Caller caller, Model model) {
        model.addAttribute("merchantId", store(caller));
        return "store";
    }

    @GetMapping("/store/poster")
    @May(STORE)
    String poster(Caller caller, Model model) {
        model.addAttribute("merchantId", store(caller))
                .addAttribute(
                        "number",
                        stores.numberOf(store(caller)).map(StoreNumber::spaced).orElse(""));
        return "poster";
    }

    private static MerchantId store(Caller caller) {
        MerchantId own = caller.merchantId();
        if (own == null) {
            throw Problem.notFound();
        }
        return own;
    }
}
