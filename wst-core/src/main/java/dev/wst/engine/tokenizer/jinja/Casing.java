package dev.wst.engine.tokenizer.jinja;

import java.util.Locale;

/** Upper and lower case as Python has them. */
final class Casing {
    private static final int SIGMA = 0x3a3;

    private Casing() {}

    static Text upper(Text text) {
        return text.map(Characters::upper);
    }

    static Text lower(Text text) {
        // A sigma at the end of a word has a form of its own, which a character alone does not show.
        return text.indexOf(Text.of(Character.toString(SIGMA)), 0) < 0
                ? text.map(Characters::lower)
                : text.remade(text.toString().toLowerCase(Locale.ROOT));
    }

    static Text capitalize(Text text) {
        if (text.length() == 0) {
            return text;
        }
        Text result = text.slice(0, 1).map(Characters::title).plus(lower(text.slice(1)));
        return text.isEscaped() ? result.asEscaped() : result;
    }

    private static void refuseSigma(Text text) {
        if (text.indexOf(Text.of(Character.toString(SIGMA)), 0) >= 0) {
            throw TemplateException.unsupported("title and swapcase of a text with the letter sigma");
        }
    }

    static Text title(Text text) {
        refuseSigma(text);
        TextBuilder out = new TextBuilder();
        boolean inWord = false;
        for (int i = 0; i < text.length(); i++) {
            Text one = text.slice(i, i + 1);
            out.append(inWord ? one.map(Characters::lower) : one.map(Characters::title));
            inWord = Characters.isCased(text.at(i));
        }
        return text.isEscaped() ? out.text().asEscaped() : out.text();
    }

    static boolean isTitle(Text text) {
        boolean inWord = false;
        boolean any = false;
        for (int i = 0; i < text.length(); i++) {
            int point = text.at(i);
            boolean big = Character.isUpperCase(point) || Character.isTitleCase(point);
            if (big ? inWord : Character.isLowerCase(point) && !inWord) {
                return false;
            }
            inWord = Characters.isCased(point);
            any |= inWord;
        }
        return any;
    }

    static Text swap(Text text) {
        refuseSigma(text);
        return text.map(point -> Character.isUpperCase(point)
                ? Characters.lower(point)
                : Character.isLowerCase(point) ? Characters.upper(point) : Character.toString(point));
    }

    static Text fold(Text text) {
        if (!Characters.all(text, point -> point < 128) && text.length() > 0) {
            throw TemplateException.unsupported("casefold beyond ASCII");
        }
        return lower(text);
    }
}
