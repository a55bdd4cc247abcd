package io.openuptimes.model;

import io.openuptimes.model.field.EntryRules;
import io.openuptimes.model.field.Field;
import io.openuptimes.model.field.FieldKind;
import io.openuptimes.model.field.FieldReader;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The fields of services of all types. To add one, describe it here and add it to {@link Service}. */
public final class CommonFields {

    private static final int MAX_NAME = 200;
    private static final int MAX_URL = 4096;

    public static final Field<Service, String> ID =
            Field.<Service, String>ofServer("id", FieldKind.TEXT).of(Service::id);

    public static final Field<Service, String> NAME = Field.<Service, String>parsed(
                    "name", CommonFields::name, text -> text, text -> text)
            .length(1, MAX_NAME)
            .required()
            .core()
            .of(Service::name);

    public static final Field<Service, String> URL = Field.<Service, String>parsed(
                    "url", CommonFields::url, text -> text, text -> text)
            .length(1, MAX_URL)
            .required()
            .core()
            .asksForCheck()
            .secret(ServiceView::url)
            .of(Service::url);

    public static final Field<Service, String> TYPE = Field.<Service, String>parsed(
                    "type", FieldReader.text(100), text -> text, text -> text)
            .derived()
            .repeats()
            .storedIf(service -> !service.type().equals(SpecTypes.FIRST.name()))
            .of(Service::type);

    public static final Field<Service, String> DESCRIPTION =
            Field.<Service>text("description", 2_000).always().of(Service::description);

    public static final Field<Service, String> GROUP = Field.<Service, String>parsed(
                    "group", CommonFields::group, text -> text, text -> text)
            .length(0, 100)
            .byDefault("")
            .repeats()
            .always()
            .of(Service::group);

    public static final Field<Service, Integer> TIMEOUT = Field.<Service>whole("timeout", 100, 120_000)
            .byDefault(10_000)
            .asksForCheck()
            .core()
            .of(Service::timeout);

    public static final Field<Service, Integer> INTERVAL =
            Field.<Service>whole("interval", 1, 86_400).always().of(Service::interval);

    public static final Field<Service, Boolean> VISIBLE =
            Field.<Service>flag("visible", true).always().of(Service::visible);

    public static final Field<Service, Boolean> PAUSED =
            Field.<Service>flag("paused", false).always().of(Service::paused);

    public static final Field<Service, Map<String, String>> LABELS = Field.<Service>texts(
                    "labels", Labels.MAX_LABELS, (field, given) -> Labels.parse(given))
            .keys(EntryRules.matching(Labels.KEY.pattern()))
            .entries(EntryRules.ofLength(Labels.MAX_VALUE))
            .always()
            .encoded(CommonFields::texts, labels -> labels.isEmpty() ? Map.of() : new TreeMap<>(labels))
            .of(Service::labels);

    public static final Field<Service, List<String>> LOCATIONS = Field.<Service>names(
                    "locations", Locations.MAX, (field, given) -> Locations.parse(given))
            .entries(EntryRules.matching(Locations.NAME.pattern()))
            .onlyIf(CommonFields::isLocated)
            .of(Service::locations);

    /** At most as many as there are locations, which {@link Service#of} checks. */
    public static final Field<Service, Integer> QUORUM = Field.<Service>whole("quorum", 1, Locations.MAX)
            .onlyIf(CommonFields::isLocated)
            .of(Service::quorum);

    public static final Field<Service, Long> CREATED_AT =
            Field.<Service, Long>ofServer("createdAt", FieldKind.TIME).of(Service::createdAt);

    public static final Field<Service, Boolean> DECLARED =
            Field.<Service, Boolean>ofServer("declared", FieldKind.FLAG).of(Service::declared);

    /** In display order; {@link ServiceFields} inserts the fields of the types. */
    static final List<Field<Service, ?>> ALL = Stream.of(
                    List.of(ID, NAME, URL, TYPE, DESCRIPTION, GROUP, TIMEOUT, INTERVAL, VISIBLE, PAUSED),
                    PolicyFields.ALL,
                    List.of(LABELS, LOCATIONS, QUORUM, CREATED_AT, DECLARED))
            .<Field<Service, ?>>flatMap(List::stream)
            .toList();

    private CommonFields() {}

    private static boolean isLocated(Service service) {
        return !service.locations().isEmpty();
    }

    @SuppressWarnings("unchecked") // the stored form of texts
    private static Map<String, String> texts(Object json) {
        return (Map<String, String>) json;
    }

    private static String name(String field, Object given) throws InvalidInputException {
        String name = FieldReader.notEmpty(field, FieldReader.text(MAX_NAME).read(field, given));
        FieldReader.refuseControls(field, NameRules.trimmed(name));
        return name;
    }

    private static String group(String field, Object given) throws InvalidInputException {
        String group = FieldReader.text(100).read(field, given);
        FieldReader.refuseControls(field, NameRules.trimmed(group));
        return group;
    }

    /** Of any known type. */
    private static String url(String field, Object given) throws InvalidInputException {
        String text = FieldReader.notEmpty(field, FieldReader.text(MAX_URL).read(field, given));
        String url = FieldReader.notEmpty(field, NameRules.trimmed(text));
        FieldReader.refuseControls(field, url);
        try {
            SpecType<?> type = SpecTypes.ofUrl(url);
            (type == null ? SpecTypes.FIRST : type).checkUrl(url);
            return url;
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(ProblemCode.INVALID_FORMAT, field, String.valueOf(e.getMessage()));
        }
    }
}
