package io.openuptimes.browser;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.util.List;

/** How somebody looks at the pages: on what, in which theme and language. */
record Look(boolean isPhone, boolean isDark, String locale, boolean isStill) {

    static final Look DESKTOP = new Look(false, false, "en-US", false);
    static final Look PHONE = new Look(true, false, "en-US", false);

    /** On both widths, in both themes. */
    static final List<Look> ALL = List.of(DESKTOP, DESKTOP.dark(), PHONE, PHONE.dark());

    /** Where pictures of pages are left, to be looked at. */
    static final Path PICTURES = Path.of("target", "screenshots");

    Look dark() {
        return new Look(isPhone, true, locale, isStill);
    }

    Look german() {
        return new Look(isPhone, isDark, "de-DE", isStill);
    }

    /** Of somebody who prefers reduced motion. */
    Look still() {
        return new Look(isPhone, isDark, locale, true);
    }

    NewContextOptions options() {
        return new NewContextOptions()
                .setViewportSize(isPhone ? 390 : 1280, isPhone ? 844 : 800)
                .setHasTouch(isPhone)
                .setIsMobile(isPhone)
                .setColorScheme(isDark ? ColorScheme.DARK : ColorScheme.LIGHT)
                .setReducedMotion(isStill ? ReducedMotion.REDUCE : ReducedMotion.NO_PREFERENCE)
                .setLocale(locale)
                .setTimezoneId("Europe/Berlin");
    }

    /** Leaves a picture of what is seen, named after it and this look. */
    byte[] take(Page page, String name) {
        Path file = PICTURES.resolve(name + "-" + this + ".png");
        return page.screenshot(new Page.ScreenshotOptions().setPath(file)); // makes the directory
    }

    /** As part of a file's name. */
    @Override
    public String toString() {
        return (isPhone ? "phone" : "desktop") + (isDark ? "-dark" : "-light");
    }
}
