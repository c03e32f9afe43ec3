package org.hearthwatch.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Coming in without being anybody, or as somebody else. Cases 1 to 11, 38 and 39. */
class HostileSignInIT {

    private static final String PASSWORD = "a password nobody guesses";

    @RegisterExtension
    static final HostileCases cases = HostileCases.noted();

    @RegisterExtension
    static final Appliance appliance = HostileCases.APPLIANCE;

    private static String token = "";

    @BeforeAll
    static void the_people() throws Exception {
        token = HostileCases.adminToken();
        for (String user : List.of("vera", "lock", "fix", "leave", "totp", "guess", "known")) {
            Person.exists(appliance, token, user, PASSWORD, user.equals("vera") ? "viewer" : "operator");
        }
    }

    @Test
    void nothing_is_answered_to_strangers_nor_more_than_they_may_to_viewers() throws Exception {
        var viewer = Person.signedIn(appliance, "vera", PASSWORD);
        int strangers = 0;
        int viewers = 0;
        for (JsonNode line : Person.JSON.readTree(
                appliance.command("permission-list", "--json").orThrow())) {
            String[] what = line.path("what").asText().split(" ", 2);
            String who = line.path("roles").asText();
            if (what.length < 2 || line.path("permission").asText().equals("-")) {
                continue;
            }
            String path = what[1].replaceAll("\\{[^}]*}", "x");
            if (!who.contains("everyone")) {
                Wire.Answer stranger = Wire.ask(appliance.port(), Wire.otherNetwork(), what[0], path, "");
                assertThat(stranger.status()).as("%s without credentials", line).isEqualTo(401);
                assertThat(stranger.body()).doesNotContain("Exception").hasSizeLessThan(400);
                strangers++;
            }
            if (!who.contains("viewer") && !who.contains("everyone")) {
                Wire.Answer refused = viewer.ask(what[0], path, "");
                assertThat(refused.status()).as("%s as a viewer", line).isEqualTo(403);
                viewers++;
            }
        }
        assertThat(strangers).isGreaterThan(100);
        assertThat(viewers).isGreaterThan(30);
        assertThat(appliance.command("audit-show", "--limit", "500").out()).contains("refused");
        HostileCases.answered(
                1,
                "every guarded route without credentials; every route a viewer has no right to, as a viewer",
                strangers + " x 401, " + viewers + " x 403, recorded as refused (commands by role: AccessMatrixIT)");
    }

    @Test
    void a_routes_own_words_are_no_way_in() throws Exception {
        var seen = new ArrayList<String>();
        for (String path : List.of("/api/hw/users/:name", "/api/hw/users/{name}", "/api/hw/*", "/api/hw/{rest...}")) {
            Wire.Answer answer = Wire.ask(
                    appliance.port(), "127.0.0.1", "GET", path, "", "Authorization: Bearer " + token);
            assertThat(answer.status()).as(path).isIn(400, 404, 405);
            seen.add(path + " " + answer.status());
        }
        HostileCases.answered(2, "literal words of a route's pattern", String.join(", ", seen));
    }

    @Test
    void a_name_that_exists_is_answered_like_one_that_does_not() throws Exception {
        var known = new ArrayList<Long>();
        var unknown = new ArrayList<Long>();
        Wire.Answer one = wrong("known", known);
        Wire.Answer other = wrong("nobody", unknown);
        for (int i = 0; i < 9; i++) {
            wrong("known", known);
            wrong("nobody" + i, unknown);
        }
        assertThat(one.status()).isEqualTo(401);
        assertThat(one.body()).isEqualTo(other.body());
        assertThat(names(one)).isEqualTo(names(other));
        HostileCases.answered(
                3,
                "a wrong password for a name that exists, and for one that does not",
                "401 both, same text and headers; medians " + median(known) + " and " + median(unknown)
                        + " ms (10 tries each, on whatever machine this ran)");
    }

    private static Wire.Answer wrong(String user, List<Long> millis) throws Exception {
        long begin = System.nanoTime();
        Wire.Answer answer = Person.at(appliance, Wire.otherNetwork()).signIn(user, "wrong");
        millis.add((System.nanoTime() - begin) / 1_000_000);
        return answer;
    }

