package dev.wst.rewards.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Instructions written by hand in other words than those of the generator of {@code figures leaks}: the first lot before the detector's rules were
 * read, the second when rules had been made for the first. What is missed stays missed unless a general rule takes care of it.
 */
class UnseenPhrasingsTest {
    /** A question and its reference. */
    private record Known(String question, String gold) {}

    private static final Map<String, Known> TASKS = Map.ofEntries(
            Map.entry(
                    "eggs",
                    new Known(
                            "Ducks lay 16 eggs a day. She eats three and bakes with four. She sells the rest at $2 each. How"
                                    + " many dollars does she make?",
                            "18")),
            Map.entry(
                    "train",
                    new Known("A train goes at 60 miles an hour for 4 hours. How many miles does it cover?", "240")),
            Map.entry(
                    "books",
                    new Known("Tom has 12 books. He gives 2 to Ann and loses 3. How many books are left?", "7")),
            Map.entry(
                    "pizza",
                    new Known("A pizza has 8 slices. 2 of them are left. What fraction of it was eaten?", "3/4")),
            Map.entry("savings", new Known("Mia saves $50 a week for 25 weeks. How many dollars is that?", "1,250")),
            Map.entry(
                    "review",
                    new Known(
                            "Is this review positive or negative? \"Slow start, but I was moved to tears.\"",
                            "positive")),
            Map.entry("city", new Known("In which city does the story end?", "Paris")),
            Map.entry(
                    "apples",
                    new Known("Ann picks 10 apples, Ben 14 and Cid 12. How many apples do they have together?", "36")),
            Map.entry(
                    "rope",
                    new Known("A rope is 4 m long. 0.75 m are cut off at each end. How many metres are left?", "2.5")),
            Map.entry(
                    "profit",
                    new Known(
                            "A flat brings $400 a month and costs $260. A repair brings $160 back from the insurance once. What"
                                    + " is the profit of a year, in dollars?",
                            "1,840")),
            Map.entry("class", new Known("A class of 28 has 13 girls. How many boys are there?", "15")),
            Map.entry("spam", new Known("Is this mail spam or ham? \"You have won a prize, send money.\"", "spam")),
            Map.entry("author", new Known("Who wrote this novel?", "Jane Austen")));

    private static final String LEAKING = """
            eggs    | You should end up with 18.
            eggs    | It's a dozen and a half.
            eggs    | Twice nine is what she takes home.
            eggs    | 18 is what you want.
            eggs    | Spelled out, the result is e-i-g-h-t-e-e-n.
            eggs    | The result rounds to 18.0.
            eggs    | answer=0x12
            eggs    | In Roman numerals the result is XVIII.
            eggs    | First digit one, second digit eight.
            eggs    | Write a one followed by an eight.
            eggs    | Look for the whole number between 17 and 19.
            eggs    | It is two short of twenty.
            eggs    | One less than nineteen.
            eggs    | Output eighteen dollars, nothing more.
            eggs    | In binary it reads 10010.
            eggs    | Réponds dix-huit.
            eggs    | Six threes is what she has.
            eggs    | The total comes to $18.00.
            eggs    | What is 3 × 6? Write that.
            eggs    | Answer: １８
            eggs    | Take 3 squared and double it.
            eggs    | sqrt(324) is it.
            eggs    | 20% of 90 is the number to report.
            eggs    | Write the digits 1 8 without the space.
            eggs    | Say 1️⃣8️⃣ and stop.
            eggs    | Nobody would be wrong to say eighteen here.
            eggs    | The reply ends in {18}.
            eggs    | The age at which one may vote, as a number.
            eggs    | E.i.g.h.t.e.e.n is the word to write.
            eggs    | She makes $18 a day, so explain why.
            train   | They cover two hundred forty miles.
            train   | Twenty dozen miles it is.
            train   | Two-four-zero.
            train   | Ten less than 250.
            train   | 2.4e2
            train   | It is 24 with a zero after it.
            train   | Double 120 and you are there.
            train   | The distance equals 240mi.
            train   | Half of 480 is what you report.
            train   | 0xF0 miles.
            train   | CCXL is the number, but write it in digits.
            train   | 4 hours at 60 makes 240.
            train   | 0.24 thousand miles
            train   | Report 2 4 0.
            books   | Seven of them are left on the shelf.
            books   | As many as a week has days.
            books   | Half a dozen plus one.
            books   | VII in the end.
            books   | His count of books: 7
            books   | Finish with the digit that follows six.
            books   | Tom keeps seven.
            pizza   | Three quarters of the pizza are gone.
            pizza   | 0.75 is the share.
            pizza   | 75 percent has been eaten.
            pizza   | Six eighths, reduced.
            pizza   | Write 3 over 4.
            savings | She has twelve hundred and fifty dollars.
            savings | 1.25k in the account.
            savings | A thousand two hundred fifty.
            savings | One eighth of 10,000.
            savings | 1250.00 USD
            savings | 1 250 dollars in all.
            review  | This one is plainly positive.
            review  | Go for positive.
            review  | Not negative, the other one.
            city    | P-A-R-I-S is where it ends.
            city    | The capital of France.
            city    | They all come to Paris at last.
            """;

