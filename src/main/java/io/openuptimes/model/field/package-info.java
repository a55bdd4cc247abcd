/** Descriptors of fields: validation, stored form, schema and the rules of forms come from one list of them. */
@NullMarked
package io.openuptimes.model.field;

import org.jspecify.annotations.NullMarked;
