package dev.wst.rewards.math;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.rewards.math.comparing.Verdict.Outcome;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sets, intervals, relations, lists, matrices, units and roundings: each judged the same from both sides. */
class StructureTest {

    private static void judged(String one, String other, Outcome outcome) {
        assertThat(Equivalence.standard().compare(one, other).outcome()).isEqualTo(outcome);
        assertThat(Equivalence.standard().compare(other, one).outcome()).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "[1,2)\\cup[2,3];[1,3]",
                "(1,2]\\cup(2,3);(1,3)",
                "[1,2)\\cup\\{2\\};[1,2]",
                "(1,3)\\cup(2,5);(1,5)",
                "(1,5)\\cup[2,3];(1,5)",
                "(1,5)\\cup(2,5];(1,5]",
                "[1,5)\\cup(1,3);[1,5)",
                "(1,5)\\cup[1,3);[1,5)",
                "(1,5)\\cup[1,3];[1,5)",
                "(4,5)\\cup(1,2);(1,2)\\cup(4,5)",
                "(\\sqrt3,2)\\cup(1,\\sqrt2);(1,\\sqrt2)\\cup(\\sqrt3,2)",
                "[1,2]\\cup\\{3\\};\\{3\\}\\cup[1,2]",
                "\\mathbb{R}\\setminus\\{2\\};x\\ne 2",
                "[1,5]\\setminus\\{3\\};[1,3)\\cup(3,5]",
                "[a,b+c);[a,c+b)",
                "(-\\infty,1)\\cup(3,\\infty);x>3 or x<1",
                "x>1 and x<5;(1,5)",
                "x<5, x>1;1<x<5",
                "x\\ge 1, x<5;1\\le x<5",
                "x\\in(1,5);1<x<5",
                "2x<6;x<3",
                "-2x<6;x>-3",
                "6>2x;(-\\infty,3)",
                "x+1\\ge 3;[2,\\infty)",
                "3-x>0;(-\\infty,3)",
                "2x+1\\le x+5;(-\\infty,4]",
                "2x<0;(-\\infty,0)",
                "5>x\\ge 3;[3,5)",
            })
    void regions_that_are_the_same_set_are_equal(String one, String other) {
        judged(one, other, Outcome.EQUAL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "[1,2)\\cup(2,3];[1,3]",
                "(1,2);(1,3)",
                "(1,2);(0,2)",
                "x>1;y>1",
                "x>1;x\\ge 1",
                "(1,2)\\cup(3,4);(1,2)",
                "(1,2)\\cup(3,4);(1,4)",
                "(1,5)\\cup(2,3);(1,3)",
                "x<1 or x>3;(1,3)",
                "x<1, x>3;1<x<3",
                "x<1 or x>1;\\mathbb{R}",
                "[1,2];(1,2]",
                "\\{1,2\\};[1,2]",
                "(1,2)\\cap(0,3);(0,3)",
                "[1,5]\\setminus(2,3);[1,5]",
                "[a,b);[a,c)",
                "1<x<3;1<y<3",
                "1<x>3;(1,3)",
                "x^2<4;x<2",
                "x=1, x>3;(1,3)",
                "1<x<y;(1,2)",
                "x\\in(1,5);y\\in(1,5)",
            })
    void regions_that_are_not_are_different(String one, String other) {
        judged(one, other, Outcome.DIFFERENT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "2x+4y=6;x+2y=3",
                "x+y<3;2x+2y<6",
                "-x-y>-3;x+y<3",
                "x+y\\ge 3;-x-y\\le -3",
                "3\\le x+y;x+y\\ge 3",
                "x+y\\ne 3;2x+2y\\ne 6",
                "1<x+y<3;3>y+x>1",
                "a<b<c;c>b>a",
                "a+b=b+a;x+y=y+x",
                "y=x+1;x=y-1",
                "\\sin x\\cos x=\\frac12;\\sin 2x=1",
                "x+y=0;\\pi x+\\pi y=0",
                "x+y<0;\\pi x+\\pi y<0",
                "\\frac{x}{2}+\\frac{y}{3}=1;3x+2y=6",
                "f(x)=x^2;f(t)=t^2",
                "f(n)=n!;f(k)=k!",
                "|x|=5;5",
                "AB=5;5",
                "\\frac{a}{b}=2;2",
                "ab^{-1}=2;2",
                "x=2=1+1;2",
                "1+1=2;2",
                "x\\approx 3.14;3.14",
                "\\pi\\approx 3.14;\\pi",
                "x=\\sqrt2\\approx 1.41;\\sqrt2",
                "(x,y)=(1,2);(1,2)",
                "(x,y)=(1,2);x=1,y=2",
                "n=2,3;n=2,n=3",
                "n=2,3;2,3",
                "5=x;x=5",
                "x=1,y=2;y=2,x=1",
                "f(3)=5;5",
                "e=2;2",
            })
    void relations_that_say_the_same_are_equal(String one, String other) {
        judged(one, other, Outcome.EQUAL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "x+y<3;x+y>3",
                "x+y<3;x+y\\le 3",
                "x+y=3;x+y<3",
                "x+y=3;x+y\\ne 3",
                "x+y=3;x+y=4",
                "x+y=0;x-y=0",
                "x+y<0;-x-y<0",
                "x+y<0;-\\pi x-\\pi y<0",
                "x+y=x+y;x+y=0",
                "x+y=0;x+y=\\sin x",
                "\\sin x+y=0;\\cos x+y=0",
                "f(x)=x^2;g(x)=x^2",
                "f(x)=x^2;f(x)=x^3",
                "1<x+y<3;1<x+y\\le 3",
                "a<b<c;a<b",
                "a<b<c;a<c<b",
                "(x,y)=(1,2);x=1,y=3",
                "(x,y)=(1,2,3);x=1,y=2",
                "n=2,3;m=2,m=3",
                "n=2,3;2,4",
                "x+1=3;3",
                "x=5;x=6",
                "x=1,y=2;x=2,y=1",
                "x\\approx 3;4",
            })
    void relations_that_do_not_are_different(String one, String other) {
        judged(one, other, Outcome.DIFFERENT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\\{1,2,2\\};\\{1,2\\}",
                "\\{1,2,3\\}\\setminus\\{2\\};\\{1,3\\}",
                "\\{1,2\\}\\cap\\{2,3\\};\\{2\\}",
                "\\{1\\}\\cup\\{2\\};\\{2,1\\}",
                "\\{5\\};5",
                "A\\cup B;B\\cup A",
                "A\\setminus B;A\\setminus B",
                "x_1=2,x_2=3;3,2",
                "2,3;x=2,y=3",
                "\\sqrt4,3;3,2",
                "(\\sqrt4,3);(2,3)",
                "\\begin{pmatrix}1&2\\end{pmatrix};(1,2)",
                "\\begin{pmatrix}\\sqrt4&1\\\\0&1\\end{pmatrix};\\begin{bmatrix}2&1\\\\0&1\\end{bmatrix}",
                "2\\begin{pmatrix}1\\\\3\\end{pmatrix};(2,6)",
                "[(1,2),(3,4),5];((1,2),(3,4),5)",
                "1\\mp 2;1\\pm 2",
                "x\\pm y\\mp z;x+y-z, x-y+z",
                "\\pm 1;1, -1",
                "\\{\\pm 1, 3\\};\\{3,-1,1\\}",
                "\\pm 0;0",
                "(1,\\pm 2);(1,2),(1,-2)",
            })
    void lists_sets_and_matrices_with_the_same_members_are_equal(String one, String other) {
        judged(one, other, Outcome.EQUAL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1,2,2;1,1,2",
                "1,2;1,2,3",
                "1,2;1,3",
                "\\{1,2\\};\\{1,3\\}",
                "\\{1,2\\};\\{1,2,3\\}",
                "\\{1,2\\};(1,2)",
                "\\{1,2,3\\}\\setminus\\{2\\};\\{1,2,3\\}",
                "A\\cup B;A\\cap B",
                "A\\cup B;A\\cup C",
                "A\\setminus B;B\\setminus A",
                "(1,2);(1,2,3)",
                "(1,2,3);(1,3,2)",
                "\\begin{pmatrix}1&2\\end{pmatrix};\\begin{pmatrix}1\\\\2\\end{pmatrix}",
                "\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix};\\begin{pmatrix}1&2\\\\3&5\\end{pmatrix}",
                "\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix};\\begin{pmatrix}1&2\\end{pmatrix}",
                "\\begin{vmatrix}1&2\\\\3&4\\end{vmatrix};\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}",
                "\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix};[[1,2],[3]]",
                "\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix};5",
                "\\begin{pmatrix}1\\\\2\\end{pmatrix};(1,3)",
                "2\\begin{vmatrix}1&2\\\\3&4\\end{vmatrix};\\begin{pmatrix}2&4\\\\6&8\\end{pmatrix}",
                "x\\pm y\\mp z;x+y+z, x-y-z",
                "\\pm 1;1",
                "(1,2);5",
                "\\{1\\};2",
            })
    void lists_sets_and_matrices_with_other_members_are_different(String one, String other) {
        judged(one, other, Outcome.DIFFERENT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "2/3;0.666667",
                "2/3;0.6666666",
                "0.3333333333;0.333333",
                "24;23.9999999999999",
                "24;24.000000000000004",
                "\\sqrt2;1.414214",
                "\\sqrt2;1.41421356",
                "\\frac{1}{8};0.125000",
                "\\log 1000;3",
                "\\log e;1",
                "\\ln(x^2);2\\ln x",
                "\\frac{n!}{(n-1)!};n",
                "\\sqrt{x}\\sqrt{x};x",
                "\\arcsin x;\\sin^{-1} x",
                "\\sqrt[4]{x^4};|x|",
                "e^{\\ln x};x",
                "\\sin x;\\cos(\\frac{\\pi}{2}-x)",
                "2^{10};1024",
                "-50\\%;-0.5",
                "-30^\\circ;-\\frac{\\pi}{6}",
                "30^\\circ;30",
                "-5\\text{ cm};-50 mm",
                "5\\text{ m};500 cm",
                "5m;500 cm",
                "5\\text{ min};300 seconds",
                "5m;5\\text{ m}",
                "10 m/s;10",
                "5 apples;5 pears",
                "2\\text{ kg};2000\\text{ g}",
                "50%;50\\%",
                "50\\%;\\frac{1}{2}",
                "012_8;12_8",
                "12_8;12",
                "1.50;\\$1.5",
            })
    void values_within_the_stated_tolerances_are_equal(String one, String other) {
        judged(one, other, Outcome.EQUAL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "2/3;0.666666",
                "2/3;0.666668",
                "24;23.99999999",
                "24;23.99",
                "100;100.000001",
                "\\sqrt2;1.4142",
                "\\sqrt2;1.414215",
                "\\sqrt2;1.4142136123456",
                "0.123456;0.123457",
                "\\log 100;5",
                "\\ln x;\\log_2 x",
                "\\frac{n!}{(n-2)!};n",
                "\\sin x;\\sin(x+1)",
                "\\sin^{-1}x;\\frac{1}{\\sin x}",
                "5 m;5 cm",
                "5m;5\\text{ cm}",
                "5 m;5 kg",
                "50\\%;0.51",
                "12_8;12_9",
                "12_8;13",
                "30^\\circ;31",
                "x+0.333333;x+1/3",
                "\\pi;3.14",
                "\\frac{1}{3};0.33",
            })
    void values_beyond_them_are_different(String one, String other) {
        judged(one, other, Outcome.DIFFERENT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\\arcsin(2+\\sin 1);1+\\sin 1",
                "(\\sin 1)^{\\infty};1",
                "\\sin(10^{20}\\pi+1);\\sin 1",
                "\\lfloor 10^{70}\\pi\\rfloor;5"
            })
    void what_cannot_be_evaluated_is_undecided(String one, String other) {
        judged(one, other, Outcome.UNDECIDED);
    }
}
