package org.hearthwatch.itests;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Somebody with a browser, signed in from an address of this machine. */
final class Person {

    static final ObjectMapper JSON = new ObjectMapper();

    private final Appliance appliance;
    private final String from;
    private String cookie = "";
    private String csrf = "";

    private Person(Appliance appliance, String from) {
        this.appliance = appliance;
        this.from = from;
    }

    /** A browser that shows the sign-in page. */
    static Person at(Appliance appliance, String from) {
        return new Person(appliance, from);
    }

    /** One with a session; signing in must work. */
    static Person signedIn(Appliance appliance, String user, String password) throws IOException {
        var person = at(appliance, Wire.otherNetwork());
        Wire.Answer answer = person.signIn(user, password);
        if (answer.status() != 204) {
            throw new AssertionError(user + " cannot sign in: " + answer);
        }
        return person;
    }

    /** Makes a user with this role, through a token. */
    static void exists(Appliance appliance, String adminToken, String user, String password, String role)
            throws IOException {
        Wire.Answer answer = Wire.ask(
                appliance.port(),
                "127.0.0.1",
                "POST",
                "/api/hw/users",
                json("name", user, "password", password, "roles", List.of(role)),
                "Content-Type: application/json",
                "Authorization: Bearer " + adminToken);
        if (answer.status() != 204) {
            throw new AssertionError(user + " cannot be made: " + answer);
        }
    }

    static String json(Object... pairs) {
        Map<String, Object> object = new java.util.LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            object.put((String) pairs[i], pairs[i + 1]);
        }
        try {
            return JSON.writeValueAsString(object);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    Wire.Answer signIn(String user, String password) throws IOException {
        return signIn(json("user", user, "password", password));
    }

    Wire.Answer signIn(String user, String password, String code) throws IOException {
        return signIn(json("user", user, "password", password, "code", code));
    }

    private Wire.Answer signIn(String body) throws IOException {
        Wire.Answer answer = ask("POST", "/api/hw/sign-in", body);
        if (answer.status() == 204) {
            csrf = JSON.readTree(ask("GET", "/api/hw/session", "").body())
                    .path("csrf")
                    .asText();
        }
        return answer;
    }

    Wire.Answer get(String path) throws IOException {
        return ask("GET", path, "");
    }

    JsonNode read(String path) throws IOException {
        return JSON.readTree(get(path).body());
    }

    /** Asks as the console does; takes over a cookie that is given. */
    Wire.Answer ask(String method, String path, String body, String... more) throws IOException {
        List<String> headers = new ArrayList<>(List.of(more));
        headers.add("Sec-Fetch-Site: same-origin");
        if (!body.isEmpty()) {
            headers.add("Content-Type: application/json");
        }
        if (!cookie.isEmpty()) {
            headers.add("Cookie: " + cookie);
        }
        if (!csrf.isEmpty() && !method.equals("GET")) {
            headers.add("X-CSRF-Token: " + csrf);
        }
        Wire.Answer answer =
                Wire.ask(appliance.port(), from, method, path, body, headers.toArray(String[]::new));
        answer.header("Set-Cookie").ifPresent(given -> cookie = given.split(";", 2)[0]);
        return answer;
    }

    String cookie() {
        return cookie;
    }

    String csrf() {
        return csrf;
    }

    /** Puts a cookie into the browser, as an attacker might. */
    void plant(String planted) {
        cookie = planted;
    }
}
