package io.openuptimes.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {

    @Test
    void valuesAreDecodedOnce() {
        Query query = Query.parse("name=a+b%2Bc%2520%F0%9F%98%80&other=%zz&empty=&flag");

        assertThat(query.text("name")).isEqualTo("a b+c%20😀");
        assertThat(query.text("absent")).isNull();
        assertThat(query.text("flag")).isEmpty();
        assertThat(Query.parse(null).all("name")).isEmpty();
        assertThat(Query.parse("s=a&s=b&t=c").all("s")).containsExactly("a", "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"name=%", "name=%4", "name=%4x", "name=%ff", "name=%c3", "name=a&name=b"})
    void aMalformedValueNamesItsParameter(String query) {
        assertThatThrownBy(() -> Query.parse(query).text("name"))
                .isInstanceOf(ApiException.class)
                .hasMessageStartingWith("name: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "na%6", "%ff=a", "name=a&%zz=b"})
    void aMalformedNameIsRefused(String query) {
        assertThatThrownBy(() -> Query.parse(query))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.status()).isEqualTo(400))
                .hasMessage("query: contains a parameter name that is not valid percent-encoded UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "name=", "name"})
    void whatIsRequiredIsAskedFor(String query) {
        assertThatThrownBy(() -> Query.parse(query).required("name")).hasMessage("name: is required");
    }

    @Test
    void wholeNumbersWithinBounds() {
        assertThat(Query.parse("limit=7").whole("limit", 1_000, 1, 10_000)).isEqualTo(7);
        assertThat(Query.parse("").whole("limit", 1_000, 1, 10_000)).isEqualTo(1_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0", "-1", "10001", "1.5", "1e3", "", "ten", "99999999999999999999999", "%20" + "7", "7%00", "٧"
            })
    void anyOtherNumberIsRefused(String value) {
        assertThatThrownBy(() -> Query.parse("limit=" + value).whole("limit", 1_000, 1, 10_000))
                .isInstanceOf(ApiException.class)
                .hasMessage("limit: must be a whole number from 1 to 10000");
    }
}