    private static List<String> names(Wire.Answer answer) {
        return answer.headers().stream().map(line -> line.split(":", 2)[0]).toList();
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    @Test
    void a_name_has_one_spelling() throws Exception {
        String network = Wire.otherNetwork();
        var answers = new ArrayList<String>();
        for (String name : List.of("LOCK", "lock ", "ｌｏｃｋ", "lосk", "lock\u0000", "lock\u200b")) {
            Wire.Answer added = Wire.ask(
                    appliance.port(),
                    "127.0.0.1",
                    "POST",
                    "/api/hw/users",
                    Person.json("name", name, "password", PASSWORD, "roles", List.of("admin")),
                    "Content-Type: application/json",
                    "Authorization: Bearer " + token);
            assertThat(added.status()).as("adding %s", name).isIn(400, 409);
            Wire.Answer answer = Person.at(appliance, Wire.otherNetwork()).signIn(name, PASSWORD);
            answers.add(name.strip() + " " + added.status() + "/" + answer.status());
            assertThat(answer.status()).as("signing in as %s", name).isIn(204, 401);
        }
        for (String name : List.of("lock", "LOCK", "Lock")) {
            Person.at(appliance, network).signIn(name, "wrong");
        }
        assertThat(Person.at(appliance, network).signIn("lOCK", PASSWORD).status())
                .as("one counter for all spellings of one name")
                .isEqualTo(429);
        HostileCases.answered(
                4,
                "names in other spellings: adding / signing in as",
                String.join(", ", answers) + "; three failures under three spellings lock them all");
    }

    @Test
    void many_sign_ins_at_once_do_not_drown_it() throws Exception {
        long before = heap();
        var pool = Executors.newFixedThreadPool(32);
        try {
            List<Callable<Wire.Answer>> all = new ArrayList<>();
            for (int i = 0; i < 96; i++) {
                String user = "flood" + i;
                all.add(() -> Person.at(appliance, Wire.otherNetwork()).signIn(user, "wrong"));
            }
            Map<Integer, Integer> statuses = new TreeMap<>();
            boolean retryAfter = true;
            for (Future<Wire.Answer> each : pool.invokeAll(all)) {
                Wire.Answer answer = each.get();
                statuses.merge(answer.status(), 1, Integer::sum);
                retryAfter &= answer.status() != 429 || answer.header("Retry-After").isPresent();
            }
            assertThat(statuses.keySet()).isSubsetOf(401, 429);
            assertThat(statuses).containsKey(429);
            assertThat(retryAfter).isTrue();
            assertThat(appliance.get("/-/ready").statusCode()).isEqualTo(200);
            assertThat(heap() - before).as("bytes of heap more than before").isLessThan(80L << 20);
            HostileCases.answered(
                    5, "96 sign-ins, 32 at once, from 96 networks", statuses + ", 429 with Retry-After; ready meanwhile");
        } finally {
            pool.shutdownNow();
        }
    }

    private static long heap() {
        return appliance
                .get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("jvm_memory_bytes_used{area=\"heap\""))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Test
    void nobody_shuts_a_person_out_from_afar() throws Exception {
        var inside = Person.signedIn(appliance, "lock", PASSWORD);
        String attacker = Wire.otherNetwork();
        int status = 0;
        for (int i = 0; i < 5; i++) {
            status = Person.at(appliance, attacker).signIn("lock", "wrong").status();
        }
        assertThat(status).isEqualTo(429);
        assertThat(inside.get("/api/hw/account").status()).isEqualTo(200);
        Person.signedIn(appliance, "lock", PASSWORD);
        HostileCases.answered(
                6, "five wrong passwords from one network", "429 there; the session lives, elsewhere signing in works");
    }

    @Test
    void a_planted_cookie_becomes_no_session() throws Exception {
        var victim = Person.at(appliance, Wire.otherNetwork());
        String planted = "hearthwatch-session-" + appliance.port() + "=" + "A".repeat(43);
        victim.plant(planted);
        assertThat(victim.signIn("fix", PASSWORD).status()).isEqualTo(204);
        assertThat(victim.cookie()).isNotEqualTo(planted);
        var attacker = Person.at(appliance, Wire.otherNetwork());
        attacker.plant(planted);
        assertThat(attacker.get("/api/hw/account").status()).isEqualTo(401);
        HostileCases.answered(7, "a cookie set before signing in", "another is given; with the planted one 401");
    }

    @Test
    void an_old_cookie_is_worth_nothing() throws Exception {
        var answers = new TreeMap<String, Integer>();
        var out = Person.signedIn(appliance, "leave", PASSWORD);
        assertThat(out.ask("POST", "/api/hw/sign-out", "").status()).isEqualTo(204);
        answers.put("sign-out", after(out));
        var password = Person.signedIn(appliance, "leave", PASSWORD);
        change("leave", Person.json("password", PASSWORD + "!"));
        answers.put("password change", after(password));
        var role = Person.signedIn(appliance, "leave", PASSWORD + "!");
        change("leave", Person.json("roles", List.of("viewer")));
        answers.put("role change", after(role));
        var enabled = Person.signedIn(appliance, "leave", PASSWORD + "!");
        change("leave", Person.json("enabled", false));
        answers.put("disabling", after(enabled));
        assertThat(answers.values()).containsOnly(401);
        HostileCases.answered(8, "a session's cookie after " + String.join(", ", answers.keySet()), "401 each");
    }

    private static int after(Person person) throws Exception {
        var thief = Person.at(appliance, Wire.otherNetwork());
        thief.plant(person.cookie());
        return thief.get("/api/hw/account").status();
    }

    private static void change(String user, String body) throws Exception {
        Wire.Answer answer = Wire.ask(
                appliance.port(),
                "127.0.0.1",
                "PUT",
                "/api/hw/users/" + user,
                body,
                "Content-Type: application/json",
                "Authorization: Bearer " + token);
        assertThat(answer.status()).as(answer.body()).isEqualTo(204);
    }

    @Test
    void a_code_counts_once_and_guessing_ends() throws Exception {
        var person = Person.signedIn(appliance, "totp", PASSWORD);
        String key = Person.JSON
                .readTree(person.ask("POST", "/api/hw/account/factor", "").body())
                .path("key")
                .asText();
        // The step before is still good, so that two more can be used without waiting.
        JsonNode recovery = Person.JSON.readTree(
                person.ask("POST", "/api/hw/account/factor/confirm", Person.json("code", code(key, -1))).body());
        assertThat(recovery.path("recovery")).hasSize(10);

        String good = code(key, 0);
        var answers = new ArrayList<String>();
        for (String form : List.of(
                good.substring(0, 3) + " " + good.substring(3),
                good.chars().mapToObj(c -> String.valueOf((char) (c - '0' + '０'))).collect(Collectors.joining()),
                "0" + good)) {
            int status = withCode("totp", form);
            assertThat(status).as(form).isEqualTo(401);
            answers.add("“" + form.replaceAll("\\d", "d") + "” " + status);
        }
        assertThat(withCode("totp", good)).isEqualTo(204);
        int again = withCode("totp", good);
        int former = withCode("totp", code(key, -1));
        assertThat(List.of(again, former)).allMatch(status -> status == 401 || status == 429);
        HostileCases.answered(
                9,
                "a code in other forms; twice; the one before it",
                String.join(", ", answers) + ", right 204, again " + again + ", the one before " + former);

        String once = recovery.path("recovery").path(0).asText();
        unlock("totp");
        assertThat(withCode("totp", once)).isEqualTo(204);
        int twice = withCode("totp", once);
        assertThat(twice).isEqualTo(401);
        HostileCases.answered(11, "a recovery code, twice", "204, " + twice);

        var guesses = new ArrayList<Integer>();
        unlock("totp");
        for (int i = 0; i < 7; i++) {
            guesses.add(withCode("totp", "00000" + i));
        }
        assertThat(guesses).contains(429);
        assertThat(withCode("totp", code(key, 1))).as("the right one, now").isEqualTo(429);
        HostileCases.answered(
                10, "guessing codes, each from another network", guesses + ", then the right one 429 as well");
    }

    private static int withCode(String user, String code) throws Exception {
        return Person.at(appliance, Wire.otherNetwork())
                .signIn(user, PASSWORD, code)
                .status();
    }

    private static void unlock(String user) {
        appliance.command("user-unlock", user).orThrow();
    }

    /** RFC 6238 with SHA-1, six digits, 30 s. */
    private static String code(String base32, int step) throws Exception {
        var mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(base32(base32), "HmacSHA1"));
        byte[] hash = mac.doFinal(ByteBuffer.allocate(8)
                .putLong(System.currentTimeMillis() / 30_000 + step)
                .array());
        int at = hash[hash.length - 1] & 0xf;
        int number = ByteBuffer.wrap(hash, at, 4).getInt() & 0x7fff_ffff;
        return String.format(Locale.ROOT, "%06d", number % 1_000_000);
    }

