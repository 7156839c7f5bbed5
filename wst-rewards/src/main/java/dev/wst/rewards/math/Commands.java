package dev.wst.rewards.math;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The vocabulary: what the commands of LaTeX, the words of plain formulas and single characters mean. */
final class Commands {
    static final Set<String> FUNCTIONS = Set.of(
            "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "ln", "log",
            "exp", "lg", "max", "min", "gcd", "lcm", "det", "arccot", "asin", "acos", "atan", "abs", "floor", "ceil");

    static final Set<String> TEXTS =
            Set.of("text", "mbox", "textrm", "textnormal", "textsf", "hbox", "textup", "texttt");

    /** Commands that only change how their argument looks. */
    static final Set<String> STYLES = Set.of(
            "mathrm",
            "mathbf",
            "mathit",
            "mathsf",
            "boldsymbol",
            "bm",
            "operatorname",
            "textbf",
            "textit",
            "emph",
            "mathcal",
            "mathbb",
            "displaystyle",
            "textstyle",
            "boxed",
            "fbox",
            "framebox",
            "vec",
            "hat",
            "bar",
            "widehat",
            "overrightarrow",
            "underline",
            "rm",
            "bf",
            "it",
            "ensuremath",
            "limits",
            "overline",
            "tilde");

    private static final Set<String> SPACES = Set.of(
            "quad",
            "qquad",
            "left",
            "right",
            "big",
            "Big",
            "bigg",
            "Bigg",
            "bigl",
            "bigr",
            "Bigl",
            "Bigr",
            "biggl",
            "biggr",
            "Biggl",
            "Biggr",
            "middle",
            "hspace",
            "vspace",
            "phantom",
            "hline",
            "nonumber",
            "thinspace",
            "space",
            "hfill",
            "displaystyle",
            "textstyle",
            "limits",
            "rm",
            "bf",
            "it",
            "par",
            "newline",
            "medspace",
            "negthinspace");

    private static final Set<String> ARGUMENTS = Set.of(
            "frac", "dfrac", "tfrac", "cfrac", "sqrt", "binom", "dbinom", "tbinom", "begin", "end", "pmod", "color");

