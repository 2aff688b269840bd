package jp.hashimo.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class StoreNumberProperties {
    @Property
    void a_number_is_read_back_from_its_digits(
            @ForAll @IntRange(min = 1, max = StoreNumber.LAST_SERIAL) int serial) {
        StoreNumber number = StoreNumber.ofSerial(serial);

        assertThat(StoreNumber.read(number.toString())).contains(number);
        assertThat(number.serial()).isEqualTo(serial);
    }

    @Property
    void one_wrong_digit_never_names_another_store(
            @ForAll @IntRange(min = 1, max = StoreNumber.LAST_SERIAL) int serial,
            @ForAll @IntRange(max = 7) int place,
            @ForAll @IntRange(max = 9) int wrong) {
        StringBuilder digits = new StringBuilder(StoreNumber.ofSerial(serial).toString());
        Assume.that(digits.charAt(place) - '0' != wrong);
        digits.setCharAt(place, (char) ('0' + wrong));

        assertThat(StoreNumber.read(digits.toString())).isEmpty();
    }

    @Property
    void two_neighbours_swapped_never_name_another_store(
            @ForAll @IntRange(min = 1, max = StoreNumber.LAST_SERIAL) int serial,
            @ForAll @IntRange(max = 6) int place) {
        String digits = StoreNumber.ofSerial(serial).toString();
        Assume.that(digits.charAt(place) != digits.charAt(place + 1));
        String swapped =
                digits.substring(0, place)
                        + digits.charAt(place + 1)
                        + digits.charAt(place)
                        + digits.substring(place + 2);

        assertThat(StoreNumber.read(swapped)).isEmpty();
    }
}
