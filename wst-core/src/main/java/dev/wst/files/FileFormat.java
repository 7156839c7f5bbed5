package dev.wst.files;

import dev.wst.InvalidInputException;

/**
 * The number that a file says of its own form, which a later version of the library may change.
 *
 * @param number what this version writes and reads
 */
public record FileFormat(int number) {
    /**
     * Refuses a file of another form.
     *
     * @param found what the file says
     * @param origin names the file
     * @throws InvalidInputException if it is another number, or none
     */
    public void require(String found, Object origin) {
        if (!found.equals(String.valueOf(number))) {
            throw new InvalidInputException(origin + " is of format " + found + ", and this version reads " + number
                    + "; use the version of the library that wrote it");
        }
    }
}
