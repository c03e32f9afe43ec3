package org.hearthwatch.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.Arrays;
import org.hearthwatch.api.secret.Secret;

/** Has passwords, tokens and keys travel as strings, and be {@link Secret}s on our side, which no log or message shows. */
final class SecretTexts {

    private SecretTexts() {}

    static SimpleModule module() {
        return new SimpleModule()
                .addDeserializer(Secret.class, new Reading())
                .addSerializer(Secret.class, new Writing());
    }

    private static final class Reading extends StdDeserializer<Secret> {

        private static final long serialVersionUID = 1L;

        Reading() {
            super(Secret.class);
        }

        @Override
        public Secret deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (!parser.hasToken(JsonToken.VALUE_STRING)) {
                context.reportWrongTokenException(this, JsonToken.VALUE_STRING, "a string");
            }
            return Secret.of(parser.getText());
        }
    }

    private static final class Writing extends StdSerializer<Secret> {

        private static final long serialVersionUID = 1L;

        Writing() {
            super(Secret.class);
        }

        @Override
        public void serialize(Secret secret, JsonGenerator json, SerializerProvider provider) throws IOException {
            byte[] text = secret.reveal();
            try {
                json.writeUTF8String(text, 0, text.length);
            } finally {
                Arrays.fill(text, (byte) 0);
            }
        }
    }
}
