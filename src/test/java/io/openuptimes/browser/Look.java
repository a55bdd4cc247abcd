package io.openuptimes.browser;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.util.List;

/** A visitor's device, theme, language and motion preference. */
record Look(boolean isPhone, boolean isDark, String locale, boolean isStill) {

    static final Look DESKTOP = new Look(false, false, "en-US", false);
    static final Look PHONE = new Look(true, false, "en-US", false);

    /** Both widths in both themes. */
    static final List<Look> ALL = List.of(DESKTOP, DESKTOP.dark(), PHONE, PHONE.dark());

    /** Directory for screenshots, for manual review. */
    static final Path PICTURES = Path.of("target", "screenshots");

    Look dark() {
        return new Look(isPhone, true, locale, isStill);
    }

    Look german() {
        return new Look(isPhone, isDark, "de-DE", isStill);
    }

    /** With reduced motion. */
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

    /** Saves a screenshot of the viewport, named after the page and this look. */
    byte[] take(Page page, String name) {
        Path file = PICTURES.resolve(name + "-" + this + ".png");
        return page.screenshot(new Page.ScreenshotOptions().setPath(file)); // creates the directory
    }

    /** Used in file names. */
    @Override
    public String toString() {
        return (isPhone ? "phone" : "desktop") + (isDark ? "-dark" : "-light");
    }
}
