package jp.hashimo.api.due;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Has one node after another look every second for what has come due. */
@Configuration(proxyBeanMethods = false)
class DueWiring {
    @Bean
    RecurringTask<Void> dueTask(DueWork work) {
        return Tasks.recurring("due-work", FixedDelay.of(Duration.ofSeconds(1)))
                .execute((_, _) -> work.workOff());
    }
}
