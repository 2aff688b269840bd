package jp.hashimo.ledger.readmodel;

import java.util.List;
import jp.hashimo.ledger.eventstore.EventCodec;
import jp.hashimo.ledger.eventstore.RecordedEvent;
import jp.hashimo.ledger.journal.Bookkeeping;
import jp.hashimo.ledger.journal.Posting;

/** The books, posting by posting. */
public final class JournalProjection implements Projection {
    private static final Table POSTING =
            Table.of(
                    "posting",
                    "position bigint, line integer",
                    "at timestamptz, value_date timestamptz, type text, debit text, credit text, amount bigint, fund text,"
                            + " campaign_id text, programme_id text");

    private final EventCodec codec;

    public JournalProjection(EventCodec codec) {
        this.codec = codec;
    }

    @Override
    public String name() {
        return "journal";
    }

    @Override
    public List<String> tables() {
        return List.of("posting");
    }

    @Override
    public void apply(Rows rows, List<RecordedEvent> batch) {
        for (RecordedEvent recorded : batch) {
            int line = 0;
            for (Posting posting : Bookkeeping.postingsFor(recorded.event())) {
                line++;
                rows.insert(
                        POSTING,
                        recorded.position(),
                        line,
                        recorded.at(),
                        posting.valueDate(),
                        codec.typeOf(recorded.event().getClass()).qualifiedName(),
                        posting.debit().code(),
                        posting.credit().code(),
                        posting.amount(),
                        posting.fund(),
                        posting.campaignId(),
                        posting.programmeId());
            }
        }
    }
}
