package jp.hashimo.ledger.readmodel;

import java.util.List;
import jp.hashimo.ledger.id.LotId;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.wallet.Draw;

/** So much of that lot, as people and programs are shown it. */
public record LotAmount(LotId lotId, Points amount) {

    public static List<LotAmount> of(List<Draw> draws) {
        return draws.stream().map(draw -> new LotAmount(draw.lotId(), draw.amount())).toList();
    }
}
