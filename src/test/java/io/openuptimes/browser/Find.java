package io.openuptimes.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;

/** Finds elements as users do: by role and name. */
final class Find {

    private Find() {}

    static Locator button(Page page, String name) {
        return named(page, AriaRole.BUTTON, name);
    }

    static Locator button(Page page, Pattern name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    static Locator link(Page page, String name) {
        return named(page, AriaRole.LINK, name);
    }

    /** The field with exactly this label. */
    static Locator field(Page page, String label) {
        return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
    }

    static Locator title(Page page) {
        return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1));
    }

    /** The open dialog. */
    static Locator dialog(Page page) {
        return page.locator("dialog[open]");
    }

    /** The element with exactly this accessible name. */
    static Locator named(Page page, AriaRole role, String name) {
        return page.getByRole(role, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    static Locator button(Locator in, String name) {
        return in.getByRole(
                AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    static Locator toast(Page page, String text) {
        return page.locator(".toast").filter(new Locator.FilterOptions().setHasText(text));
    }
}
