package greenspec;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Texts and the bytes of UTF-8 that they travel as. */
final class Text {
    private Text() {}

    /** Shortens a text to so many bytes at most, between two characters. */
    static String cut(String text, int bytes) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        if (encoded.length <= bytes) {
            return text;
        }
        int end = bytes;
        while ((encoded[end] & 0xC0) == 0x80) { // in the midst of a character
            end--;
        }
        return new String(encoded, 0, end, StandardCharsets.UTF_8);
    }

    /** @throws CharacterCodingException where bytes are not UTF-8 */
    static String decoded(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }
}
