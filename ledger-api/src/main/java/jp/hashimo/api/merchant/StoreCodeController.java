package jp.hashimo.api.merchant;

import jp.hashimo.api.http.May;
import jp.hashimo.api.http.Problem;
import jp.hashimo.api.http.Reads;
import jp.hashimo.api.identity.Caller;
import jp.hashimo.api.identity.Role;
import jp.hashimo.gateway.QrImage;
import jp.hashimo.gateway.StoreCode;
import jp.hashimo.gateway.StoreCodes;
import jp.hashimo.gateway.StoreNumber;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.id.RegisterId;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The code a store puts up for its customers, for the whole store or for one register. */
@RestController
class StoreCodeController {
    private static final MediaType SVG = MediaType.valueOf("image/svg+xml");

    private final StoreCodes codes;
    private final Stores stores;
    private final Reads reads;

    StoreCodeController(StoreCodes codes, Stores stores, Reads reads) {
        this.codes = codes;
        this.stores = stores;
        this.reads = reads;
    }

    /**
     * The forms of one code.
     *
     * @param code the store's number, for fingers
     * @param url what the image holds
     */
    record CodeView(
            String code,
            String url,
            String emv,
            int kid,
            MerchantId merchantId,
            String merchantName) {}

    private record Named(StoreCode code, Stores.StoreView store) {}

    @GetMapping({"/api/v1/merchants/{id}/code", "/api/v1/merchants/{id}/code.json"})
    @May({Role.STORE, Role.FINANCE_CLERK})
    ResponseEntity<Object> json(
            @PathVariable MerchantId id,
            @RequestParam(required = false) @Nullable RegisterId registerId,
            Caller caller) {
        return reads.answer(
                "merchant",
                () -> {
                    Named named = code(id, registerId, caller);
                    return new CodeView(
                            named.code().number().toString(),
                            named.code().url(),
                            named.code().emv(),
                            named.code().kid(),
                            id,
                            named.store().name());
                });
    }

    @GetMapping("/api/v1/merchants/{id}/code.svg")
    @May({Role.STORE, Role.FINANCE_CLERK})
    ResponseEntity<String> svg(
            @PathVariable MerchantId id,
            @RequestParam(required = false) @Nullable RegisterId registerId,
            Caller caller) {
        var read = reads.at("merchant", () -> code(id, registerId, caller));
        Named named = read.value();
        return ResponseEntity.ok()
                .contentType(SVG)
                .header("Ledger-Position", Long.toString(read.position()))
                .body(
                        QrImage.forSticker(named.code().url())
                                .svg(named.store().name() + " " + named.code().number().spaced()));
    }

    private Named code(MerchantId id, @Nullable RegisterId registerId, Caller caller) {
        if (!caller.is(Role.FINANCE_CLERK) && !caller.keeps(id)) {
            throw Problem.notFound();
        }
        Stores.StoreView store = stores.find(id).orElseThrow(Problem::notFound);
        if (registerId != null && !stores.hasRegister(id, registerId)) {
            throw Problem.notFound();
        }
        StoreNumber number = StoreNumber.read(store.storeNumber()).orElseThrow(Problem::notFound);
        return new Named(codes.issue(id, registerId, number, store.name()), store);
    }
}
