package jp.hashimo.loadtest.engine;

import java.util.ArrayList;
import java.util.List;
import jp.hashimo.loadtest.http.Townsfolk;

/** Fills the log of the service's database as another node would. */
public final class LoadedTownsfolk implements Townsfolk {
    @Override
    public List<Named> moveIn(String jdbcUrl, int residents) {
        var town = new TownFacts();
        List<Named> named = new ArrayList<>();
        try (var node = new EngineNode(jdbcUrl);
                var loader = new Loader(node.engine())) {
            loader.add(town.sale());
            for (int i = 0; i < residents; i++) {
                TownFacts.Resident resident = town.resident(1);
                loader.add(resident.facts());
                named.add(
                        new Named(
                                resident.userId().toString(),
                                resident.citizenId().toString(),
                                resident.walletId().toString()));
            }
        }
        return named;
    }

    @Override
    public void addPast(String jdbcUrl, int events) {
        try (var node = new EngineNode(jdbcUrl)) {
            LargeTown.load(node.engine(), Math.max(1, events / 100), events, 0);
        }
    }
}
