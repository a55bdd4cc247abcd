package io.openuptimes.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** International host names, converted like curl and browsers do. */
class InternationalNameTest {

    private static String host(String name) {
        return Target.of("https://" + name + "/").host();
    }

    @ParameterizedTest
    @CsvSource({
        "straße.de, xn--strae-oqa.de",
        "faß.example, xn--fa-hia.example",
        "FAẞ.example, xn--fa-hia.example",
        "βόλος.com, xn--nxasmm1c.com",
        "BÜCHER.example, xn--bcher-kva.example",
        "bu\u0308cher.example, xn--bcher-kva.example",
        "bücher．example, xn--bcher-kva.example",
        "例え。テスト, xn--r8jz45g.xn--zckzah",
        "ｅｘａｍｐｌｅ｡ｃｏｍ, example.com",
        "１２７。０。０。１, 127.0.0.1",
        "１２７.1, 127.0.0.1",
        "exam\u00adple.com, example.com",
        "\u212aelvin.example, kelvin.example",
        "☃.net, xn--n3h.net",
        "😀.example, xn--e28h.example",
        "my_ü.example, xn--my_-joa.example",
        "a---b.ü.example, a---b.xn--tda.example",
        "3com.\u05e2\u05d1\u05e8\u05d9\u05ea.example, 3com.xn--5dbqzzl.example",
        "\u0915\u094d\u200d\u0937.example, xn--11b2ezcw70k.example",
        "\u0646\u0627\u0645\u0647\u200c\u0627\u06cc.com, xn--mgba3gch31f060k.com",
        "XN--FA-hia.example, xn--fa-hia.example",
        "xn--a.example, xn--a.example",
        "ü.example., xn--tda.example."
    })
    void areAskedForByUts46(String name, String ascii) {
        assertThat(host(name)).isEqualTo(ascii);
    }

    @ParameterizedTest
    @CsvSource({
        "a\u200db.example, invisible joiner",
        "\u0915\u200c.example, invisible joiner",
        "👨‍👩.example, invisible joiner",
        "xn--a.ü.example, an invalid international host name",
        "\u0301a.example, an invalid international host name",
        "⒈com.example, an invalid international host name",
        "a\ufffdb.example, an invalid international host name",
        "℀.ü.example, an invalid character in its host name: /",
        "ü　a.example, a space in its host name",
        "ü..example, an extra dot"
    })
    void areRefusedWhereTheyHaveNoAsciiForm(String name, String problem) {
        assertThatThrownBy(() -> host(name)).hasMessageContaining(problem);
    }

    @Test
    void mayBeAsLongAsDnsHolds() {
        String label = "ü" + "a".repeat(55);
        assertThat(host(label + ".example").indexOf('.')).isEqualTo(63);
        assertThatThrownBy(() -> host("ü" + "a".repeat(60) + ".example")).hasMessageContaining("more than 63");
        assertThatThrownBy(() -> host((label + ".").repeat(4) + "aaaa")).hasMessageContaining("more than 253");
        assertThatThrownBy(() -> host("̧̀".repeat(500))).hasMessageContaining("too long");
    }

    /** A million services are read at startup, and most names are ASCII. */
    @ParameterizedTest
    @ValueSource(strings = {"Example.com", "127.1", "[::1]", "xn--fa-hia.example", "a%2Eb", "a_b", "a..b"})
    void costNothingWhereTheNameIsAscii(String name) throws Exception {
        try (URLClassLoader withoutIcu = new URLClassLoader(
                new URL[] {Target.class.getProtectionDomain().getCodeSource().getLocation()},
                ClassLoader.getPlatformClassLoader())) {
            Method of = withoutIcu.loadClass(Target.class.getName()).getMethod("of", String.class);
            if (name.contains("..")) {
                assertThatThrownBy(() -> of.invoke(null, "http://" + name + "/"))
                        .hasRootCauseInstanceOf(IllegalArgumentException.class);
            } else {
                assertThat(of.invoke(null, "http://" + name + "/")).isNotNull();
            }
            assertThatThrownBy(() -> of.invoke(null, "http://ü/")).hasRootCauseInstanceOf(ClassNotFoundException.class);
        }
    }
}
