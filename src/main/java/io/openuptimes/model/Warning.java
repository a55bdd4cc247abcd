package io.openuptimes.model;

/**
 * What is to be done about a service soon, though it may be up.
 *
 * @param code for programs, {@code certificate-expires} or {@code chain-expires}
 * @param message for people
 * @param days from today to the day by which it is to be done, UTC; negative when that is over
 */
public record Warning(String code, String message, long days) {

    /**
     * @param what that expires
     * @param days until it does
     */
    static Warning ofExpiry(String code, String what, long days) {
        String when =
                days < 0 ? "expired " + many(-days) + " ago" : days == 0 ? "expires today" : "expires in " + many(days);
        return new Warning(code, what + " " + when, days);
    }

    private static String many(long days) {
        return days == 1 ? "1 day" : days + " days";
    }
}
