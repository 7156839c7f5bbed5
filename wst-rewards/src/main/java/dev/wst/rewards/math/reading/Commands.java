package dev.wst.rewards.math.reading;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The vocabulary: what the commands of LaTeX, the words of plain formulas and single characters mean. */
public final class Commands {
    /** What a command is there for. */
    enum Role {
        /** A named function. */
        FUNCTION,
        /** Its argument is words. */
        TEXT,
        /** It only changes how its argument looks. */
        STYLE,
        SPACE,
        /** Begin or end of an environment. */
        ENVIRONMENT,
        /** It and its argument mean nothing. */
        IGNORED,
        /** It has arguments of its own. */
        STRUCTURE,
        SYMBOL,
        /** It stands for a name. */
        NAME,
        UNKNOWN
    }

    /**
     * A command.
     *
     * @param text normalised: one spelling for each function, structure, symbol or name
     */
    record Command(Role role, String text) {}

    private record Row(Role role, String text, String names) {}

    private static final Row[] ROWS = {
        each(Role.FUNCTION, "sin cos tan cot sec csc arcsin arccos arctan arccot asin acos atan sinh cosh tanh"),
        each(Role.FUNCTION, "ln log exp lg max min gcd lcm det abs floor ceil sgn sign signum"),
        each(Role.TEXT, "text mbox textrm textnormal textsf hbox textup texttt"),
        each(Role.STYLE, "mathrm mathbf mathit mathsf mathcal mathbb boldsymbol bm operatorname textbf textit emph"),
        each(
                Role.STYLE,
                "displaystyle textstyle boxed fbox framebox vec hat bar widehat tilde overrightarrow overline"),
        each(Role.STYLE, "underline rm bf it ensuremath limits"),
        each(Role.SPACE, "quad qquad left right middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr"),
        each(
                Role.SPACE,
                "hspace vspace phantom hline nonumber thinspace medspace negthinspace space hfill par newline"),
        each(Role.SPACE, "tiny scriptsize footnotesize small normalsize large Large LARGE huge Huge pounds euro"),
        each(Role.ENVIRONMENT, "begin end"),
        each(Role.IGNORED, "color textcolor tag"),
        each(Role.STRUCTURE, "sqrt pmod"),
        row(Role.STRUCTURE, "frac", "frac dfrac tfrac cfrac nicefrac sfrac"),
        row(Role.STRUCTURE, "binom", "binom dbinom tbinom"),
        row(Role.SYMBOL, "*", "cdot times ast \u00D7 \u00B7 \u22C5"),
        row(Role.SYMBOL, "/", "div \u00F7"),
        row(Role.SYMBOL, "\u2215", "over"),
        row(Role.SYMBOL, "choose", "choose"),
        row(Role.SYMBOL, "\u00B1", "pm \u00B1"),
        row(Role.SYMBOL, "\u2213", "mp \u2213"),
        row(Role.SYMBOL, "=", "cong"),
        row(Role.SYMBOL, "\u2261", "equiv \u2261"),
        row(Role.SYMBOL, "mod", "bmod mod"),
        row(Role.SYMBOL, "<", "lt"),
        row(Role.SYMBOL, ">", "gt"),
        row(Role.SYMBOL, "\u2264", "le leq leqslant \u2264 \u2A7D"),
        row(Role.SYMBOL, "\u2265", "ge geq geqslant \u2265 \u2A7E"),
        row(Role.SYMBOL, "\u2260", "ne neq \u2260"),
        row(Role.SYMBOL, "\u2248", "approx sim simeq \u2248"),
        row(Role.SYMBOL, "\u2208", "in \u2208"),
        row(Role.SYMBOL, "\u222A", "cup bigcup \u222A"),
        row(Role.SYMBOL, "\u2229", "cap \u2229"),
        row(Role.SYMBOL, "\u2216", "setminus backslash \u2216"),
        row(Role.SYMBOL, "\u00B0", "circ degree \u00B0"),
        row(Role.SYMBOL, ":", "colon \u2236"),
        row(Role.SYMBOL, "'", "prime"),
        row(Role.SYMBOL, ",", "lor vee land wedge"),
        row(Role.SYMBOL, "(", "langle lparen"),
        row(Role.SYMBOL, ")", "rangle rparen"),
        row(Role.SYMBOL, "\\{", "lbrace"),
        row(Role.SYMBOL, "\\}", "rbrace"),
        row(Role.SYMBOL, "[", "lbrack"),
        row(Role.SYMBOL, "]", "rbrack"),
        row(Role.SYMBOL, "|", "vert lvert rvert mid \u2223"),
        row(Role.SYMBOL, "\u230A", "lfloor \u230A"),
        row(Role.SYMBOL, "\u230B", "rfloor \u230B"),
        row(Role.SYMBOL, "\u2308", "lceil \u2308"),
        row(Role.SYMBOL, "\u2309", "rceil \u2309"),
        each(Role.NAME, "nu xi rho tau chi psi kappa eta zeta ell Omega Gamma Theta Lambda Sigma Phi Psi Pi"),
        each(Role.NAME, "triangle forall exists perp parallel iint iiint oint lim"),
        row(Role.NAME, "sum", "sum \u2211"),
        row(Role.NAME, "prod", "prod \u220F"),
        row(Role.NAME, "int", "int \u222B"),
        row(Role.NAME, "alpha", "alpha \u03B1"),
        row(Role.NAME, "beta", "beta \u03B2"),
        row(Role.NAME, "gamma", "gamma \u03B3"),
        row(Role.NAME, "delta", "delta \u03B4"),
        row(Role.NAME, "Delta", "Delta \u0394"),
        row(Role.NAME, "epsilon", "epsilon varepsilon"),
        row(Role.NAME, "theta", "theta vartheta \u03B8"),
        row(Role.NAME, "lambda", "lambda \u03BB"),
        row(Role.NAME, "mu", "mu \u03BC"),
        row(Role.NAME, "pi", "pi \u03C0"),
        row(Role.NAME, "sigma", "sigma \u03C3"),
        row(Role.NAME, "phi", "phi varphi \u03C6"),
        row(Role.NAME, "omega", "omega \u03C9"),
        row(Role.NAME, "angle", "angle \u2220"),
        row(Role.NAME, "infinity", "infty \u221E"),
        row(Role.NAME, "empty", "emptyset varnothing \u2205"),
        row(Role.NAME, "i", "imath"),
        row(Role.NAME, "R", "\u211D"),
        row(Role.NAME, "dots", "ldots cdots dots"),
        row(Role.NAME, "to", "to rightarrow longrightarrow Rightarrow \u2192")
    };

