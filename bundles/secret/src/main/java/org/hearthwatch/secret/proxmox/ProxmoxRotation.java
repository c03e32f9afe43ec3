package org.hearthwatch.secret.proxmox;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.secret.SecretRef;
import org.hearthwatch.api.secret.SecretRotation;
import org.hearthwatch.api.secret.SecretStore;
import org.hearthwatch.api.secret.SecretUnavailableException;
import org.hearthwatch.api.secret.Secrets;
import org.hearthwatch.api.secret.VaultException;
import org.jspecify.annotations.Nullable;

/**
 * Renews API tokens of Proxmox VE 8 and 9. A second token is made beside the present one, with its end, its separation of
 * privileges and its entries in the access list; it holds once it may do all that the present one may. Asking the node for
 * a new value of the same token ({@code regenerate}, Proxmox VE 9.1) would end the present value before the new one is kept
 * anywhere.
 */
public final class ProxmoxRotation implements SecretRotation {

    /** What a token that ends at some time is given, from its renewal on. */
    private static final Duration LIFE = Duration.ofDays(90);

    private static final int MARK_LENGTH = 8;
    private static final String MARK_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final String POST = "POST";
    private static final String GET = "GET";

    private final Supplier<ProxmoxTokens> settings;
    private final Node node;
    private final SecretStore vault;
    private final Secrets secrets;
    private final InstantSource clock;
    private final SecureRandom random;

    public ProxmoxRotation(
            Supplier<ProxmoxTokens> settings,
            Node node,
            SecretStore vault,
            Secrets secrets,
            InstantSource clock,
            SecureRandom random) {
        this.settings = settings;
        this.node = node;
        this.vault = vault;
        this.secrets = secrets;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public boolean owns(String name) {
        return settings.get().nodes().containsKey(name);
    }

    @Override
    public Secret create(String name, Secret present) throws IOException {
        ApiToken former = ApiToken.of(present);
        ApiToken keeper = keeper(name);
        Map<String, @Nullable Object> info = Answer.map(ask(GET, name, path(former), Map.of(), keeper));
        var named = new ApiToken(former.user(), nextId(former.id()), "");
        try {
            String value = Answer.text(Answer.map(ask(POST, name, path(named), asFormer(info), keeper))
                    .get("value"));
            var fresh = new ApiToken(named.user(), named.id(), value);
            if (value.isEmpty()) {
                throw new IOException("the node gave no value for " + fresh);
            }
            if (separated(info)) {
                copyAccess(name, former, fresh, keeper);
            }
            return fresh.secret();
        } catch (IOException | RuntimeException e) {
            throw undone(name, named, keeper, e);
        }
    }

    /** Where the answer was lost the token may be there all the same; its value is known to nobody then. */
    private IOException undone(String name, ApiToken named, ApiToken keeper, Exception why) {
        String left = "";
        try {
            remove(name, named, keeper);
        } catch (IOException e) {
            left = "; if the node lists a token " + named + ", remove it there";
        }
        return new IOException(why.getMessage() + left, why);
    }

    @Override
    public void test(String name, Secret fresh) throws IOException {
        Set<String> may = permissions(name, ApiToken.of(fresh));
        Set<String> lost;
        try (Secret present = vault.get(name, OptionalInt.empty())) {
            lost = permissions(name, ApiToken.of(present));
        } catch (VaultException e) {
            throw new IOException(e.getMessage(), e);
        }
        lost.removeAll(may);
        if (!lost.isEmpty()) {
            throw new IOException("the new token may not do all that the present one may, such as "
                    + lost.iterator().next());
        }
    }

    @Override
    public void end(String name, Secret former) throws IOException {
        remove(name, ApiToken.of(former), keeper(name));
    }

    /** What the node no longer lists is removed, whatever became of the answer. */
    private void remove(String name, ApiToken token, ApiToken keeper) throws IOException {
        try {
            ask("DELETE", name, path(token), Map.of(), keeper);
        } catch (IOException e) {
            boolean listed = !(ask(GET, name, tokens(token), Map.of(), keeper) instanceof List<?> all)
                    || all.stream()
                            .anyMatch(each -> token.id().equals(Answer.map(each).get("tokenid")));
            if (listed) {
                throw e;
            }
        }
    }

    /** Who makes and ends tokens: the keeper if one is named, else the token the vault holds at this moment. */
    private ApiToken keeper(String name) throws IOException {
        Optional<SecretRef> other = settings.get().keeper();
        try (Secret secret = other.isPresent() ? secrets.open(other.get()) : vault.get(name, OptionalInt.empty())) {
            return ApiToken.of(secret);
        } catch (SecretUnavailableException | VaultException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private Map<String, String> asFormer(Map<String, @Nullable Object> info) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("privsep", separated(info) ? "1" : "0");
        String comment = Answer.text(info.get("comment"));
        if (!comment.isEmpty()) {
            form.put("comment", comment);
        }
        if (!List.of("", "0").contains(Answer.text(info.get("expire")))) {
            form.put("expire", Long.toString(clock.instant().plus(LIFE).getEpochSecond()));
        }
        return form;
    }

    private static boolean separated(Map<String, @Nullable Object> info) {
        return Answer.truth(info.get("privsep"));
    }

    private void copyAccess(String name, ApiToken former, ApiToken fresh, ApiToken keeper) throws IOException {
        if (ask(GET, name, "/access/acl", Map.of(), keeper) instanceof List<?> entries) {
            for (Object each : entries) {
                Map<String, @Nullable Object> entry = Answer.map(each);
                if ("token".equals(entry.get("type")) && former.fullId().equals(entry.get("ugid"))) {
                    ask(
                            "PUT",
                            name,
                            "/access/acl",
                            Map.of(
                                    "path", Answer.text(entry.get("path")),
                                    "roles", Answer.text(entry.get("roleid")),
                                    "propagate", Answer.truth(entry.get("propagate")) ? "1" : "0",
                                    "tokens", fresh.fullId()),
                            keeper);
                }
            }
        }
    }

    /** What a token may do, as {@code Sys.Audit on /nodes}. */
    private Set<String> permissions(String name, ApiToken token) throws IOException {
        Set<String> all = new TreeSet<>();
        Answer.map(ask(GET, name, "/access/permissions", Map.of(), token))
                .forEach((path, privileges) -> Answer.map(privileges)
                        .forEach((privilege, propagates) ->
                                all.add(privilege + " on " + path + (Answer.truth(propagates) ? " and below" : ""))));
        return all;
    }

    private @Nullable Object ask(String method, String name, String path, Map<String, String> form, ApiToken as)
            throws IOException {
        URI base = settings.get().nodes().get(name);
        if (base == null) {
            throw new IOException("no node is set for " + name + " any more");
        }
        return node.ask(method, base, path, form, as.authorization());
    }

    private static String path(ApiToken token) {
        return tokens(token) + '/' + encoded(token.id());
    }

    private static String tokens(ApiToken token) {
        return "/access/users/" + encoded(token.user()) + "/token";
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The first name stays to be seen; what follows was never used before. */
    private String nextId(String id) {
        var next = new StringBuilder(id.replaceFirst("-hw[a-z2-9]{" + MARK_LENGTH + "}$", "")).append("-hw");
        random.ints(MARK_LENGTH, 0, MARK_LETTERS.length()).forEach(letter -> next.append(MARK_LETTERS.charAt(letter)));
        return next.toString();
    }
}
