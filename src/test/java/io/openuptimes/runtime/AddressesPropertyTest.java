package io.openuptimes.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.Seed;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class AddressesPropertyTest {

    @Property(tries = 2_000, seed = Seed.FIXED)
    void any_text_is_an_address_or_none(@ForAll String text) {
        IpAddress.parse(text);
        IpAddress.parseWithPort("[" + text + "]:80");
        IpBlock.parse(text + "/" + text);
    }

    @Property(tries = 2_000, seed = Seed.FIXED)
    void an_address_is_read_as_it_is_written(@ForAll int high, @ForAll int low) {
        String v4 = (high >>> 24) + "." + (high >>> 16 & 255) + "." + (high >>> 8 & 255) + "." + (high & 255);
        IpAddress address = IpAddress.parse(v4);
        assertThat(address).isNotNull();
        assertThat(String.valueOf(address)).isEqualTo(v4);
        String v6 = "2001:db8::" + Integer.toHexString(high & 0xFFFF) + ":" + Integer.toHexString(low & 0xFFFF);
        assertThat(IpAddress.parse(v6)).isNotNull();
    }
}
