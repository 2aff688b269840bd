package jp.hashimo.api.config;

import org.springframework.boot.context.event.ApplicationStartingEvent;
import org.springframework.context.ApplicationListener;

/**
 * A ledger calls nobody: Axon's update checker would report home at every start, so it is off
 * before Axon loads.
 */
final class UpdateCheckOff implements ApplicationListener<ApplicationStartingEvent> {
    @Override
    public void onApplicationEvent(ApplicationStartingEvent event) {
        System.setProperty("axoniq.update-checker.disabled", "true");
    }
}
