package jp.hashimo.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A whole EMVCo merchant-presented payload: the format indicator 01 first, the checksum last and
 * right. The checksum finds damage; it proves nothing about who wrote the payload.
 */
public sealed interface EmvPayload {
    /** How every such payload begins: field 00, two characters, 01. */
    String BEGINNING = "000201";

    /**
     * A payload with the right checksum.
     *
     * @param fields all but the checksum, in their order
     */
    record Intact(List<EmvTlv.Field> fields) implements EmvPayload {
        public Intact {
            fields = List.copyOf(fields);
        }

        public Optional<String> value(String id) {
            return EmvTlv.value(fields, id);
        }

        /**
         * The merchant account templates, ids 26 to 51, of one scheme; empty when the payload is
         * for other schemes. A payload may carry several schemes side by side.
         */
        public List<List<EmvTlv.Field>> accountsOf(String identifier) {
            return fields.stream()
                    .filter(field -> field.id().compareTo("26") >= 0)
                    .filter(field -> field.id().compareTo("51") <= 0)
                    .flatMap(field -> EmvTlv.read(field.value()).stream())
                    .filter(account -> EmvTlv.value(account, "00").equals(Optional.of(identifier)))
                    .toList();
        }
    }

    /** Fields that fit, with a checksum that does not. */
    record Damaged() implements EmvPayload {}

    /** Not a payload. */
    record Malformed() implements EmvPayload {}

    /** Reads any text, however hostile. */
    static EmvPayload read(String text) {
        List<EmvTlv.Field> fields = EmvTlv.read(text).orElse(List.of());
        if (fields.size() < 2
                || !fields.getFirst().equals(new EmvTlv.Field("00", "01"))
                || !fields.getLast().id().equals("63")
                || fields.getLast().value().length() != 4) {
            return new Malformed();
        }
        String checksum = fields.getLast().value();
        return EmvTlv.crc(text.substring(0, text.length() - 4)).equals(checksum)
                ? new Intact(fields.subList(0, fields.size() - 1))
                : new Damaged();
    }

    /** Writes the fields after the format indicator, and closes with the checksum. */
    static String write(List<EmvTlv.Field> fields) {
        List<EmvTlv.Field> all = new ArrayList<>();
        all.add(new EmvTlv.Field("00", "01"));
        all.addAll(fields);
        String open = EmvTlv.write(all) + "6304";
        return open + EmvTlv.crc(open);
    }
}
