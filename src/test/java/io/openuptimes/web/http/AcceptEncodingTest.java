package io.openuptimes.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptEncodingTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            gzip                  | true
            deflate, gzip;q=0.5   | true
            br , gzip ; q=1.0     | true
            gzip;q=0              | false
            gzip; q=0.000         | false
            gzip;q=0.001          | true
            identity              | false
            x-gzipped             | false
            """)
    void isReadAsTheStandardSays(String header, boolean gzip) {
        assertThat(AcceptEncoding.takesGzip(header)).isEqualTo(gzip);
    }

    @Test
    void noHeaderIsNoWish() {
        assertThat(AcceptEncoding.takesGzip(null)).isFalse();
    }
}
