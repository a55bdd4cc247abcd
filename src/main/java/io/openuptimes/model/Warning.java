package io.openuptimes.model;

/**
 * Something that needs attention soon although the service may be up.
 *
 * @param code for programs, {@code certificate-expires} or {@code chain-expires}
 * @param message for people
 * @param days days left, UTC; negative when overdue
 */
public record Warning(String code, String message, long days) {

    /**
     * @param what the thing that expires
     * @param days days left
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