    private static final Map<String, String> SYMBOLS = Map.ofEntries(
            Map.entry("cdot", "*"),
            Map.entry("times", "*"),
            Map.entry("ast", "*"),
            Map.entry("div", "/"),
            Map.entry("pm", "\u00B1"),
            Map.entry("mp", "\u2213"),
            Map.entry("le", "\u2264"),
            Map.entry("leq", "\u2264"),
            Map.entry("leqslant", "\u2264"),
            Map.entry("ge", "\u2265"),
            Map.entry("geq", "\u2265"),
            Map.entry("geqslant", "\u2265"),
            Map.entry("lt", "<"),
            Map.entry("gt", ">"),
            Map.entry("ne", "\u2260"),
            Map.entry("neq", "\u2260"),
            Map.entry("approx", "\u2248"),
            Map.entry("sim", "\u2248"),
            Map.entry("simeq", "\u2248"),
            Map.entry("in", "\u2208"),
            Map.entry("cup", "\u222A"),
            Map.entry("bigcup", "\u222A"),
            Map.entry("cap", "\u2229"),
            Map.entry("setminus", "\u2216"),
            Map.entry("backslash", "\u2216"),
            Map.entry("circ", "\u00B0"),
            Map.entry("degree", "\u00B0"),
            Map.entry("colon", ":"),
            Map.entry("prime", "'"),
            Map.entry("langle", "("),
            Map.entry("rangle", ")"),
            Map.entry("lbrace", "\\{"),
            Map.entry("rbrace", "\\}"),
            Map.entry("lbrack", "["),
            Map.entry("rbrack", "]"),
            Map.entry("vert", "|"),
            Map.entry("lvert", "|"),
            Map.entry("rvert", "|"),
            Map.entry("mid", "|"),
            Map.entry("lfloor", "\u230A"),
            Map.entry("rfloor", "\u230B"),
            Map.entry("lceil", "\u2308"),
            Map.entry("rceil", "\u2309"),
            Map.entry("equiv", "="),
            Map.entry("cong", "="),
            Map.entry("lor", ","),
            Map.entry("vee", ","),
            Map.entry("land", ","),
            Map.entry("wedge", ","),
            Map.entry("lparen", "("),
            Map.entry("rparen", ")"),
            Map.entry("over", "\u2215"));

    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("alpha", "alpha"),
            Map.entry("beta", "beta"),
            Map.entry("gamma", "gamma"),
            Map.entry("delta", "delta"),
            Map.entry("Delta", "Delta"),
            Map.entry("epsilon", "epsilon"),
            Map.entry("varepsilon", "epsilon"),
            Map.entry("theta", "theta"),
            Map.entry("vartheta", "theta"),
            Map.entry("lambda", "lambda"),
            Map.entry("mu", "mu"),
            Map.entry("nu", "nu"),
            Map.entry("xi", "xi"),
            Map.entry("rho", "rho"),
            Map.entry("sigma", "sigma"),
            Map.entry("tau", "tau"),
            Map.entry("phi", "phi"),
            Map.entry("varphi", "phi"),
            Map.entry("chi", "chi"),
            Map.entry("psi", "psi"),
            Map.entry("omega", "omega"),
            Map.entry("Omega", "Omega"),
            Map.entry("Gamma", "Gamma"),
            Map.entry("Theta", "Theta"),
            Map.entry("Lambda", "Lambda"),
            Map.entry("Sigma", "Sigma"),
            Map.entry("Phi", "Phi"),
            Map.entry("Psi", "Psi"),
            Map.entry("kappa", "kappa"),
            Map.entry("eta", "eta"),
            Map.entry("zeta", "zeta"),
            Map.entry("ell", "ell"),
            Map.entry("pi", "pi"),
            Map.entry("Pi", "Pi"),
            Map.entry("infty", "infinity"),
            Map.entry("emptyset", "empty"),
            Map.entry("varnothing", "empty"),
            Map.entry("angle", "angle"),
            Map.entry("triangle", "triangle"),
            Map.entry("imath", "i"),
            Map.entry("ldots", "dots"),
            Map.entry("cdots", "dots"),
            Map.entry("dots", "dots"),
            Map.entry("to", "to"),
            Map.entry("rightarrow", "to"),
            Map.entry("Rightarrow", "to"),
            Map.entry("forall", "forall"),
            Map.entry("exists", "exists"),
            Map.entry("perp", "perp"),
            Map.entry("parallel", "parallel"),
            Map.entry("sum", "sum"),
            Map.entry("int", "int"),
            Map.entry("prod", "prod"),
            Map.entry("lim", "lim"));

    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("pi", "pi"),
            Map.entry("infinity", "infinity"),
            Map.entry("inf", "infinity"),
            Map.entry("oo", "infinity"),
            Map.entry("infty", "infinity"),
            Map.entry("theta", "theta"),
            Map.entry("alpha", "alpha"),
            Map.entry("beta", "beta"),
            Map.entry("lambda", "lambda"));

    private static final String CHARACTERS =
            "\u00D7\u00B7\u22C5\u00F7\u2264\u2265\u2260\u2248\u2208\u222A\u2229\u2216\u00B1\u2213\u00B0\u2A7D\u2A7E\u2236\u2223\u230A\u230B\u2308\u2309";
    private static final String MEANINGS =
            "***/\u2264\u2265\u2260\u2248\u2208\u222A\u2229\u2216\u00B1\u2213\u00B0\u2264\u2265:|\u230A\u230B\u2308\u2309";

    private static final Map<Character, String> LETTERS = Map.ofEntries(
            Map.entry('\u03C0', "pi"),
            Map.entry('\u221E', "infinity"),
            Map.entry('\u2205', "empty"),
            Map.entry('\u03B1', "alpha"),
            Map.entry('\u03B2', "beta"),
            Map.entry('\u03B3', "gamma"),
            Map.entry('\u03B4', "delta"),
            Map.entry('\u03B8', "theta"),
            Map.entry('\u03BB', "lambda"),
            Map.entry('\u03BC', "mu"),
            Map.entry('\u03C3', "sigma"),
            Map.entry('\u03C6', "phi"),
            Map.entry('\u03C9', "omega"),
            Map.entry('\u0394', "Delta"),
            Map.entry('\u2220', "angle"),
            Map.entry('\u211D', "R"));

    private Commands() {}

    /** Whether a command of LaTeX by that name means something here. */
    static boolean known(String name) {
        return FUNCTIONS.contains(name)
                || TEXTS.contains(name)
                || STYLES.contains(name)
                || SPACES.contains(name)
                || ARGUMENTS.contains(name)
                || SYMBOLS.containsKey(name)
                || NAMES.containsKey(name);
    }

    static boolean isSpace(String name) {
        return SPACES.contains(name);
    }

    /** Whether it takes arguments of its own; dfrac and its kin come out of {@link #plain} as frac. */
    static boolean takesArguments(String name) {
        return ARGUMENTS.contains(name);
    }

    static String plain(String name) {
        return name.endsWith("frac") ? "frac" : name.endsWith("binom") ? "binom" : name;
    }

    static @Nullable String symbol(String command) {
        return SYMBOLS.get(command);
    }

    static @Nullable String name(String command) {
        return NAMES.get(command);
    }

    /** The name that a word of a plain formula stands for. */
    static @Nullable String word(String word) {
        return WORDS.get(word.toLowerCase(Locale.ROOT));
    }

    /** The symbol that a single character stands for. */
    static @Nullable String symbol(char c) {
        int at = CHARACTERS.indexOf(c);
        return at < 0 ? null : MEANINGS.substring(at, at + 1);
    }

    /** The name that a single character stands for. */
    static @Nullable String letter(char c) {
        return LETTERS.get(c);
    }
}