    private static final Map<String, Command> TABLE = table();
    private static final Command UNKNOWN = new Command(Role.UNKNOWN, "");

    private static final Map<String, String> WORDS = Map.of(
            "pi", "pi",
            "infinity", "infinity",
            "inf", "infinity",
            "oo", "infinity",
            "infty", "infinity",
            "theta", "theta",
            "alpha", "alpha",
            "beta", "beta",
            "lambda", "lambda");

    private Commands() {}

    private static Row row(Role role, String text, String names) {
        return new Row(role, text, names);
    }

    /** Names that mean themselves. */
    private static Row each(Role role, String names) {
        return new Row(role, "", names);
    }

    private static Map<String, Command> table() {
        Map<String, Command> table = new HashMap<>();
        for (Row row : ROWS) {
            for (String name : row.names().split(" ", -1)) {
                table.put(name, new Command(row.role(), row.text().isEmpty() ? name : row.text()));
            }
        }
        return Map.copyOf(table);
    }

    /** The command of LaTeX by that name, or the single character; one without a text where it means nothing here. */
    static Command of(String name) {
        return TABLE.getOrDefault(name, UNKNOWN);
    }

    public static boolean known(String name) {
        return TABLE.containsKey(name);
    }

    static boolean isFunction(String name) {
        return of(name).role() == Role.FUNCTION;
    }

    /** The name that a word of a plain formula stands for. */
    static @Nullable String word(String word) {
        return WORDS.get(word.toLowerCase(Locale.ROOT));
    }
}
