package jp.hashimo.api.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import jp.hashimo.api.testing.ApiTest;
import jp.hashimo.gateway.KeysUnusable;
import jp.hashimo.gateway.Secrets;
import jp.hashimo.ledger.id.CitizenId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

class VaultTest extends ApiTest {
    @TempDir Path otherKeys;

    @Test
    void what_is_sealed_is_opened_again_and_gone_when_forgotten() {
        var vault = bean(Vault.class);
        var citizenId = new CitizenId(fresh());
        vault.put(citizenId, Map.of("displayName", "山本 和子"));
        assertThat(vault.get(citizenId, Map.class)).contains(Map.of("displayName", "山本 和子"));

        vault.forget(citizenId);
        assertThat(vault.get(citizenId, Map.class)).isEmpty();
    }

    @Test
    void another_key_than_the_databases_is_noticed_before_anything_is_sealed_with_it() {
        var others = Secrets.open(otherKeys.resolve("keys"));
        assertThatThrownBy(() ->
                        new Vault(
                                bean(JdbcClient.class),
                                bean(JsonMapper.class),
                                others,
                                bean(TransactionTemplate.class)))
                .isInstanceOf(KeysUnusable.class)
                .hasMessageContaining("restore it from a backup");
    }
}
