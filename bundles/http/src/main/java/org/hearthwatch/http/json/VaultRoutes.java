package org.hearthwatch.http.json;

import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import org.hearthwatch.api.access.Permission;
import org.hearthwatch.api.secret.NewSlot;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.secret.SecretStore;
import org.hearthwatch.api.secret.SlotKey;
import org.hearthwatch.api.secret.Vault;
import org.hearthwatch.api.secret.VaultException;
import org.hearthwatch.api.secret.VaultSlot;
import org.hearthwatch.api.web.Exchange;
import org.hearthwatch.api.web.Guard;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.api.web.Routes;
import org.jspecify.annotations.Nullable;

/**
 * The vault and its secrets. Looking at a value is a POST, so that it is recorded before it is done, by name, and no
 * browser does it by following a link.
 */
public final class VaultRoutes implements Routes {

    private static final String NAME = "name";

    private final Needed<Vault> vault;
    private final Needed<SecretStore> secrets;

    public VaultRoutes(Needed<Vault> vault, Needed<SecretStore> secrets) {
        this.vault = vault;
        this.secrets = secrets;
    }

    @Override
    public List<Route> routes() {
        var manageVault = Guard.needs(Permission.admin("vault:manage"));
        var manage = Guard.needs(Permission.admin("secrets:manage"));
        var reveal = Guard.needs(Permission.admin("secrets:reveal"));
        return List.of(
                Route.get("/api/hw/vault", manageVault, this::status),
                Route.post("/api/hw/vault", manageVault, this::create),
                Route.post("/api/hw/vault/slots", manageVault, this::addSlot),
                Route.post("/api/hw/vault/shares", manageVault, this::addShares),
                Route.delete("/api/hw/vault/slots/{id}", manageVault, this::removeSlot),
                Route.post("/api/hw/vault/seal", manageVault, this::seal),
                Route.post("/api/hw/vault/unseal", manageVault, this::unseal),
                Route.post("/api/hw/vault/rotate", manageVault, this::rotateKeys),
                Route.get("/api/hw/secrets", manage, this::list),
                Route.get("/api/hw/secrets/{name...}", manage, this::history),
                Route.put("/api/hw/secrets/{name...}", manage, this::set),
                Route.delete("/api/hw/secrets/{name...}", manage, this::delete),
                Route.post("/api/hw/secret-rotate/{name...}", manage, this::rotate),
                Route.post("/api/hw/secret-reveal/{name...}", reveal, this::reveal));
    }

    private void status(Exchange exchange) throws IOException, HttpProblem {
        try {
            Vault known = vault.get();
            Vault.Status status = known.status();
            List<VaultSlot> slots = status.state() == Vault.State.ABSENT ? List.of() : known.slots();
            Json.write(exchange, VaultView.of(status, slots));
        } catch (VaultException e) {
            throw problem(e);
        }
    }

    private void create(Exchange exchange) throws IOException, HttpProblem {
        Json.write(exchange, SlotView.of(withSlot(exchange, slot -> vault.get().create(slot))));
    }

    private void addSlot(Exchange exchange) throws IOException, HttpProblem {
        Json.write(exchange, SlotView.of(withSlot(exchange, slot -> vault.get().addSlot(slot))));
    }

    @FunctionalInterface
    private interface SlotMaking {
        VaultSlot apply(NewSlot slot) throws VaultException, HttpProblem;
    }

    private static VaultSlot withSlot(Exchange exchange, SlotMaking making) throws IOException, HttpProblem {
        var body = Json.read(exchange, SlotBody.class);
        String label = Json.required("label", body.label());
        try {
            return switch (Json.required("kind", body.kind())) {
                case "passphrase" -> {
                    try (Secret value = Json.required("passphrase", body.passphrase())) {
                        yield making.apply(new NewSlot.Passphrase(label, value, NewSlot.Kdf.ARGON2ID));
                    }
                }
                case "file" -> making.apply(new NewSlot.KeyFile(label));
                case "credential" ->
                    making.apply(new NewSlot.Credential(label, Json.required("credential", body.credential())));
                default ->
                    throw new HttpProblem(
                            400,
                            "kind takes passphrase, file or credential; a token is set up with hw:vault-slot-add.");
            };
        } catch (VaultException e) {
            throw problem(e);
        }
    }

    /** Cards are shown this once; nothing here keeps them. */
    private void addShares(Exchange exchange) throws IOException, HttpProblem {
        var body = Json.read(exchange, SharesBody.class);
        List<Secret> cards = List.of();
        try {
            cards = vault.get().addShares(Json.required("label", body.label()), body.threshold(), body.shares());
            Json.write(exchange, cards);
        } catch (VaultException e) {
            throw problem(e);
        } finally {
            cards.forEach(Secret::close);
        }
    }

