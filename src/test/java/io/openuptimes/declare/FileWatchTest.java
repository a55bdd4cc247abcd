package io.openuptimes.declare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWatchTest {

    private static final long LONG_AGO = 1_600_000_000_000L;

    @TempDir
    private Path dir;

    private Path file;
    private FileWatch watch;

    @BeforeEach
    void start() throws IOException {
        file = dir.resolve("services.yaml");
        watch = new FileWatch(file);
        write("one", LONG_AGO);
    }

    private void write(String text, long modified) throws IOException {
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.fromMillis(modified));
    }

    private @Nullable String poll() throws IOException {
        byte[] content = watch.poll();
        return content == null ? null : new String(content, StandardCharsets.UTF_8);
    }

    @Test
    void whatIsThereFirstIsNewOnce() throws IOException {
        assertThat(poll()).isEqualTo("one");
        assertThat(poll()).isNull();
        assertThat(poll()).isNull();
    }

    @Test
    void aChangeIsReadOnceItHasStopped() throws IOException {
        poll();
        write("half of", LONG_AGO + 1_000);
        assertThat(poll()).isNull();
        write("half of two", LONG_AGO + 2_000);
        assertThat(poll()).isNull();
        assertThat(poll()).isEqualTo("half of two");
        assertThat(poll()).isNull();
    }

    @Test
    void theSameContentIsGivenAgainAtOnceIfItIsAskedFor() throws IOException {
        poll();
        watch.repeat();

        assertThat(poll()).isEqualTo("one");
        assertThat(poll()).isNull();
    }

    @Test
    void whatIsAskedForAgainIsNotGivenWhileItChanges() throws IOException {
        poll();
        watch.repeat();
        write("half of", LONG_AGO + 1_000);

        assertThat(poll()).isNull();
        assertThat(poll()).isEqualTo("half of");
    }

    @Test
    void theSameContentIsNoChange() throws IOException {
        poll();
        write("one", LONG_AGO + 1_000);

        assertThat(poll()).isNull();
        assertThat(poll()).isNull();
    }

    @Test
    void aChangeOfTheSameSizeWithinTheClocksTickIsSeen() throws IOException {
        long now = System.currentTimeMillis() + 1_500; // within two seconds: one tick, either side
        write("one", now);
        assertThat(poll()).isEqualTo("one");
        write("two", now);
        assertThat(poll()).isEqualTo("two");
    }

    @Test
    void anotherFileInItsPlaceIsSeen() throws IOException {
        poll();
        Path other = dir.resolve("other");
        Files.writeString(other, "two");
        Files.setLastModifiedTime(other, FileTime.fromMillis(LONG_AGO));
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);

        assertThat(poll()).isNull();
        assertThat(poll()).isEqualTo("two");
    }

    @Test
    void aLinkThatLeadsElsewhereIsSeen() throws IOException {
        Path link = dir.resolve("link.yaml");
        Path second = Files.writeString(dir.resolve("second.yaml"), "two");
        Files.setLastModifiedTime(second, FileTime.fromMillis(LONG_AGO));
        Files.createSymbolicLink(link, file);
        watch = new FileWatch(link);
        assertThat(poll()).isEqualTo("one");

        Files.delete(link);
        Files.createSymbolicLink(link, second);

        assertThat(poll()).isNull();
        assertThat(poll()).isEqualTo("two");
    }

    @Test
    void aFileThatIsGoneAndComesBackIsNew() throws IOException {
        poll();
        Files.delete(file);
        assertThatThrownBy(watch::poll).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(watch::poll).isInstanceOf(NoSuchFileException.class);
        write("one", LONG_AGO);

        assertThat(poll()).isNull();
        assertThat(poll()).isEqualTo("one");
    }

    @Test
    void aDirectoryIsNoFile() {
        watch = new FileWatch(dir);

        assertThatThrownBy(watch::poll).isInstanceOf(IOException.class);
    }
}
