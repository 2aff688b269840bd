package jp.hashimo.ledger.eventstore;

import java.util.UUID;

/** An event that was seen to stand at a position. */
record Known(long position, UUID eventId) {}