    private void removeSlot(Exchange exchange) throws IOException, HttpProblem {
        try {
            vault.get().removeSlot(Integer.parseInt(exchange.pathParameter("id")));
            exchange.respond(204);
        } catch (NumberFormatException e) {
            throw new HttpProblem(404, "There is no such way in.");
        } catch (VaultException e) {
            throw problem(e);
        }
    }

    private void seal(Exchange exchange) throws IOException, HttpProblem {
        vault.get().seal();
        exchange.respond(204);
    }

    private void unseal(Exchange exchange) throws IOException, HttpProblem {
        var body = Json.read(exchange, UnsealBody.class);
        try (Secret passphrase = Json.required("passphrase", body.passphrase())) {
            VaultSlot slot = vault.get().unseal(new SlotKey.Passphrase(passphrase), body.acceptRollback());
            Json.write(exchange, SlotView.of(slot));
        } catch (VaultException e) {
            throw problem(e);
        }
    }

    private void rotateKeys(Exchange exchange) throws IOException, HttpProblem {
        try {
            vault.get().rotate();
            exchange.respond(204);
        } catch (VaultException e) {
            throw problem(e);
        }
    }

    private void list(Exchange exchange) throws IOException, HttpProblem {
        try {
            Json.write(
                    exchange, secrets.get().list().stream().map(SecretView::of).toList());
        } catch (VaultException e) {
            throw problem(e);
        }
    }

    private void history(Exchange exchange) throws IOException, HttpProblem {
        try {
            Json.write(
                    exchange,
                    secrets.get().history(exchange.pathParameter(NAME)).stream()
                            .map(version -> new VersionView(version.number(), Json.seconds(version.created())))
                            .toList());
        } catch (VaultException e) {
            throw problem(e);
        }
    }

    private void set(Exchange exchange) throws IOException, HttpProblem {
        var body = Json.read(exchange, ValueBody.class);
        try (Secret value = Json.required("value", body.value())) {
            Json.write(exchange, SecretView.of(secrets.get().set(exchange.pathParameter(NAME), value)));
        } catch (VaultException e) {
            throw problem(e);
        }
    }

    private void delete(Exchange exchange) throws IOException, HttpProblem {
        try {
            secrets.get().delete(exchange.pathParameter(NAME));
            exchange.respond(204);
        } catch (VaultException e) {
            throw problem(e);
        }
    }

    private void rotate(Exchange exchange) throws IOException, HttpProblem {
        try {
            Json.write(exchange, SecretView.of(secrets.get().rotate(exchange.pathParameter(NAME))));
        } catch (VaultException e) {
            throw problem(e);
        }
    }

    private void reveal(Exchange exchange) throws IOException, HttpProblem {
        try (Secret secret = secrets.get().get(exchange.pathParameter(NAME), OptionalInt.empty())) {
            Json.write(exchange, new ValueBody(secret));
        } catch (VaultException e) {
            throw problem(e);
        }
    }

    private static HttpProblem problem(VaultException e) {
        int status = switch (e.kind()) {
            case UNKNOWN -> 404;
            case INVALID -> 400;
            case WRONG_KEY -> 403;
            case ABSENT, EXISTS, SEALED, ROLLED_BACK -> 409;
            case DAMAGED, UNAVAILABLE -> 503;
        };
        return new HttpProblem(status, String.valueOf(e.getMessage()));
    }

    private record UnsealBody(@Nullable Secret passphrase, boolean acceptRollback) {}

    private record SlotBody(
            @Nullable String kind,
            @Nullable String label,
            @Nullable Secret passphrase,
            @Nullable String credential) {}

    private record SharesBody(@Nullable String label, int threshold, int shares) {}

    private record ValueBody(@Nullable Secret value) {}

    private record VersionView(int version, double created) {}

    private record SecretView(String name, int version, double changed, int versions, boolean rotates) {

        static SecretView of(SecretStore.Info info) {
            return new SecretView(
                    info.name(), info.version(), Json.seconds(info.changed()), info.versions(), info.rotates());
        }
    }

    private record SlotView(
            int id, String kind, String label, double created, String strength, boolean unattended, String meaning) {

        static SlotView of(VaultSlot slot) {
            return new SlotView(
                    slot.id(),
                    slot.kind().word(),
                    slot.label(),
                    Json.seconds(slot.created()),
                    slot.strength(),
                    slot.kind().unattended(),
                    slot.kind().meaning());
        }
    }

    private record VaultView(
            String state,
            @Nullable Long generation,
            int secrets,
            String memory,
            @Nullable Double keysSince,
            List<SlotView> slots,
            List<String> protections,
            @Nullable String problem) {

        static VaultView of(Vault.Status status, List<VaultSlot> slots) {
            return new VaultView(
                    status.state().word(),
                    status.generation().isPresent() ? status.generation().getAsLong() : null,
                    status.secrets(),
                    status.memory(),
                    Json.secondsOrNull(status.keysSince()),
                    slots.stream().map(SlotView::of).toList(),
                    status.protections(),
                    status.problem().orElse(null));
        }
    }
}