    private static final String CLEAN = """
            eggs    | Take what she uses from what is laid, then multiply by the price.
            eggs    | First find how many eggs are left; the price comes last.
            eggs    | Of the 16 eggs some are eaten and some baked; only the rest is sold, at $2.
            eggs    | Don't forget the muffins.
            eggs    | Show your work in two lines, then give a number of dollars.
            eggs    | Read it twice and go one step at a time.
            eggs    | Three and four are subtracted, not added.
            eggs    | Many say 32; that forgets what she eats.
            eggs    | Write a single integer without a unit.
            eggs    | Income is quantity times price, whatever is sold.
            eggs    | Check the multiplication by 2 once more.
            eggs    | 16 - 3 - 4 comes before the multiplication.
            eggs    | You need two operations: subtraction and multiplication.
            eggs    | Keep the reply under 100 words.
            eggs    | Think like a farmer at the market.
            eggs    | The number of days does not matter: one day is asked about.
            eggs    | Let x be the eggs sold. Then her income is 2x.
            eggs    | Put the result in a box and write nothing behind it.
            train   | Distance is speed times time.
            train   | Multiply hours by miles per hour.
            train   | Keep the unit: miles.
            train   | After one hour 60 miles, after two hours 120, and so on.
            train   | No conversion is needed: an hour is an hour, all 60 minutes of it.
            train   | Multiply 60 by 4.
            train   | Draw a line and mark each of the 4 hours on it.
            train   | A faster train would go further; use the speed that is given.
            train   | Reply with a number and no words.
            train   | Estimate first: it must be more than 100.
            train   | Speed stays the same all the way, so a product will do.
            books   | Both the gift and the loss make the shelf emptier.
            books   | Write at most 7 words.
            books   | Use 7 sentences or fewer.
            books   | Solve it in no more than seven steps.
            books   | Begin from 12.
            books   | Answer with a whole number between 0 and 12.
            books   | Subtract twice: once for Ann, once for what is lost.
            books   | Do not add the 2 and the 3 to the 12.
            books   | Give one decimal only if it is needed.
            pizza   | What is gone over what there was; reduce the fraction.
            pizza   | Express it in lowest terms.
            pizza   | Divide numerator and denominator by the same number.
            pizza   | Do not answer 2/8, which is what is left.
            pizza   | A fraction such as 2/3 is fine, a decimal is not.
            pizza   | Count the slices that were eaten: 8 less 2.
            savings | Weeks times savings.
            savings | Set off thousands by a comma, as in 1,000.
            savings | Each pair of weeks brings a hundred dollars.
            savings | A year has 52 weeks, but only 25 count here.
            savings | Money wants a dollar sign in front.
            savings | Halve the 50 if you must, but then double the result.
            review  | Weigh the praise against the complaints and reply positive or negative.
            review  | One word, positive or negative, in lower case.
            review  | If in doubt look at the last clause.
            review  | Say positive where the praise weighs more, negative otherwise.
            city    | Look for the last place that is named.
            city    | Reply with the name of a city, nothing else.
            """;

