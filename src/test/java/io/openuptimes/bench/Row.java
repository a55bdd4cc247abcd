package io.openuptimes.bench;

/**
 * A row of the report.
 *
 * @param what the measured quantity
 * @param target the goal; empty if there is none
 * @param measured the figures
 * @param verdict the comparison with the goal
 */
record Row(String what, String target, String measured, String verdict) {

    static final String MET = "met";
    static final String MISSED = "**missed**";
    static final String TOLD = "";

    static Row of(String what, String target, String measured, boolean met) {
        return new Row(what, target, measured, met ? MET : MISSED);
    }

    /** A figure without a goal. */
    static Row told(String what, String measured) {
        return new Row(what, "", measured, TOLD);
    }

    static Row notMeasured(String what, String target, String why) {
        return new Row(what, target, why, "not measured");
    }

    String markdown() {
        return "| " + String.join(" | ", cell(what), cell(target), cell(measured), verdict) + " |";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace('\n', ' ');
    }
}
