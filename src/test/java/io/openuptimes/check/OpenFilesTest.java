package io.openuptimes.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenFilesTest {

    @ParameterizedTest
    @CsvSource({
        "20000, 1048576, 20000",
        "20000, 20000, 19000",
        "20000, 4096, 3096",
        "20000, 1024, 512",
        "5, 1024, 5",
        "20000, 1, 1",
        "100000, 9223372036854775807, 100000"
    })
    void checksLeaveRoomForOtherFiles(int setting, long limit, int most) {
        assertThat(OpenFiles.atMost(setting, limit)).isEqualTo(most);
    }

    @Test
    void aSettingThatIsWithinTheLimitOfThisProcessCounts() {
        assertThat(OpenFiles.maxInFlight(3)).isEqualTo(3);
    }
}