    private static byte[] base32(String text) {
        var bytes = new ByteArrayOutputStream();
        int bits = 0;
        int value = 0;
        for (char c : text.replace("=", "").replace(" ", "").toUpperCase(Locale.ROOT).toCharArray()) {
            value = value << 5 | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c);
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes.write(value >> bits & 0xff);
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void a_token_in_an_address_is_refused_and_never_logged() throws Exception {
        String secret = appliance.newToken("read");
        var answers = new ArrayList<String>();
        for (String parameter : List.of("token", "access_token", "api_key")) {
            Wire.Answer answer = Wire.ask(
                    appliance.port(), "127.0.0.1", "GET", "/api/v1/query?query=up&" + parameter + "=" + secret, "");
            assertThat(answer.status()).as(parameter).isIn(400, 401);
            answers.add(parameter + " " + answer.status());
        }
        assertThat(Appliance.read(appliance.log())).doesNotContain(secret);
        assertThat(appliance.command("audit-show", "--limit", "500").out()).doesNotContain(secret);
        HostileCases.answered(
                38, "a token as a parameter of the address", String.join(", ", answers) + "; neither in log nor audit log");
    }

    @Test
    void a_token_that_is_wrong_in_any_way_is_refused() throws Exception {
        String read = appliance.newToken("read");
        String name = Person.JSON
                .readTree(appliance.command("token-list", "--json").orThrow())
                .findValuesAsText("name")
                .stream()
                .filter(each -> each.startsWith("it-"))
                .sorted((a, b) -> Integer.compare(number(b), number(a)))
                .findFirst()
                .orElseThrow();
        var answers = new TreeMap<String, Integer>();
        answers.put("last character changed", with(changed(read)));
        answers.put("cut", with(read.substring(0, read.length() - 4)));
        answers.put("empty", with(""));
        answers.put("long", with("hwt_" + "A".repeat(5000)));
        assertThat(answers.values()).containsOnly(401);
        assertThat(lastUsed(name)).as("a failure is no use of it").isTrue();
        int scope = Wire.ask(
                        appliance.port(), "127.0.0.1", "GET", "/api/hw/users", "", "Authorization: Bearer " + read)
                .status();
        assertThat(scope).isEqualTo(403);
        answers.put("other scope", scope);

        String next = appliance
                .command("token-rotate", name, "--overlap", "0s")
                .orThrow()
                .lines()
                .findFirst()
                .orElseThrow()
                .strip();
        answers.put("rotated, overlap over", with(read));
        assertThat(with(next)).isEqualTo(200);
        appliance.command("token-revoke", name).orThrow();
        answers.put("revoked", with(next));
        String brief = appliance
                .command("token-create", "brief", "--scope", "read", "--ttl", "1s", "--quiet")
                .out()
                .strip();
        if (!brief.isEmpty()) {
            appliance.await("the token to expire", () -> with(brief) == 401);
            answers.put("expired", with(brief));
        }
        assertThat(answers).containsEntry("rotated, overlap over", 401).containsEntry("revoked", 401);
        HostileCases.answered(39, "tokens that are wrong in a way", answers.toString());
    }

    private static int number(String name) {
        return Integer.parseInt(name.substring(3));
    }

    private static String changed(String token) {
        char last = token.charAt(token.length() - 1);
        return token.substring(0, token.length() - 1) + (last == 'a' ? 'b' : 'a');
    }

    private static boolean lastUsed(String name) throws Exception {
        for (JsonNode each : Person.JSON.readTree(
                appliance.command("token-list", "--json").orThrow())) {
            if (each.path("name").asText().equals(name)) {
                return each.path("lastUsed").isNull() || each.path("lastUsed").isMissingNode();
            }
        }
        return false;
    }

    private static int with(String token) throws Exception {
        return Wire.ask(
                        appliance.port(),
                        Wire.otherNetwork(),
                        "GET",
                        "/api/v1/labels",
                        "",
                        "Authorization: Bearer " + token)
                .status();
    }
}
