package jp.hashimo.ledger.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/** Amounts are exact or refused; nothing overflows, wraps or turns negative. */
class MoneyProperties {

    @Property
    void a_sum_is_exact_or_refused(
            @ForAll @LongRange(min = 0) long a, @ForAll @LongRange(min = 0) long b) {
        BigInteger sum = BigInteger.valueOf(a).add(BigInteger.valueOf(b));
        assertExactOrRefused(sum, () -> new Yen(a).plus(new Yen(b)).amount());
        assertExactOrRefused(sum, () -> new Points(a).plus(new Points(b)).amount());
    }

    @Property
    void a_product_is_exact_or_refused(
            @ForAll @LongRange(min = 0) long a, @ForAll @LongRange(min = 0) long factor) {
        BigInteger product = BigInteger.valueOf(a).multiply(BigInteger.valueOf(factor));
        assertExactOrRefused(product, () -> new Yen(a).times(factor).amount());
        assertExactOrRefused(product, () -> new Points(a).times(factor).amount());
    }

    @Property
    void a_difference_is_exact_where_the_first_covers_the_second_and_refused_elsewhere(
            @ForAll @LongRange(min = 0) long a, @ForAll @LongRange(min = 0) long b) {
        if (new Yen(a).covers(new Yen(b))) {
            assertThat(new Yen(a).minus(new Yen(b)).plus(new Yen(b))).isEqualTo(new Yen(a));
            assertThat(new Points(a).minus(new Points(b)).amount()).isEqualTo(a - b);
        } else {
            assertThatIllegalArgumentException().isThrownBy(() -> new Yen(a).minus(new Yen(b)));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Points(a).minus(new Points(b)));
        }
    }

    @Property
    void no_amount_is_negative(@ForAll @LongRange(min = Long.MIN_VALUE, max = -1) long amount) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Yen(amount));
        assertThatIllegalArgumentException().isThrownBy(() -> new Points(amount));
    }

    @Property
    void nothing_is_taken_times_less_than_nothing(
            @ForAll @LongRange(min = 1) long a,
            @ForAll @LongRange(min = -1_000, max = -1) long factor) {
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> new Yen(a).times(factor));
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> new Points(a).times(factor));
    }

    @Property
    void the_order_the_least_and_covering_agree(
            @ForAll @LongRange(min = 0, max = 9) long a,
            @ForAll @LongRange(min = 0, max = 9) long b) {
        assertThat(new Yen(a).covers(new Yen(b))).isEqualTo(new Yen(a).compareTo(new Yen(b)) >= 0);
        assertThat(Yen.least(new Yen(a), new Yen(b)).amount()).isEqualTo(Math.min(a, b));
        assertThat(Points.least(new Points(a), new Points(b)).amount()).isEqualTo(Math.min(a, b));
        assertThat(new Points(a).compareTo(new Points(b))).isEqualTo(Long.compare(a, b));
        assertThat(new Points(a).isZero()).isEqualTo(a == 0);
    }

    private static void assertExactOrRefused(BigInteger expected, Supplier<Long> amount) {
        if (expected.bitLength() < Long.SIZE) {
            assertThat(BigInteger.valueOf(amount.get())).isEqualTo(expected);
        } else {
            assertThatExceptionOfType(ArithmeticException.class).isThrownBy(amount::get);
        }
    }
}
