package jp.hashimo.api.testing;

import jp.hashimo.api.campaign.WebhookSignature;

/** What the city has told the payment provider alone. */
public final class WebhookSecret {
    private WebhookSecret() {}

    public static String get() {
        return RunningLedger.bean(WebhookSignature.class).secret();
    }
}
