package org.hearthwatch.http.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.hearthwatch.testkit.ForAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerHelloTest {

    /** A ServerHello with an empty session id and the extensions supported_versions and key_share. */
    private static String hello(String random, String group) {
        return "160303" + "0000" + "02" + "000000" + "0303" + random + "00" + "1302" + "00" + "000e" + "002b00020304"
                + "00330004" + group + "0000";
    }

    private static final String RANDOM = "11".repeat(32);

    @ParameterizedTest
    @CsvSource({"11ec, X25519MLKEM768", "001d, X25519", "0017, secp256r1", "0018, other"})
    void reads_the_group(String number, String name) {
        assertThat(ServerHello.group(bytes(hello(RANDOM, number)))).contains(name);
    }

    @Test
    void a_request_to_try_again_is_no_answer_yet() {
        String retry = "cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c";

        assertThat(ServerHello.group(bytes(hello(retry, "001d")))).isEmpty();
    }

    @Test
    void what_is_cut_or_something_else_is_nothing() {
        byte[] whole = HexFormat.of().parseHex(hello(RANDOM, "11ec"));
        for (int length = 0; length < whole.length - 4; length++) {
            assertThat(ServerHello.group(ByteBuffer.wrap(whole, 0, length).slice()))
                    .isEmpty();
        }
        assertThat(ServerHello.group(bytes("1503030002022f"))).isEmpty();
    }

    @Test
    void any_bytes_harm_nothing() {
        ForAll.cases(200, random -> {
                    byte[] bytes = HexFormat.of().parseHex(hello(RANDOM, "11ec"));
                    for (int i = 0; i < 5; i++) {
                        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                    }
                    return bytes;
                })
                .check(bytes ->
                        assertThat(ServerHello.group(ByteBuffer.wrap(bytes))).isNotNull());
    }

    private static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    }
}
