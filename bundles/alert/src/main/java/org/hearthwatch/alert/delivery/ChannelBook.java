package org.hearthwatch.alert.delivery;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.hearthwatch.alert.config.AlertmanagerConfig;
import org.hearthwatch.alert.config.ReceiverConfig;
import org.hearthwatch.alert.yaml.Problem;
import org.hearthwatch.api.notify.InvalidReceiverException;
import org.hearthwatch.api.notify.Notifier;
import org.hearthwatch.api.notify.NotifierFactory;
import org.jspecify.annotations.Nullable;

/** Who is there to carry messages: notifiers with a configuration of their own, and makers of others. Thread-safe. */
public final class ChannelBook {

    private final List<NotifierFactory> factories = new CopyOnWriteArrayList<>();
    private final List<Notifier> notifiers = new CopyOnWriteArrayList<>();

    public void add(NotifierFactory factory) {
        factories.add(factory);
    }

    public void remove(NotifierFactory factory) {
        factories.remove(factory);
    }

    public void add(Notifier notifier) {
        notifiers.add(notifier);
    }

    public void remove(Notifier notifier) {
        notifiers.remove(notifier);
    }

    /** The sections of receivers that somebody here understands. */
    public Set<String> sections() {
        var sections = new HashSet<String>();
        factories.forEach(factory -> sections.addAll(factory.sections()));
        return sections;
    }

    /** Every notifier that has a configuration of its own, as channels of one receiver. */
    public List<Channel> everything(String receiver) {
        return notifiers.stream()
                .map(notifier -> new Channel(
                        receiver + "/" + notifier.kind() + ":" + notifier.name(),
                        receiver,
                        notifier.kind(),
                        true,
                        0,
                        () -> Optional.of(notifier)))
                .toList();
    }

    /** What those who understand an entry of the configuration have against it. */
    public List<Problem> problems(AlertmanagerConfig config) {
        var problems = new ArrayList<Problem>();
        for (ReceiverConfig receiver : config.receivers()) {
            for (ReceiverConfig.Channel channel : receiver.channels()) {
                factory(channel.section()).ifPresent(factory -> {
                    try {
                        Notifier unused = made(factory, receiver.name(), channel, config);
                    } catch (InvalidReceiverException e) {
                        problems.add(Problem.of(
                                channel.place(),
                                "receiver " + receiver.name() + ", " + channel.section()
                                        + (e.key().isEmpty() ? "" : ", " + e.key()) + ": " + e.getMessage(),
                                Problem.Kind.VALUE));
                    }
                });
            }
        }
        return problems;
    }

    private Optional<NotifierFactory> factory(String section) {
        return factories.stream()
                .filter(factory -> factory.sections().contains(section))
                .findFirst();
    }

    private static Notifier made(
            NotifierFactory factory, String receiver, ReceiverConfig.Channel channel, AlertmanagerConfig config)
            throws InvalidReceiverException {
        return factory.create(
                channel.section(), receiver + "[" + channel.index() + "]", channel.entry(), config.global());
    }

    /** The channels of every receiver of a configuration. */
    public Map<String, List<Channel>> channels(AlertmanagerConfig config) {
        var channels = new LinkedHashMap<String, List<Channel>>();
        for (ReceiverConfig receiver : config.receivers()) {
            channels.put(
                    receiver.name(),
                    receiver.channels().stream()
                            .map(channel -> new Channel(
                                    receiver.name() + "/" + channel.integration() + "[" + channel.index() + "]",
                                    receiver.name(),
                                    channel.integration(),
                                    channel.sendResolved(),
                                    channel.mostAlerts(),
                                    new Made(receiver.name(), channel, config)))
                            .toList());
        }
        return channels;
    }

    /** A notifier that is made when somebody is there who can, and anew when that one has gone. */
    private final class Made implements Supplier<Optional<Notifier>> {

        private final String receiver;
        private final ReceiverConfig.Channel channel;
        private final AlertmanagerConfig config;
        private @Nullable NotifierFactory maker;
        private Optional<Notifier> notifier = Optional.empty();

        Made(String receiver, ReceiverConfig.Channel channel, AlertmanagerConfig config) {
            this.receiver = receiver;
            this.channel = channel;
            this.config = config;
        }

        @Override
        public synchronized Optional<Notifier> get() {
            NotifierFactory now = factory(channel.section()).orElse(null);
            if (now == maker) {
                return notifier;
            }
            maker = now;
            notifier = Optional.empty();
            if (now != null) {
                try {
                    notifier = Optional.of(made(now, receiver, channel, config));
                } catch (InvalidReceiverException e) {
                    notifier = Optional.of(new RefusedNotifier(channel, receiver, String.valueOf(e.getMessage())));
                }
            }
            return notifier;
        }
    }
}
