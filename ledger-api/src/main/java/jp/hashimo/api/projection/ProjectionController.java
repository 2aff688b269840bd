package jp.hashimo.api.projection;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import jp.hashimo.api.http.Answer;
import jp.hashimo.api.http.May;
import jp.hashimo.api.http.Problem;
import jp.hashimo.api.http.StoredAnswers;
import jp.hashimo.api.identity.Caller;
import jp.hashimo.api.identity.Role;
import jp.hashimo.ledger.eventstore.EventLog;
import jp.hashimo.ledger.readmodel.ProjectionRunner;
import jp.hashimo.ledger.readmodel.Projections;
import jp.hashimo.ledger.readmodel.Projections.Rebuilding;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** How far each projection is, and the operator's way to have one made again. */
@RestController
class ProjectionController {
    private final Projections projections;
    private final EventLog log;
    private final StoredAnswers answers;

    ProjectionController(Projections projections, EventLog log, StoredAnswers answers) {
        this.projections = projections;
        this.log = log;
        this.answers = answers;
    }

    record Views(long head, List<View> projections) {}

    /**
     * @param stopped whether this node has met an event that it cannot show
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record View(String name, long position, boolean stopped, @Nullable Progress rebuild) {}

    /**
     * @param stopped whether an event is in its way, on this node
     */
    record Progress(long position, long head, long eventsPerSecond, boolean stopped) {
        static Progress of(Rebuilding rebuilding) {
            return new Progress(
                    rebuilding.position(),
                    rebuilding.head(),
                    rebuilding.eventsPerSecond(),
                    rebuilding.stopped());
        }
    }

    @GetMapping("/api/v1/projections")
    @May(Role.ADMIN)
    Views all() {
        Map<String, Rebuilding> rebuilds =
                projections.rebuilding().stream()
                        .collect(Collectors.toMap(Rebuilding::name, Function.identity()));
        return new Views(
                log.head(),
                projections.names().stream()
                        .map(name -> view(projections.runner(name), rebuilds.get(name)))
                        .toList());
    }

    private static View view(ProjectionRunner runner, @Nullable Rebuilding rebuilding) {
        return new View(
                runner.name(),
                runner.position(),
                runner.isStopped(),
                rebuilding == null ? null : Progress.of(rebuilding));
    }

    /** The one that is there serves until the new one has caught up. */
    @PostMapping("/api/v1/projections/{name}/rebuild")
    @May(Role.ADMIN)
    ResponseEntity<Object> rebuild(@PathVariable String name, Caller admin) {
        requireKnown(name);
        return answers.once(
                admin,
                () -> {
                    if (!projections.rebuild(name)) {
                        throw Problem.of(409, "rebuild-under-way").with("name", name);
                    }
                    return Answer.accepted(Map.of("name", name));
                });
    }

    @PostMapping("/api/v1/projections/{name}/rebuild/abandon")
    @May(Role.ADMIN)
    ResponseEntity<Object> abandon(@PathVariable String name, Caller admin) {
        requireKnown(name);
        return answers.once(
                admin,
                () -> {
                    if (!projections.abandon(name)) {
                        throw Problem.of(409, "no-rebuild").with("name", name);
                    }
                    return Answer.ok(Map.of("name", name));
                });
    }

    private void requireKnown(String name) {
        if (!projections.names().contains(name)) {
            throw Problem.notFound();
        }
    }
}
