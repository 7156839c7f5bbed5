package dev.wst.rewards.math;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.rewards.math.comparing.UnitPolicy;
import dev.wst.rewards.math.comparing.Verdict.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an optimiser would write beside a right answer if it were dropped: signs, words, units, indices, conditions. */
class NothingDroppedTest {

    private static void judged(String one, String other, Outcome outcome) {
        assertThat(Equivalence.standard().compare(one, other).outcome()).isEqualTo(outcome);
        assertThat(Equivalence.standard().compare(other, one).outcome()).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "3:4:5;3:5:4",
                "1:2:3;1:6",
                "3s^2;3",
                "2m;2",
                "5h;5",
                "10;10\u207B\u00B3",
                "50;5\u00D710\u207B\u00B3",
                "2;2\u207F",
                "2;2\u215D",
                "52_8;52\u2089",
                "8;\u221B8",
                "A;\u00ACA",
                "(1,5);(-\\infty,5)\\cup(1,\\infty)",
                "\\mathbb{R};x\\ne1, x\\ne2",
                "\\mathbb{R};x\\ge0, x\\ne4",
                "\\mathbb{R};-1<x<1, x\\ne0",
                "(-\\infty,5);|x|<5",
                "9\\text{ a.m.};9\\text{ p.m.}",
                "15\\text{ cm}^2;15\\text{ m}^2",
                "60 mph;60 km per hour",
                "5;5 squared",
                "5;5 dozen",
                "5;5 trillion",
                "1;1 half",
                "2;2 thirds",
                "\\$50;50\u00A2",
                "xy=6;6",
                "5;5\\text{, 6 or 7}",
                "\\overline{z};z",
                "\\sec^{-1}2;\\cos 2",
                "\\text{Plan A};\\text{Plan}",
                "a_3=2,a_{37}=19;19, 2",
                "\\$50;50 cents",
                "5;5 m^2 n",
                "3m^2;3",
                "xy;x",
                "25^\\circ\\text{C};25^\\circ\\text{F}",
                "0,1;[0,1)",
                "\\text{A,D};D",
                "C\u266F;C",
                "ab=5;5",
                "2:3;3:2",
                "5;5\\text{ or more}",
                "18;18 \\frac{\\text{m}}{2}",
                "36 km/h;36 \\frac{\\text{m}}{\\text{s}}",
                "5;5 and 6",
                "5;5 x",
            })
    void what_changes_a_value_is_not_dropped(String one, String other) {
        judged(one, other, Outcome.DIFFERENT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1:2:3;2:4:6",
                "3:4:5;6:8:10",
                "1:2:3;1 : 2 : 3",
                "2:3;4:6",
                "1:2;0.5",
                "\\$50;5000\u00A2",
                "\\$50;50",
                "\\$50;50 dollars",
                "\\$50;50\\text{ dollars}",
                "-\\$0.50;-0.5",
                "\\$4,\\!000;4000",
                "\\$5 \\text{ million};5000000",
                "\\$5 million;5000000",
                "[\\$5,\\$10];[5,10]",
                "\\$1,000,000;1{,}000{,}000 dollars",
                "60 mph;60 miles per hour",
                "60 mph;60 \\text{ mi/h}",
                "15\\text{ cm}^2;15 square centimeters",
                "15\\text{ cm}^2;15cm\u00B2",
                "10000\\text{ cm}^2;1\\text{ m}^2",
                "5 km/h;5 kilometers per hour",
                "3 dozen eggs;36",
                "5\\text{ dozen};60",
                "\\frac{2}{3};2 thirds",
                "25;5 squared",
                "5 cm squared;5 cm^2",
                "5;5 \\mathrm{~m}",
                "5;5\\mathrm{m}",
                "5;5 \\mathrm{~m/s}",
                "5;5 \\mathrm{~m} / \\mathrm{s}",
                "5;5 \\mathrm{~m}^2",
                "18;18 \\frac{\\text{dollars}}{\\text{day}}",
                "36 km/h;10 \\dfrac{\\text{m}}{\\text{s}}",
                "60 mph;60\\,\\frac{\\mathrm{mi}}{\\mathrm{h}}",
                "12;12 \\mathrm{~cm}^{2}",
                "5;5 m^2",
                "5 m^2;5 square meters",
                "\\bar{x};\\overline{x}",
                "\\bar x;\\overline{x}",
                "\\mathrm{e};e",
                "\\mathbb{R};(-\\infty,\\infty)",
                "25^\\circ;25^\\circ \\text{C}",
                "25^\\circ;25\u00B0C",
                "25;25 degrees Celsius",
                "x>1 and x<5;(1,5)",
                "(0,4)\\cup(4,\\infty);x>0, x\\ne 4",
                "\\sec^{-1}2;\\arccos\\frac12",
                "\\frac{\\pi}{3};\\sec^{-1}2",
                "\\sinh^{-1}x;\\ln(x+\\sqrt{x^2+1})",
                "0,1;(0,1)",
                "\\text{the red car};red car",
                "\\text{The Plan};plan",
                "\uD835\uDC65+1;x+1",
                "x\u2081+2;x_1+2",
                "x^{n-1};x\u207F\u207B\u00B9",
                "2\\frac58;2\u215D",
                "2;\u221B8",
                "2;\u221C16",
                "90\u00BA;90\u00B0",
                "AB=5;5",
                "m\\angle ABC=30;30",
                "1:2;1/2",
                "a:b:c;2a:2b:2c",
                "9\\text{ a.m.};9\\text{ am}",
                "9\\text{ a.m.};9",
                "18\\text{ ways.};18",
                "18\\text{ ways.};18 ways",
                "5 more;5",
                "5 apples;5 pears",
                "3 \u00D7 10\u2078;300000000",
                "5 percent;5\\%",
                "\u82F9\u679C;\u82F9\u679C",
                "5 \u82F9\u679C;5",
            })
    void what_does_not_is_read(String one, String other) {
        judged(one, other, Outcome.EQUAL);
    }

    @Test
    void required_units_must_agree_also_where_they_are_no_known_ones() {
        Equivalence required = Equivalence.standard().withUnits(UnitPolicy.REQUIRED);
        assertThat(required.compare("5 cm", "5 apples").isEqual()).isFalse();
        assertThat(required.compare("5 pears", "5 apples").isEqual()).isFalse();
        assertThat(required.compare("5 apples", "5 cm").isEqual()).isFalse();
        assertThat(required.compare("1 apple", "1 Apples").isEqual()).isTrue();
        assertThat(required.compare("5 apples", "5").isEqual()).isFalse();
        assertThat(required.compare("5 cm^2", "500 mm^2").isEqual()).isTrue();
    }
}
