package jp.hashimo.ledger.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import jp.hashimo.ledger.testing.TestDatabase;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

class TagKeyProperties {
    private static final String ID = "0193a1b2c3d47e5f8a9b0c1d2e3f4a5b";

    private static final TestDatabase DATABASE = TestDatabase.create();

    @AfterContainer
    static void close() {
        DATABASE.close();
    }

    @Property(tries = 300)
    void the_database_and_we_make_the_same_key_of_a_tag(@ForAll("tags") String tag)
            throws SQLException {
        assertThat(TagKey.of(tag)).isEqualTo(keyInTheDatabase(tag));
    }

    @Provide
    Arbitrary<String> tags() {
        Arbitrary<String> key = Arbitraries.of("wallet", "payment", "store-status", "x");
        Arbitrary<String> any = Arbitraries.strings().all().excludeChars('\0').ofMaxLength(40);
        Arbitrary<String> prefix =
                Arbitraries.strings().withCharRange('a', 'f').withChars(":_A").ofMaxLength(6);
        Arbitrary<String> digits =
                Arbitraries.strings().withCharRange('0', '9').withCharRange('a', 'g').ofLength(32);
        Arbitrary<String> idLike =
                Combinators.combine(prefix, digits).as((name, value) -> name + "_" + value);
        return Combinators.combine(key, Arbitraries.oneOf(any, idLike))
                .as((name, value) -> name + ":" + value)
                .filter(tag -> tag.chars().noneMatch(c -> Character.isSurrogate((char) c)));
    }

    @Example
    void the_time_of_an_id_comes_first_so_that_its_neighbours_are_near() {
        UUID key = TagKey.of("payment:pay_" + ID);

        assertThat(key.toString()).startsWith("0193a1b2-c3d4-");
    }

    @Example
    void two_tags_with_the_same_id_have_different_keys() {
        assertThat(TagKey.of("wallet:wal_" + ID)).isNotEqualTo(TagKey.of("payment:wal_" + ID));
        assertThat(TagKey.of("wallet:wal_" + ID)).isNotEqualTo(TagKey.of("wallet:wai_" + ID));
    }

    private static UUID keyInTheDatabase(String tag) throws SQLException {
        try (Connection connection = DATABASE.dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement("SELECT ledger_tag_key(?)")) {
            query.setString(1, tag);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getObject(1, UUID.class);
            }
        }
    }
}