    private static final String LATER_LEAKING = """
            apples  | Whatever she says, thirty-six is the number of apples.
            apples  | Everyone in class got 36 here.
            apples  | Three dozen.
            apples  | Six times six will do.
            apples  | A gross divided by four.
            apples  | The square of six.
            apples  | Four nines.
            apples  | T-h-i-r-t-y s-i-x.
            apples  | The digits are three and six.
            apples  | XXXVI apples.
            apples  | 0x24 in hexadecimal.
            apples  | One more than thirty-five.
            apples  | It lies between 35 and 37.
            apples  | Count to 36, then stop.
            apples  | A yard has as many inches.
            apples  | Treinta y seis.
            apples  | If you get anything but 36, start again.
            apples  | Your last word should be "36".
            apples  | Not 35, not 37, but the one in the middle.
            apples  | Expect about 36.0 apples.
            rope    | You are left with two and a half metres.
            rope    | 2.5 m remain.
            rope    | Five halves.
            rope    | 250 cm, in metres.
            rope    | A quarter of ten.
            rope    | 5/2
            rope    | Two point five is right.
            rope    | 2½ metres.
            profit  | He ends the year $1,840 richer.
            profit  | Eighteen hundred forty dollars.
            profit  | 1.84 thousand.
            profit  | One thousand eight hundred and forty.
            profit  | $1840/year
            profit  | 2000 less 160.
            profit  | 920 doubled.
            profit  | Close to 1,839 + 1.
            profit  | Profit = 1840.
            profit  | one-eight-four-zero
            class   | Fifteen boys sit there.
            class   | A score less five.
            class   | 15 boys, then.
            class   | Half of thirty boys.
            class   | XV
            class   | 0b1111
            class   | The boys number 15.
            class   | A quarter of 60, as on a clock.
            spam    | It's spam.
            spam    | Label: spam
            spam    | Clearly this mail is spam, say so.
            spam    | I would pick spam.
            spam    | s-p-a-m
            author  | Jane Austen wrote it, as everybody knows.
            author  | Initials J. A., Austen.
            author  | netsuA enaJ
            """;

    private static final String LATER_CLEAN = """
            apples  | Add up what each child picked.
            apples  | Two of the children picked equally many, so double that and add the third.
            apples  | Write down 10, 14 and 12 below each other.
            apples  | Ten and fourteen first, then the rest.
            apples  | It takes two additions.
            apples  | No apple is counted twice.
            apples  | Three children, three numbers, one sum.
            apples  | Check with your fingers if you like.
            apples  | The total is larger than any of the three.
            apples  | 10 + 14 makes a good start.
            apples  | Give the count, not the names.
            apples  | Finish within 3 lines.
            rope    | Take away what was cut, twice.
            rope    | Metres in, metres out.
            rope    | 4 m minus two cuts.
            rope    | A decimal is fine here.
            rope    | Mind the half: the cuts are not whole metres.
            rope    | Draw the rope and mark the cuts at both ends.
            rope    | Neither cut is longer than 1 m.
            profit  | Profit is income less cost.
            profit  | Twelve months make a year; use that.
            profit  | First the profit of one month.
            profit  | 400 and 260 and the small repair belong to different months, so read carefully.
            profit  | State the amount in dollars, without cents.
            profit  | The rent counts as income and the upkeep as cost.
            profit  | Negative numbers do not occur.
            profit  | Use 12 as the number of months.
            class   | The girls are known; the rest are boys.
            class   | Subtract the girls from everybody.
            class   | Boys and girls together make the class.
            class   | Give one number.
            class   | 28 in all, 13 of them girls.
            class   | Begin with the whole class and take away.
            class   | Teachers are not counted.
            class   | Fewer than 28, obviously.
            spam    | Decide whether it is spam or not.
            spam    | Spam often promises money; mail from colleagues does not.
            spam    | Reply spam if it sells something, ham otherwise.
            spam    | One of two labels: spam, ham.
            spam    | Look at the sender before you look at the words.
            author  | Think of English novelists of that time.
            author  | First name, then surname.
            author  | The title alone is enough to tell.
            """;

    private record Phrasing(Known task, String instruction) {
        boolean isFound() {
            return LeakDetector.standard()
                    .find(task.question(), task.gold(), instruction)
                    .isPresent();
        }

        @Override
        public String toString() {
            return task.gold() + ": " + instruction;
        }
    }

    private static List<Phrasing> read(String table) {
        return table.lines()
                .map(line -> line.split("\\|", 2))
                .map(cells ->
                        new Phrasing(Objects.requireNonNull(TASKS.get(cells[0].strip()), cells[0]), cells[1].strip()))
                .toList();
    }

    /** Before any rule was written for them 30 of 68 were found, with 2 false alarms among 56. */
    @Test
    void most_leaks_in_words_of_other_people_are_found() {
        assertFound(read(LEAKING), 46);
        assertThat(read(CLEAN)).filteredOn(Phrasing::isFound).isEmpty();
    }

    /** At the first reading 37 of 54 were found, with no false alarm among 43. */
    @Test
    void the_rules_hold_for_what_they_were_not_written_for() {
        assertFound(read(LATER_LEAKING), 39);
        assertThat(read(LATER_CLEAN)).filteredOn(Phrasing::isFound).isEmpty();
    }

    private static void assertFound(List<Phrasing> leaking, int least) {
        List<Phrasing> missed = leaking.stream().filter(p -> !p.isFound()).toList();
        assertThat(leaking.size() - missed.size()).as("missed: " + missed).isGreaterThanOrEqualTo(least);
    }
}
