package io.openuptimes.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A page of another origin can read public data, by script and event stream, and nothing else. */
class OtherOriginBrowserIT {

    private static final String SCRIPT = """
            <script>
              const api = '%s';
              const status = fetch(api + '/api/status').then(async (answer) => {
                const etag = answer.headers.get('ETag');
                const again = await fetch(api + '/api/status', {headers: {'If-None-Match': etag}, cache: 'no-store'});
                return [(await answer.json()).services[0].name, !!etag, again.status].join(' ');
              });
              const event = new Promise((resolve, reject) => {
                const source = new EventSource(api + '/api/events');
                source.addEventListener('summary', () => { source.close(); resolve('summary'); });
                source.onerror = () => reject(new Error('no stream'));
              });
              const withKey = fetch(api + '/api/status', {headers: {Authorization: 'Bearer %s'}}).then((a) => a.status);
              const guarded = fetch(api + '/api/services', {credentials: 'include'}).then(() => 'read', () => 'refused');
              const session = fetch(api + '/api/auth/session', {credentials: 'include'}).then(() => 'read', () => 'refused');
              window.ended = Promise.all([status, event, withKey, guarded, session]).then((all) => all.join(', '));
            </script>
            """;

    @RegisterExtension
    static final Browsing browsing = new Browsing();

    @Test
    void it_reads_what_is_public_only() {
        browsing.api().create("Shop", browsing.target().url("/shop"));
        browsing.api().checkNow("Shop"); // so that its status does not change later
        browsing.target()
                .serves(
                        "/elsewhere",
                        SCRIPT.formatted("http://127.0.0.1:" + browsing.app().port(), Api.KEY));
        browsing.watch().expect("CORS policy");
        browsing.watch().expect("net::ERR_FAILED");
        browsing.watch().expect("/favicon.ico");
        BrowserContext visitor = browsing.visitor(Look.DESKTOP);
        browsing.signIn(visitor);
        Page page = browsing.open(visitor, browsing.target().url("/elsewhere"));

        assertThat((String) page.evaluate("() => window.ended"))
                .isEqualTo("Shop true 304, summary, 200, refused, refused");
    }
}
