package io.openuptimes.check.net.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.LogCapture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a look at a file believes. */
class WatchedFileTest {

    @TempDir
    private Path directory;

    private Path path;
    private WatchedFile file;

    @BeforeEach
    void name() {
        path = directory.resolve("hosts");
        file = new WatchedFile(path);
    }

    private void write(String text) throws IOException {
        Files.writeString(path, text);
    }

    @Test
    void theFirstLookBelievesThatThereIsNone() {
        assertThat(file.look()).isEmpty();
        assertThat(file.look()).isNull();
    }

    @Test
    void oneLookAdoptsAChange() throws Exception {
        write("one");
        assertThat(file.look()).isEqualTo("one");
        assertThat(file.look()).isNull();
        write("another");
        assertThat(file.look()).isEqualTo("another");
    }

    @Test
    void aFileThatIsEmptyOrMissingForAMomentIsNotBelieved() throws Exception {
        write("one");
        file.look();
        write("");
        assertThat(file.look()).isNull();
        write("another");
        assertThat(file.look()).isEqualTo("another");
        Files.delete(path);
        assertThat(file.look()).isNull();
        write("the third");
        assertThat(file.look()).isEqualTo("the third");
    }

    @Test
    void aFileThatStaysEmptyOrMissingIsBelieved() throws Exception {
        write("one");
        file.look();
        write("\n");
        assertThat(file.look()).isNull();
        assertThat(file.look()).isBlank();
        Files.delete(path);
        assertThat(file.look()).isNull();
        assertThat(file.look()).isEmpty();
    }

    @Test
    void aFileThatCannotBeReadStaysAsItWasAndIsLoggedOnce() throws Exception {
        write("one");
        file.look();
        Files.delete(path);
        Files.createDirectory(path);
        try (LogCapture log = LogCapture.of(WatchedFile.class)) {
            for (int i = 0; i < 3; i++) {
                assertThat(file.look()).isNull();
            }
            assertThat(log.lines()).singleElement().asString().contains("cannot be read");
        }
        Files.delete(path);
        write("another");
        assertThat(file.look()).isEqualTo("another");
    }
}
