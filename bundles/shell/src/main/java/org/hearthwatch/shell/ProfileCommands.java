package org.hearthwatch.shell;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hearthwatch.api.security.Promise;
import org.hearthwatch.api.security.PromiseBook;
import org.hearthwatch.api.security.SecurityProfile;
import org.hearthwatch.api.security.SecurityProfiles;
import org.hearthwatch.api.security.SecurityProfiles.PinnedSetting;
import org.hearthwatch.shell.ShellCommand.Call;
import org.hearthwatch.shell.line.Completion;
import org.hearthwatch.shell.line.Completion.Suggestion;
import org.hearthwatch.shell.line.Syntax;
import org.hearthwatch.shell.line.UsageException;
import org.hearthwatch.shell.text.Json;
import org.hearthwatch.shell.text.Table;

/** {@code hw:security-profile}, {@code hw:security-profile-set} and {@code hw:promises}. */
final class ProfileCommands {

    private static final String PROFILES = "the security profiles, the bundle transport";
    private static final String NAME = "NAME";
    private static final String OTHER = "OTHER";
    private static final String DRY_RUN = "--dry-run";

    private final Services services;

    ProfileCommands(Services services) {
        this.services = services;
    }

    List<ShellCommand> all() {
        Completion names = () -> Stream.of(SecurityProfile.values())
                .map(each -> new Suggestion(each.word(), ""))
                .toList();
        return List.of(
                new ShellCommand(
                        Syntax.of(
                                        "security-profile",
                                        "Shows the security profile and its settings, or what another would change")
                                .optionalArgument(NAME, "standard, high or airgap; without it the one in force", names)
                                .optionalArgument(OTHER, "After the word set: the profile to change to", names)
                                .json()
                                .details("hw:security-profile set NAME is hw:security-profile-set NAME."),
                        this::show),
                new ShellCommand(
                        Syntax.of(
                                        "security-profile-set",
                                        "Shows what a security profile changes, and changes it")
                                .argument(NAME, "standard, high or airgap", names)
                                .flag(DRY_RUN, "Only show it, as hw:security-profile NAME does")
                                .json()
                                .details("The settings are written into their files in etc/ and hold within a second."),
                        this::set),
                new ShellCommand(
                        Syntax.of(
                                        "promises",
                                        "Shows what the appliance promises, whether it holds now, and what proves it")
                                .json()
                                .details("Exit code 1 while a promise holds only in part."),
                        this::promises));
    }

    private int show(Call call) throws CommandFailure, UsageException {
        SecurityProfiles profiles = services.need(SecurityProfiles.class, PROFILES);
        Optional<String> word = call.arguments().find(NAME);
        if (call.arguments().find(OTHER).isPresent()) {
            throw new UsageException("two profiles are named; write set before the one to change to");
        }
        SecurityProfile profile = word.isPresent() ? profile(word.get()) : profiles.chosen();
        try {
            list(call, profiles, profile, profiles.settings(profile));
            return ShellCommand.OK;
        } catch (IOException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()));
        }
    }

    private int set(Call call) throws CommandFailure, UsageException {
        SecurityProfiles profiles = services.need(SecurityProfiles.class, PROFILES);
        SecurityProfile profile = profile(call.arguments().get(NAME));
        try {
            List<PinnedSetting> settings = profiles.settings(profile);
            list(call, profiles, profile, settings);
            if (call.arguments().has(DRY_RUN)) {
                return ShellCommand.OK;
            }
            int changed = profiles.choose(profile).size();
            if (!call.json()) {
                call.screen().line("The profile is " + profile.word() + " now; " + changed + " settings were changed.");
            }
            return ShellCommand.OK;
        } catch (IOException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()));
        }
    }

    private static SecurityProfile profile(String word) throws UsageException {
        return SecurityProfile.of(word)
                .orElseThrow(
                        () -> new UsageException("there is no profile " + word + ", but standard, high and airgap"));
    }

    private static void list(
            Call call, SecurityProfiles profiles, SecurityProfile profile, List<PinnedSetting> settings) {
        if (call.json()) {
            call.screen()
                    .line(Json.array(
                            settings,
                            (json, setting) -> json.field("file", setting.file())
                                    .field("key", setting.key())
                                    .field("now", setting.now())
                                    .field("wanted", setting.wanted())
                                    .field("why", setting.why())));
            return;
        }
        boolean same = profile == profiles.chosen();
        call.screen()
                .line(
                        same
                                ? "The profile is " + profile.word() + "."
                                : "The profile " + profile.word() + " in place of "
                                        + profiles.chosen().word() + ":");
        var table = new Table("FILE", "SETTING", "NOW", "IN THE PROFILE", "WHY");
        settings.forEach(setting -> table.row(
                setting.file(),
                setting.key(),
                setting.now().orElse("(default)"),
                setting.holds() ? "as it is" : setting.wanted().orElse("(default)"),
                setting.why()));
        call.screen().table(table, "No setting belongs to it.");
    }

    private int promises(Call call) throws CommandFailure {
        List<Promise> promises =
                services.need(PromiseBook.class, "the bundle transport").all();
        if (call.json()) {
            call.screen()
                    .line(Json.array(
                            promises,
                            (json, promise) -> json.field("id", promise.id())
                                    .field("title", promise.title())
                                    .field("state", promise.state().name())
                                    .field("why", promise.why())
                                    .field("proof", promise.proof())));
        } else {
            var table = new Table("ID", "PROMISE", "STATE", "WHY", "PROOF");
            promises.forEach(promise ->
                    table.row(promise.id(), promise.title(), promise.state().name(), promise.why(), promise.proof()));
            call.screen().table(table, "Nothing is promised.");
        }
        return promises.stream().noneMatch(promise -> promise.state() == Promise.State.DEGRADED)
                ? ShellCommand.OK
                : ShellCommand.FAILED;
    }
}
