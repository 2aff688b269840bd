package jp.hashimo.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreNumberTest {
    /** The example of Damm's thesis: the check digit of 572 is 4. */
    @Test
    void the_check_digit_is_the_one_of_the_published_example() {
        assertThat(StoreNumber.ofSerial(572)).hasToString("00005724");
    }

    @Test
    void the_first_and_the_last_store_have_eight_digits() {
        assertThat(StoreNumber.ofSerial(1)).hasToString("00000013");
        assertThat(StoreNumber.ofSerial(9_999_999).toString()).hasSize(8).startsWith("9999999");
    }

    @Test
    void a_number_is_printed_in_two_groups_of_four() {
        assertThat(StoreNumber.ofSerial(572).spaced()).isEqualTo("0000 5724");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 10_000_000})
    void there_is_no_store_outside_the_range(int serial) {
        assertThatIllegalArgumentException().isThrownBy(() -> StoreNumber.ofSerial(serial));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -13, 5725, 100_000_000, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void a_number_with_another_check_digit_cannot_exist(int number) {
        assertThatIllegalArgumentException().isThrownBy(() -> new StoreNumber(number));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "5724", "00005725", "0000572 4", "-0005724", "00000000", "０００05724"})
    void only_eight_digits_that_fit_are_read(String digits) {
        assertThat(StoreNumber.read(digits)).isEmpty();
    }
}
