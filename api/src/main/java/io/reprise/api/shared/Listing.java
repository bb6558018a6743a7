package io.reprise.api.shared;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.reprise.db.shared.NamedPage;
import io.reprise.db.shared.Page;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param next the cursor of the next page; absent on the last one
 */
public record Listing<T>(
        List<T> items,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String next) {

    public Listing {
        items = List.copyOf(items);
    }

    public static <R, T> Listing<T> of(Page<R> page, Function<? super R, ? extends T> shown) {
        List<T> items = page.items().stream().<T>map(shown).toList();
        return new Listing<>(
                items, page.next().isPresent() ? Long.toString(page.next().getAsLong()) : null);
    }

    /** Of a list that is sorted by name. */
    public static <R, T> Listing<T> ofNames(NamedPage<R> page, Function<? super R, ? extends T> shown) {
        List<T> items = page.items().stream().<T>map(shown).toList();
        return new Listing<>(items, page.next().orElse(null));
    }
}
