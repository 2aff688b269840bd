package jp.hashimo.ledger.readmodel;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import jp.hashimo.ledger.readmodel.PositionRows.Place;

/** Finds out how far projections are, by the work of whichever node. */
record Lookout(DataSource database, PositionRows positions) {
    private static final Place NOWHERE = new Place(0, true);

    void look(List<ProjectionRunner> some) throws SQLException {
        try (Connection connection = database.getConnection()) {
            look(connection, some);
        }
    }

    /**
     * Those never begun begin. One that stopped here and has got on elsewhere goes on, and one that
     * shows what the log does not have waits.
     */
    void look(Connection connection, List<ProjectionRunner> some) throws SQLException {
        Map<String, Place> found = positions.read(connection, names(some));
        List<String> never =
                names(some).stream()
                        .filter(name -> !found.containsKey(name) && !NextVersion.isName(name))
                        .toList();
        if (!never.isEmpty()) {
            positions.begin(connection, never);
        }
        for (ProjectionRunner runner : some) {
            Place place = found.getOrDefault(runner.name(), NOWHERE);
            if (place.stands()) {
                runner.standsAt(place.position());
            } else {
                runner.strayed();
            }
        }
    }

    static List<String> names(List<ProjectionRunner> some) {
        return some.stream().map(ProjectionRunner::name).toList();
    }
}
