package io.openuptimes.store.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openuptimes.health.StateChange;
import io.openuptimes.health.StateSum;
import io.openuptimes.model.ServiceState;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class StateLogCodecTest {

    /** As the first version wrote it: a change, an anchor, a state of a later version, and a sum. */
    private static final byte[] FIRST_VERSION = HexFormat.of()
            .parseHex("01204e000200"
                    + "01" + "0068e5cf8b01" + "0100"
                    + "22" + "0168e5cf8b01" + "0500"
                    + "19" + "0268e5cf8b01" + "ffff"
                    + "1f" + "0368e5cf8b01" + "0500" + "0478e5cf8b01" + "02" + "0900" + "01000000" + "e8030000"
                    + "0000");

    private static final long TIME = 1_700_000_000_000L;

    @Test
    void reads_what_the_first_version_wrote() {
        assertThat(StateLogCodec.decode(FIRST_VERSION))
                .containsExactly(
                        new StateChange(TIME, ServiceState.UP, ServiceState.NONE, 1),
                        new StateChange(TIME + 1, ServiceState.DOWN, ServiceState.DOWN, 5),
                        new StateChange(TIME + 2, ServiceState.UNKNOWN, ServiceState.UP, 0xFFFF),
                        new StateSum(TIME + 3, TIME + 4100, ServiceState.UP, ServiceState.DOWN, 5, 9, 1, 1_000));
    }

    @Test
    void writes_a_change_in_nine_bytes() {
        Packed out = new Packed(9);
        StateLogCodec.write(out, new StateChange(TIME, ServiceState.UP, ServiceState.NONE, 1));
        StateLogCodec.write(out, new StateChange(TIME + 1, ServiceState.DOWN, ServiceState.DOWN, 5));

        assertThat(out.toBytes()).isEqualTo(Arrays.copyOfRange(FIRST_VERSION, 6, 24));
    }

    @Test
    void says_what_is_wrong_with_other_forms() {
        byte[] later = FIRST_VERSION.clone();
        later[0] = 2;

        assertThatThrownBy(() -> StateLogCodec.decode(later)).hasMessageContaining("a later version wrote it");
        assertThatThrownBy(() -> StateLogCodec.decode(new byte[0])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> StateLogCodec.decode(Arrays.copyOf(FIRST_VERSION, 12)))
                .hasMessage("it is cut off");
    }
}
