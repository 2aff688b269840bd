package jp.hashimo.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MachineTest {
    @Test
    void of_the_kernel_three_numbers_are_told() {
        assertThat(Machine.kernel("6.18.44-builder-7")).isEqualTo("6.18.44");
        assertThat(Machine.kernel("5.15.167.4-WSL2")).isEqualTo("5.15.167");
        assertThat(Machine.kernel("6.1")).isEqualTo("6.1");
    }
}
